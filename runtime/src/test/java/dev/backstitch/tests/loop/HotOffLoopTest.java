package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Hot;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Hot coroutines called where no loop runs: they go on where what they await is completed. */
class HotOffLoopTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void should_be_done_at_once_when_nothing_suspends() {
        assertEquals(6, HotBody.future(x -> CompletableFuture.completedFuture(5), x -> (int) x + 1).join());
    }

    @Test
    void should_go_on_in_the_thread_that_completes_what_it_awaits() throws Exception {
        var gate = new CompletableFuture<Integer>();
        var hot = HotBody.future(x -> gate, x -> {
            log.add(Thread.currentThread());
            return (int) x + 1;
        });
        assertFalse(hot.isDone());
        var thread = new Thread(() -> gate.complete(5));
        thread.start();
        assertEquals(6, hot.get());
        thread.join();
        assertEquals(List.of(thread), log);
    }

    @Test
    void should_fail_with_the_original_exception() {
        var failure = new IOException();
        var gate = new CompletableFuture<Object>();
        var hot = HotBody.future(x -> gate.thenApply(v -> v), x -> x);
        gate.completeExceptionally(failure);
        assertSame(failure, assertThrows(ExecutionException.class, hot::get).getCause());
        assertSame(failure, HotBody.future(x -> {
            throw failure;
        }).handle((v, t) -> t).join());
    }

    @Test
    void should_throw_a_cancellation_into_the_body_and_end_after_its_cleaning_up() {
        var gate = new CompletableFuture<Object>();
        var cleaning = new CompletableFuture<Object>();
        var hot = HotBody.catching(
                t -> {
                    log.add(t.getClass());
                    return cleaning;
                },
                x -> gate,
                x -> cleaning,
                x -> {
                    log.add("clean");
                    throw new CancelledError();
                });
        assertTrue(hot.cancel(true));
        assertTrue(gate.isCancelled());
        assertFalse(hot.isDone());
        assertEquals(List.of(CancelledError.class), log);
        cleaning.complete(null);
        assertTrue(hot.isCancelled());
        assertEquals(List.of(CancelledError.class, "clean"), log);
        assertThrows(CancellationException.class, hot::join);
        assertFalse(hot.cancel(true));
    }

    @Test
    void should_have_a_result_when_the_body_swallows_the_cancellation() {
        var hot = HotBody.catching(t -> "swallowed", x -> new CompletableFuture<>(), x -> x);
        hot.cancel(false);
        assertEquals("swallowed", hot.join());
    }

    @Test
    void should_ignore_the_completion_of_what_it_no_longer_awaits() {
        var stubborn = new CompletableFuture<Object>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        var second = new CompletableFuture<Object>();
        var hot = HotBody.catching(t -> second, x -> stubborn, x -> second, x -> x);
        hot.cancel(true);
        stubborn.complete("late");
        assertFalse(hot.isDone());
        second.complete("second");
        assertEquals("second", hot.join());
    }

    @Test
    void should_use_no_stack_when_a_hundred_thousand_completions_are_chained() {
        var gate = new CompletableFuture<Object>();
        CompletableFuture<Object> last = gate;
        for (int i = 0; i < 100_000; i++) {
            var inner = last;
            last = HotBody.future(x -> inner, x -> (int) x + 1);
        }
        gate.complete(0);
        assertEquals(100_000, last.join());
    }

    @Test
    void should_use_no_stack_when_a_chain_of_a_hundred_thousand_is_cancelled() {
        var gate = new CompletableFuture<Object>();
        CompletableFuture<Object> last = gate;
        for (int i = 0; i < 100_000; i++) {
            var inner = last;
            last = HotBody.future(x -> inner, x -> x);
        }
        assertTrue(last.cancel(true));
        assertTrue(gate.isCancelled());
        assertTrue(last.isCancelled());
    }

    @Test
    void should_use_no_stack_when_bare_yields_follow_one_another() {
        Body.Step[] steps = new Body.Step[100_001];
        java.util.Arrays.fill(steps, (Body.Step) x -> Body.Yield.NOTHING);
        steps[100_000] = x -> "end";
        assertEquals("end", HotBody.future(steps).join());
    }

    @Test
    void should_sleep_without_a_loop() {
        assertEquals("woken", HotBody.future(x -> Tasks.sleep(Duration.ofNanos(1)), x -> "woken").join());
    }

    @Test
    void should_end_once_when_completed_and_cancelled_at_the_same_time() throws Exception {
        for (int i = 0; i < 500; i++) {
            var gate = new CompletableFuture<Object>();
            var hot = HotBody.future(x -> gate, x -> Body.Yield.NOTHING, x -> "value");
            var barrier = new CyclicBarrier(2);
            var canceller = new Thread(() -> {
                await(barrier);
                hot.cancel(true);
            });
            canceller.start();
            await(barrier);
            gate.complete(i);
            canceller.join();
            assertTrue(hot.isDone());
            if (!hot.isCancelled()) {
                assertEquals("value", hot.join());
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_refuse_a_task_and_close_the_body_when_no_loop_runs() {
        var refused = assertThrows(
                IllegalStateException.class, () -> HotBody.task(x -> new CompletableFuture<>(), x -> x));
        assertEquals("no running event loop", refused.getMessage());
    }

    @Test
    void should_give_finished_futures_for_bodies_that_did_not_suspend() {
        assertNull(Hot.doneFuture().join());
        assertNull(Hot.doneTask().result());
        var failure = new IOException();
        assertSame(failure, Hot.failedTask(failure).exception());
        assertSame(failure, assertThrows(CompletionException.class, Hot.failedFuture(failure)::join).getCause());
        assertTrue(Hot.failedFuture(new CancelledError()).isCancelled());
        assertTrue(Hot.failedTask(new CancelledError()).isCancelled());
    }

    @Test
    void should_get_the_cancellation_when_awaiting_a_hot_coroutine_that_was_cancelled() {
        var inner = HotBody.future(x -> new CompletableFuture<>(), x -> x);
        var outer = HotBody.catching(t -> t, x -> inner, x -> x);
        inner.cancel(true);
        assertInstanceOf(CancelledError.class, outer.join());
    }

    @Test
    void should_end_both_when_two_that_wait_for_one_another_are_cancelled() {
        var gate = new CompletableFuture<Object>();
        List<CompletableFuture<?>> hot = new ArrayList<>();
        hot.add(HotBody.future(x -> gate, x -> hot.get(1), x -> x));
        hot.add(HotBody.future(x -> hot.get(0), x -> x));
        gate.complete(null);
        assertTrue(hot.get(1).cancel(true));
        assertTrue(hot.get(0).isCancelled());
        assertTrue(hot.get(1).isCancelled());
    }
}
