package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A cancellation goes to what is waited for, by a call of its loop, and finds that ended: whoever waited, and has gone on, is
 * cancelled where it waits next.
 */
class LateCancellationTest {
    /** Nothing but a cancellation ends it. */
    private final CompletableFuture<Object> never = new CompletableFuture<>();

    @Test
    void should_cancel_a_hot_coroutine_where_it_waits_next_when_what_it_waited_for_has_ended() {
        try (var loop = new EventLoop()) {
            var first = new LoopFuture<Object>(loop);
            CompletableFuture<Object> hot = HotBody.future(x -> first, x -> never, x -> x);
            endWhileCancelled(loop, hot, first);
            assertTrue(hot.isCancelled());
            assertTrue(never.isCancelled());
        }
    }

    @Test
    void should_cancel_a_hot_coroutine_where_it_waits_next_when_what_an_inner_one_waited_for_has_ended() {
        try (var loop = new EventLoop()) {
            var first = new LoopFuture<Object>(loop);
            CompletableFuture<Object> inner = HotBody.future(x -> first, x -> x);
            CompletableFuture<Object> hot = HotBody.future(x -> inner, x -> never, x -> x);
            endWhileCancelled(loop, hot, first);
            assertFalse(inner.isCancelled());
            assertTrue(hot.isCancelled());
        }
    }

    @Test
    void should_leave_a_hot_coroutine_alone_that_has_ended_with_what_it_waited_for() {
        try (var loop = new EventLoop()) {
            var first = new LoopFuture<Object>(loop);
            CompletableFuture<Object> hot = HotBody.future(x -> first, x -> x);
            endWhileCancelled(loop, hot, first);
            assertTrue(hot.isDone());
            assertFalse(hot.isCancelled());
            assertFalse(hot.cancel(true));
        }
    }

    @Test
    void should_cancel_a_task_where_it_waits_next_when_the_task_of_another_loop_that_it_waited_for_has_ended() {
        try (var outer = new EventLoop();
                var loop = new EventLoop()) {
            var first = new LoopFuture<Object>(loop);
            Task<Object> waitedFor = loop.spawn(Body.<Object>awaiting(first));
            CompletableFuture<Object> view = waitedFor.toCompletableFuture();
            Task<Object> task = outer.spawn(Body.<Object>steps(x -> view, x -> never, x -> x));
            turns(outer);
            turns(loop);
            endWhile(loop, first, () -> {
                task.cancel("too late for the first");
                turns(outer);
            });
            turns(outer);
            assertTrue(task.isCancelled());
            assertFalse(waitedFor.isCancelled());
        }
    }

    @Test
    void should_leave_a_task_alone_that_has_taken_the_late_cancellation_back() {
        try (var outer = new EventLoop();
                var loop = new EventLoop()) {
            var first = new LoopFuture<Object>(loop);
            CompletableFuture<Object> view = loop.spawn(Body.<Object>awaiting(first)).toCompletableFuture();
            Task<Object> task = outer.spawn(Body.<Object>steps(x -> view, x -> never, x -> x));
            turns(outer);
            turns(loop);
            endWhile(loop, first, () -> {
                task.cancel("too late for the first");
                turns(outer);
                task.uncancel();
            });
            turns(outer);
            never.complete("went on");
            turns(outer);
            assertTrue(task.isDone());
            assertFalse(task.isCancelled());
        }
    }

    private static void endWhileCancelled(EventLoop loop, CompletableFuture<?> hot, LoopFuture<Object> first) {
        endWhile(loop, first, () -> assertTrue(hot.cancel(true)));
    }

    /** Completes {@code first} on {@code loop}, before the loop takes in what {@code other}, on another thread, asks it for. */
    private static void endWhile(EventLoop loop, LoopFuture<Object> first, Runnable other) {
        loop.callSoon(() -> {
            CompletableFuture.runAsync(other).join();
            first.complete("first");
        });
        turns(loop);
    }

    /** As many turns as anything here takes. */
    private static void turns(EventLoop loop) {
        for (int i = 0; i < 10; i++) {
            loop.callSoon(loop::stop);
            loop.runForever();
        }
    }
}
