package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other threads do to a loop while nobody runs it, and what is left when it is closed. */
class BetweenRunsTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final List<Thread> ranOn = new ArrayList<>();

    @AfterEach
    void shutDown() {
        other.shutdown();
    }

    private <T> T elsewhere(Callable<T> work) throws Exception {
        return other.submit(work).get();
    }

    @Async
    private Coroutine<Integer> waits(LoopFuture<Integer> future) {
        try {
            return Coroutine.of(await(future));
        } finally {
            ranOn.add(Thread.currentThread());
        }
    }

    private Task<Integer> suspended(LoopFuture<Integer> future) {
        Task<Integer> task = loop.spawn(waits(future));
        virtual.turns(1);
        return task;
    }

    @Test
    void should_be_handed_a_cancellation_by_another_thread() throws Exception {
        Task<Integer> task = suspended(new LoopFuture<>(loop));
        boolean reached = elsewhere(() -> task.cancel());
        assertTrue(reached);
        assertEquals(0, task.cancelling()); // nothing has happened on that thread
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
        assertEquals(List.of(Thread.currentThread()), ranOn);
        virtual.close();
    }

    @Test
    void should_tell_another_thread_that_asks_for_the_end_of_a_task() throws Exception {
        LoopFuture<Integer> future = new LoopFuture<>(loop);
        Task<Integer> task = suspended(future);
        CompletableFuture<Integer> view = elsewhere(task::toCompletableFuture);
        List<Thread> told = new ArrayList<>();
        elsewhere(() -> {
            task.whenDone(() -> told.add(Thread.currentThread()));
            return null;
        });
        future.complete(42);
        loop.runUntilComplete(task);
        virtual.turns(1);
        assertEquals(42, view.get());
        assertEquals(List.of(Thread.currentThread()), told);
        virtual.close();
    }

    @Async
    private Coroutine<Throwable> workFromElsewhere() {
        return Coroutine.of(await(EventLoop.current().<Throwable>runInExecutor(
                other, () -> assertThrows(IllegalStateException.class, () -> loop.runInExecutor(() -> 1)))));
    }

    @Test
    void should_refuse_work_for_its_pool_from_another_thread() {
        assertEquals(
                "Non-thread-safe operation invoked on an event loop other than the current one",
                virtual.run(workFromElsewhere()).getMessage());
        virtual.close();
    }

    @Test
    void should_end_the_views_of_tasks_that_are_pending_when_it_is_closed() throws Exception {
        Task<Integer> task = suspended(new LoopFuture<>(loop));
        CompletableFuture<Integer> early = task.toCompletableFuture();
        loop.close();
        for (CompletableFuture<Integer> view : List.of(early, task.toCompletableFuture())) {
            assertTrue(view.isDone());
            Throwable failure = assertThrows(ExecutionException.class, view::get).getCause();
            assertInstanceOf(IllegalStateException.class, failure);
            assertTrue(failure.getMessage().startsWith("Event loop is closed, and will not finish <Task pending"));
        }
        assertFalse(task.isDone());
        assertTrue(virtual.messages().get(0).startsWith("Task was destroyed but it is pending!"));
    }
}
