package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Runner;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L16: test_threads.py, and the executor tests of test_base_events.py and test_events.py. */
class ThreadTest {
    @Async
    private static Coroutine<Thread> thread() {
        Thread here = Thread.currentThread();
        Thread there = await(Tasks.toThread(Thread::currentThread));
        assertNotSame(here, there);
        assertSame(here, Thread.currentThread());
        return Coroutine.of(there);
    }

    /** test_threads.py::ToThreadTests.test_to_thread. */
    @Test
    void should_run_on_another_thread_and_come_back() {
        EventLoop.run(thread());
    }

    @Async
    private static Coroutine<Void> failing() {
        await(Tasks.toThread(() -> {
            throw new IllegalStateException("test");
        }));
        return Coroutine.done();
    }

    /** test_threads.py::ToThreadTests.test_to_thread_exception. */
    @Test
    void should_throw_what_the_work_throws() {
        assertEquals("test", assertThrows(IllegalStateException.class, () -> EventLoop.run(failing())).getMessage());
    }

    @Async
    private static Coroutine<Void> tenTimes(AtomicInteger calls) {
        List<Coroutine<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            works.add(Tasks.toThread(calls::incrementAndGet));
        }
        await(Tasks.gather(works));
        return Coroutine.done();
    }

    /** test_threads.py::ToThreadTests.test_to_thread_once and _concurrent. */
    @Test
    void should_run_each_work_once() {
        var calls = new AtomicInteger();
        EventLoop.run(tenTimes(calls));
        assertEquals(10, calls.get());
    }

    @Async
    private static Coroutine<String> on(ExecutorService executor) {
        return Coroutine.of(await(EventLoop.current()
                .<String>runInExecutor(executor, () -> Thread.currentThread().getName())));
    }

    /** test_events.py::EventLoopTestsMixin.test_run_in_executor. */
    @Test
    void should_run_on_the_executor_it_is_given() {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "mine"));
        try {
            assertEquals("mine", EventLoop.run(on(executor)));
            assertFalse(executor.isShutdown());
        } finally {
            executor.shutdown();
        }
    }

    @Async
    private static Coroutine<String> onDefault() {
        return Coroutine.of(await(EventLoop.current().<String>runInExecutor(() -> Thread.currentThread().getName())));
    }

    /** test_base_events.py::BaseEventLoopTests.test_set_default_executor. */
    @Test
    void should_use_the_default_executor_and_shut_it_down() {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "mine"));
        try (var runner = new Runner()) {
            runner.loop().setDefaultExecutor(executor);
            assertEquals("mine", runner.run(onDefault()));
        }
        assertTrue(executor.isTerminated());
    }

    @Async
    private static Coroutine<Void> shutsDown() {
        EventLoop loop = EventLoop.current();
        await(loop.shutdownDefaultExecutor(Duration.ofSeconds(1)));
        assertThrows(RejectedExecutionException.class, () -> loop.runInExecutor(() -> 1));
        return Coroutine.done();
    }

    /** "Executor shutdown has been called". */
    @Test
    void should_refuse_work_after_the_shutdown() {
        EventLoop.run(shutsDown());
    }

    @Async
    private static Coroutine<Integer> never() {
        return Coroutine.of(1);
    }

    @Async
    private static Coroutine<Void> givesCoroutine() {
        Callable<Object> work = ThreadTest::never;
        await(EventLoop.current().runInExecutor(work));
        return Coroutine.done();
    }

    /** BaseEventLoopWithSelectorTests.test_call_coroutine: what is left of it when callbacks are of type {@code Runnable}. */
    @Test
    void should_refuse_work_that_is_a_coroutine() {
        String message = assertThrows(IllegalArgumentException.class, () -> EventLoop.run(givesCoroutine())).getMessage();
        assertTrue(message.startsWith("coroutines cannot be used with runInExecutor()"), message);
    }

    // ---------------------------------------------------------------- cancellation

    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Thread> started = new CompletableFuture<>();
    private final AtomicReference<Object> seen = new AtomicReference<>();

    private Object blocks() {
        started.complete(Thread.currentThread());
        try {
            release.await();
            seen.set("released");
        } catch (InterruptedException e) {
            seen.set(e);
        }
        return seen.get();
    }

    @Async
    private Coroutine<Boolean> cancels(boolean interruptibly) {
        Task<Object> task = Tasks.spawn(
                interruptibly ? Tasks.toThreadInterruptibly(this::blocks) : Tasks.toThread(this::blocks));
        await(started);
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            boolean ended = seen.get() != null;
            release.countDown();
            return Coroutine.of(ended);
        }
        throw new AssertionError("not cancelled");
    }

    /** L16: the thread goes on, the awaiter does not wait for it. */
    @Test
    void should_leave_the_thread_alone_when_cancelled() {
        assertEquals(false, EventLoop.run(cancels(false)));
        assertEquals("released", seen.get());
    }

    /** The documented other way: the thread is interrupted, and the await ends when the work has. */
    @Test
    void should_interrupt_the_thread_and_wait_for_it_when_so_asked() {
        assertEquals(true, EventLoop.run(cancels(true)));
        assertTrue(seen.get() instanceof InterruptedException);
    }

    @Async
    private Coroutine<Boolean> interruptedBefore() {
        EventLoop.current().setDefaultExecutor(Executors.newSingleThreadExecutor());
        await(cancels(true));
        return Coroutine.of(await(Tasks.<Boolean>toThread(Thread::interrupted)));
    }

    /** The interrupt is for that work and not for what the thread does next. */
    @Test
    void should_leave_no_interrupt_behind() {
        assertEquals(false, EventLoop.run(interruptedBefore()));
    }

    @Async
    private Coroutine<Void> cancelsQueued() {
        EventLoop.current().setDefaultExecutor(Executors.newSingleThreadExecutor());
        Task<Object> first = Tasks.spawn(Tasks.toThread(this::blocks));
        await(started);
        Task<Object> queued = Tasks.spawn(Tasks.toThreadInterruptibly(() -> {
            throw new AssertionError("it ran");
        }));
        Task<Object> plain = Tasks.spawn(Tasks.toThread(() -> {
            throw new AssertionError("it ran");
        }));
        await(Tasks.sleep(Duration.ZERO));
        queued.cancel();
        plain.cancel();
        await(Tasks.gatherSettled(queued, plain));
        assertTrue(queued.isCancelled());
        assertTrue(plain.isCancelled());
        release.countDown();
        await(first);
        return Coroutine.done();
    }

    @Test
    void should_never_run_work_that_was_cancelled_before_it_began() {
        EventLoop.run(cancelsQueued());
    }

    @Test
    void should_run_the_work_to_its_end_when_nobody_cancels() {
        release.countDown();
        assertEquals("released", EventLoop.run(Tasks.toThreadInterruptibly(this::blocks)));
        assertThrows(
                java.io.IOException.class,
                () -> EventLoop.run(Tasks.toThreadInterruptibly(() -> {
                    throw new java.io.IOException();
                })));
    }
}
