package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hot coroutines called on a loop: tasks of it, from their first suspension on. */
class HotOnLoopTest {
    private final Loops loops = new Loops();
    private final List<Object> log = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void should_run_in_its_caller_to_the_first_suspension() {
        loops.run(Body.steps(
                x -> {
                    Task<Object> hot = HotBody.task(y -> log.add("first") ? Body.Yield.NOTHING : null, y -> log.add("second"));
                    log.add("caller");
                    return hot;
                },
                x -> null));
        assertEquals(List.of("first", "caller", "second"), log);
    }

    @Test
    void should_go_on_in_the_loop_when_another_thread_completes_what_it_awaits() throws Exception {
        var gate = new CompletableFuture<Object>();
        var thread = new Thread(() -> gate.complete("value"));
        Object result = EventLoop.run(Body.steps(
                x -> {
                    Thread own = Thread.currentThread();
                    var hot = HotBody.future(y -> gate, y -> {
                        assertSame(own, Thread.currentThread());
                        return y;
                    });
                    thread.start();
                    return hot;
                },
                x -> x));
        thread.join();
        assertEquals("value", result);
    }

    @Test
    void should_be_its_own_current_task() {
        loops.run(Body.steps(
                x -> HotBody.future(
                        y -> Body.Yield.NOTHING,
                        y -> {
                            log.add(Tasks.currentTask());
                            return null;
                        }),
                x -> log.add(Tasks.currentTask())));
        assertEquals(2, log.stream().distinct().count());
        assertFalse(log.contains(null));
    }

    @Test
    void should_cancel_the_body_of_what_a_task_awaits() {
        var hots = new ArrayList<CompletableFuture<Object>>();
        Task<Object> outer = loops.loop.spawn(Body.steps(
                x -> {
                    hots.add(HotBody.catching(
                            t -> {
                                log.add(t.getClass());
                                return "swallowed";
                            },
                            y -> Tasks.sleep(Duration.ofDays(1)),
                            y -> y));
                    return hots.get(0);
                },
                x -> x));
        loops.loop.callLater(Duration.ofMillis(1), outer::cancel);
        assertEquals("swallowed", loops.loop.runUntilComplete(outer));
        assertEquals(List.of(CancelledError.class), log);
    }

    @Test
    void should_get_the_cancellation_itself_when_the_future_is_cancelled() {
        Object got = loops.run(Body.<Object>steps(
                        x -> {
                            var hot = HotBody.future(y -> Tasks.sleep(Duration.ofDays(1)), y -> y);
                            loops.loop.callSoon(() -> hot.cancel(true));
                            return hot;
                        },
                        x -> x)
                .catching(t -> t));
        assertInstanceOf(CancelledError.class, got);
    }

    @Test
    void should_refuse_to_block_on_the_future_on_its_own_loop() {
        loops.run(Body.steps(
                x -> {
                    var hot = HotBody.future(y -> Body.Yield.NOTHING, y -> "late");
                    assertThrows(IllegalStateException.class, hot::get);
                    assertThrows(IllegalStateException.class, hot::join);
                    return hot;
                },
                x -> null));
    }

    @Test
    void should_fail_with_the_original_exception() {
        var failure = new IOException();
        var hots = new ArrayList<CompletableFuture<Object>>();
        assertSame(failure, assertThrows(IOException.class, () -> loops.run(Body.steps(
                x -> {
                    hots.add(HotBody.future(y -> Body.Yield.NOTHING, y -> {
                        throw failure;
                    }));
                    return hots.get(0);
                },
                x -> x))));
        assertSame(failure, assertThrows(ExecutionException.class, hots.get(0)::get).getCause());
    }

    @Test
    void should_be_cancelled_at_the_end_of_the_run() {
        var hots = new ArrayList<CompletableFuture<Object>>();
        EventLoop.run(Body.returning(() -> hots.add(HotBody.future(y -> new CompletableFuture<>(), y -> y))));
        assertTrue(hots.get(0).isCancelled());
    }

    @Test
    void should_obey_what_others_make_of_the_future() {
        assertEquals("other", loops.<Object>run(Body.steps(
                x -> {
                    var hot = HotBody.future(y -> Tasks.sleep(Duration.ofDays(1)), y -> "own");
                    loops.loop.callSoon(() -> hot.complete("other"));
                    return hot;
                },
                x -> x)));
    }
}
