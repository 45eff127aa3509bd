package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * asyncio's {@code ensure_future} and {@code wrap_future}: what {@link Tasks} does with what {@code gather}, {@code shield} and
 * {@code spawn} are given. The tests of test_tasks.py and test_futures.py about them.
 */
class EnsureFutureTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;

    @AfterEach
    void close() {
        virtual.close();
    }

    @Async
    private static Coroutine<String> notmuch() {
        return Coroutine.of("ok");
    }

    /** Runs {@code make} in the loop; returns the future that it makes. */
    private <T> LoopFuture<T> onLoop(Supplier<LoopFuture<T>> make) {
        return virtual.run(making(make));
    }

    @Async
    private static <T> Coroutine<LoopFuture<T>> making(Supplier<LoopFuture<T>> make) {
        LoopFuture<T> made = make.get();
        return Coroutine.of(made);
    }

    /** BaseTaskTests.test_ensure_future_coroutine. */
    @Test
    void should_run_a_coroutine_as_a_task() {
        Task<String> t = loop.spawn(notmuch());
        assertSame(loop, t.loop());
        assertEquals("ok", loop.runUntilComplete(t));
        LoopFuture<List<String>> gathered = onLoop(() -> gather(notmuch()));
        assertSame(loop, gathered.loop());
        assertEquals(List.of("ok"), loop.runUntilComplete(gathered));
    }

    /** BaseTaskTests.test_ensure_future_future and BaseFutureTests.test_wrap_future_future. */
    @Test
    void should_take_a_future_as_it_is() {
        LoopFuture<String> f = new LoopFuture<>(loop);
        f.complete("ko");
        assertSame(f, onLoop(() -> shield(f))); // what is done needs no shield
        assertEquals(List.of("ko"), loop.runUntilComplete(onLoop(() -> gather(f))));
        try (var other = new VirtualLoop()) {
            assertThrows(IllegalStateException.class, () -> other.run(making(() -> gather(f))));
        }
    }

    /** BaseTaskTests.test_ensure_future_error_msg. */
    @Test
    void should_say_whose_future_it_is_when_it_is_of_another_loop() {
        LoopFuture<String> f = new LoopFuture<>(loop);
        try (var other = new VirtualLoop()) {
            String message = assertThrows(IllegalStateException.class, () -> other.run(making(() -> shield(f))))
                    .getMessage();
            assertEquals(
                    "The future belongs to a different loop than the one specified as the loop argument", message);
        }
    }

    /** BaseTaskTests.test_ensure_future_task. */
    @Test
    void should_take_a_task_as_it_is() {
        Task<String> t = loop.spawn(notmuch());
        loop.runUntilComplete(t);
        assertSame(t, onLoop(() -> shield(t)));
        assertEquals(List.of("ok", "ok"), loop.runUntilComplete(onLoop(() -> gather(t, t))));
    }

    @Async
    private static Coroutine<String> sleepsForNothing() {
        await(sleep(Duration.ZERO));
        return Coroutine.of("ok");
    }

    /** BaseTaskTests.test_ensure_future_awaitable and BaseTaskTests.test_ensure_future_task_awaitable. */
    @Test
    void should_run_a_task_for_an_awaitable() {
        Awaitable<String> done = () -> List.of().iterator();
        assertEquals(1, loop.runUntilComplete(onLoop(() -> gather(done))).size());
        LoopFuture<String> f = new LoopFuture<>(loop);
        Awaitable<String> waits = f::requests;
        LoopFuture<String> task = onLoop(() -> Tasks.spawn(waits));
        assertNotSame(f, task);
        loop.callSoon(() -> f.complete("ok"));
        assertEquals("ok", loop.runUntilComplete(task));
    }

    /** BaseTaskTests.test_ensure_future_neither. */
    @Test
    void should_refuse_what_cannot_be_awaited() {
        Object text = "ok";
        String message = assertThrows(IllegalArgumentException.class, () -> onLoop(() -> gather(text))).getMessage();
        assertEquals("a future, a coroutine or an awaitable is required, not java.lang.String", message);
        Object nothing = null;
        assertThrows(NullPointerException.class, () -> onLoop(() -> gather(nothing)));
    }

    // ---------------------------------------------------------------- wrap_future

    /** BaseFutureTests.test_wrap_future and BaseFutureTests.test_wrap_future_use_running_loop. */
    @Test
    void should_take_a_stage_that_another_thread_completes() {
        var pool = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Thread> f1 = CompletableFuture.supplyAsync(Thread::currentThread, pool);
            LoopFuture<Thread> f2 = onLoop(() -> shield(f1));
            assertSame(loop, f2.loop() == null ? loop : f2.loop());
            assertNotSame(Thread.currentThread(), loop.runUntilComplete(f2));
        } finally {
            pool.shutdown();
        }
    }

    /** BaseFutureTests.test_wrap_future_without_loop. */
    @Test
    void should_refuse_a_stage_when_no_loop_runs() {
        String message = assertThrows(IllegalStateException.class, () -> gather(new CompletableFuture<Integer>()))
                .getMessage();
        assertEquals("no running event loop", message);
    }

    /** BaseFutureTests.test_wrap_future_cancel. */
    @Test
    void should_cancel_the_stage_when_its_future_is_cancelled() {
        var f1 = new CompletableFuture<Integer>();
        LoopFuture<List<Integer>> f2 = onLoop(() -> gather(f1));
        assertTrue(f2.cancel());
        virtual.turns(2);
        assertTrue(f1.isCancelled());
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(f2));
    }

    /** BaseFutureTests.test_wrap_future_cancel2. */
    @Test
    void should_leave_the_stage_alone_when_it_is_done_before_its_future_is_cancelled() {
        var f1 = new CompletableFuture<Integer>();
        LoopFuture<List<Integer>> f2 = onLoop(() -> gather(f1));
        f1.complete(42);
        assertTrue(f2.cancel());
        virtual.turns(2);
        assertFalse(f1.isCancelled());
        assertEquals(42, f1.join());
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(f2));
    }

    // ---------------------------------------------------------------- the loop of what gathers

    /** FutureGatherTests.test_constructor_homogenous_futures. */
    @Test
    void should_gather_on_the_loop_of_the_children() {
        List<LoopFuture<Integer>> children =
                List.of(new LoopFuture<>(loop), new LoopFuture<>(loop), new LoopFuture<>(loop));
        for (int i = 0; i < 2; i++) {
            LoopFuture<List<Object>> fut = onLoop(() -> gather(children));
            assertSame(loop, fut.loop());
            virtual.turns(1);
            assertFalse(fut.isDone());
        }
    }

    /** CoroutineGatherTests.test_constructor_use_running_loop. */
    @Test
    void should_gather_on_the_loop_that_runs() {
        LoopFuture<List<String>> fut = onLoop(() -> gather(notmuch(), sleepsForNothing()));
        assertSame(loop, fut.loop());
        assertEquals(List.of("ok", "ok"), loop.runUntilComplete(fut));
    }

    @Async
    private static Coroutine<Void> listsAsCompleted() {
        List<Coroutine<String>> futs = new ArrayList<>();
        Tasks.<String>asCompleted(List.of(notmuch())).forEach(futs::add);
        assertEquals(1, futs.size());
        assertEquals("ok", await(futs.get(0)));
        return Coroutine.done();
    }

    /** BaseTaskTests.test_as_completed_coroutine_use_running_loop: on the loop that runs. */
    @Test
    void should_give_what_ends_on_the_loop_that_runs() {
        virtual.run(listsAsCompleted());
    }
}
