package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Handle;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L6: the cancellation tests of test_tasks.py, class BaseTaskTests. */
class TaskCancellationTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(10);

    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;

    @AfterEach
    void close() {
        virtual.close();
    }

    private <T> LoopFuture<T> future() {
        return new LoopFuture<>(loop);
    }

    private CancelledError assertCancelled(Task<?> task) {
        return assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    }

    @Async
    private static Coroutine<Integer> sleepsTen() {
        await(sleep(TEN));
        return Coroutine.of(12);
    }

    /** test_cancelling. */
    @Test
    void should_count_the_requests() {
        Task<Integer> t = loop.spawn(sleepsTen());
        assertEquals(0, t.cancelling());
        assertFalse(t.toString().contains("<Task cancelling "));
        assertTrue(t.cancel());
        assertEquals(1, t.cancelling());
        assertTrue(t.toString().contains("<Task cancelling "), t.toString());
        assertTrue(t.cancel());
        assertCancelled(t);
    }

    @Async
    private static Coroutine<Void> uncancelsOnce() {
        try {
            await(sleep(TEN));
        } catch (CancelledError e) {
            Tasks.currentTask().uncancel();
            await(sleep(TEN));
        }
        return Coroutine.done();
    }

    /** test_uncancel_basic. */
    @Test
    void should_take_a_request_back() {
        Task<Void> t = loop.spawn(uncancelsOnce());
        virtual.pass(TICK);
        assertTrue(t.cancel());
        assertTrue(t.toString().contains("<Task cancelling "));
        assertEquals(1, t.cancelling());
        assertFalse(t.isCancelled());
        virtual.pass(TICK);

        assertFalse(t.toString().contains("<Task cancelling "));
        assertEquals(0, t.cancelling());
        assertFalse(t.isCancelled());

        assertTrue(t.cancel());
        assertEquals(1, t.cancelling());
        assertFalse(t.isCancelled());
        assertCancelled(t);
        assertTrue(t.isCancelled());
        assertTrue(t.isDone());
        t.uncancel();
        assertTrue(t.isCancelled());
    }

    private record Request(boolean timedOut, boolean blockFinished, boolean outerReached) {}

    @Async
    private static Coroutine<Request> request(Duration sleep, Duration timeout) {
        Task<?> task = Tasks.currentTask();
        boolean[] timedOut = {false};
        boolean blockFinished = false;
        Handle alarm = EventLoop.current().callLater(timeout, () -> {
            timedOut[0] = true;
            task.cancel();
        });
        try {
            Throwable failure = null;
            try {
                await(sleep(sleep));
                blockFinished = true;
            } catch (Throwable t) {
                failure = t;
                throw t;
            } finally {
                alarm.cancel();
                if (timedOut[0] && task.uncancel() == 0 && failure instanceof CancelledError) {
                    throw new TimeoutException();
                }
            }
        } catch (TimeoutException e) {
            assertTrue(timedOut[0]);
        }
        await(sleep(Duration.ZERO));
        return Coroutine.of(new Request(timedOut[0], blockFinished, true));
    }

    private static final class TimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** test_uncancel_structured_blocks. */
    @Test
    void should_let_a_structured_block_take_its_own_request_back() {
        Task<Request> t1 = loop.spawn(request(TEN, Duration.ofMillis(100)));
        assertEquals(new Request(true, false, true), loop.runUntilComplete(t1));
        assertEquals(0, t1.cancelling());

        Task<Request> t2 = loop.spawn(request(Duration.ZERO, TEN));
        assertEquals(new Request(false, true, true), loop.runUntilComplete(t2));
        assertEquals(0, t2.cancelling());
    }

    @Async
    private static Coroutine<Integer> awaitsThen42(LoopFuture<?> future) {
        await(future);
        return Coroutine.of(42);
    }

    /** test_uncancel_resets_must_cancel. */
    @Test
    void should_not_cancel_what_was_uncancelled_before_its_next_step() {
        LoopFuture<Void> fut = future();
        Task<Integer> task = loop.spawn(awaitsThen42(fut));
        virtual.turns(1);
        fut.complete(null);
        task.cancel();
        assertEquals(1, task.cancelling());
        task.uncancel();
        assertEquals(0, task.cancelling());
        assertEquals(42, loop.runUntilComplete(task));
    }

    /** test_cancel. */
    @Test
    void should_cancel_a_sleeping_task() {
        Task<Integer> t = loop.spawn(sleepsTen());
        loop.callSoon(t::cancel);
        assertCancelled(t);
        assertTrue(t.isDone());
        assertTrue(t.isCancelled());
        assertFalse(t.cancel());
        assertEquals(0, virtual.millis());
    }

    @Async
    private static Coroutine<Void> cancelsWith(String message, boolean started, boolean asksException) {
        Task<Integer> task = Tasks.spawn(sleepsTen());
        if (started) {
            await(sleep(Duration.ZERO));
        }
        task.cancel(message);
        while (!task.isDone()) {
            await(sleep(Duration.ZERO));
        }
        if (asksException) {
            task.exception();
        } else {
            task.result();
        }
        return Coroutine.done();
    }

    /** test_cancel_with_message_then_future_result, _then_future_exception and _before_starting_task. */
    @Test
    void should_carry_the_message_to_who_asks_for_the_outcome() {
        for (String message : Arrays.asList(null, "my message")) {
            for (boolean started : List.of(true, false)) {
                for (boolean exception : List.of(true, false)) {
                    CancelledError error = assertCancelled(loop.spawn(cancelsWith(message, started, exception)));
                    assertEquals(message, error.getMessage());
                }
            }
        }
    }

    @Async
    private static Coroutine<Void> startsAndSleeps(LoopFuture<Void> started) {
        started.complete(null);
        await(sleep(TEN));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> convertsTheCancellation(LoopFuture<Void> started) {
        Task<Void> inner = Tasks.spawn(startsAndSleeps(started));
        await(started);
        EventLoop.current().callSoon(() -> inner.cancel("msg"));
        try {
            await(inner);
        } catch (CancelledError e) {
            throw new IllegalArgumentException("cancelled", e);
        }
        return Coroutine.done();
    }

    /** test_cancellation_exception_context. */
    @Test
    void should_be_the_cause_of_what_is_thrown_for_it() {
        Task<Void> task = loop.spawn(convertsTheCancellation(future()));
        var e = assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(task));
        assertEquals("cancelled", e.getMessage());
        assertEquals("msg", e.getCause().getMessage());
    }

    @Async
    private static Coroutine<Integer> twoTurns() {
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));
        return Coroutine.of(12);
    }

    /** test_cancel_yield. */
    @Test
    void should_cancel_a_task_that_only_lets_others_run() {
        Task<Integer> t = loop.spawn(twoTurns());
        virtual.turns(1);
        t.cancel();
        assertCancelled(t);
        assertTrue(t.isCancelled());
        assertFalse(t.cancel());
    }

    /** test_cancel_inner_future. */
    @Test
    void should_be_cancelled_when_what_it_awaits_is() {
        LoopFuture<Void> f = future();
        Task<Integer> t = loop.spawn(awaitsThen42(f));
        virtual.turns(1);
        f.cancel();
        assertCancelled(t);
        assertTrue(f.isCancelled());
        assertTrue(t.isCancelled());
    }

    /** test_cancel_both_task_and_inner_future. */
    @Test
    void should_be_cancelled_once_when_both_are() {
        LoopFuture<Void> f = future();
        Task<Integer> t = loop.spawn(awaitsThen42(f));
        virtual.turns(1);
        f.cancel();
        t.cancel();
        assertCancelled(t);
        assertTrue(f.isCancelled());
        assertTrue(t.isCancelled());
    }

    @Async
    private static Coroutine<Integer> catches(LoopFuture<?> fut1, LoopFuture<?> fut2) {
        await(fut1);
        try {
            await(fut2);
        } catch (CancelledError e) {
            return Coroutine.of(42);
        }
        return Coroutine.of(0);
    }

    /** test_cancel_task_catching. */
    @Test
    void should_return_what_a_handler_of_the_cancellation_returns() {
        LoopFuture<Void> fut1 = future();
        LoopFuture<Void> fut2 = future();
        Task<Integer> t = loop.spawn(catches(fut1, fut2));
        virtual.turns(1);
        fut1.complete(null);
        virtual.turns(1);
        t.cancel();
        assertTrue(fut2.isCancelled());
        assertEquals(42, loop.runUntilComplete(t));
        assertFalse(t.isCancelled());
    }

    @Async
    private static Coroutine<Integer> ignores(LoopFuture<?> fut1, LoopFuture<?> fut2, LoopFuture<Integer> fut3) {
        await(fut1);
        try {
            await(fut2);
        } catch (CancelledError e) {
            // goes on
        }
        return Coroutine.of(await(fut3));
    }

    /** test_cancel_task_ignoring. */
    @Test
    void should_go_on_when_the_cancellation_is_swallowed() {
        LoopFuture<Void> fut1 = future();
        LoopFuture<Void> fut2 = future();
        LoopFuture<Integer> fut3 = future();
        Task<Integer> t = loop.spawn(ignores(fut1, fut2, fut3));
        virtual.turns(1);
        fut1.complete(null);
        virtual.turns(1);
        t.cancel();
        assertTrue(fut2.isCancelled());
        virtual.turns(1);
        fut3.complete(42);
        assertEquals(42, loop.runUntilComplete(t));
        assertFalse(fut3.isCancelled());
        assertFalse(t.isCancelled());
        assertEquals(1, t.cancelling());
    }

    @Async
    private static Coroutine<Integer> cancelsItself() {
        Tasks.currentTask().cancel();
        await(sleep(Duration.ofSeconds(100)));
        return Coroutine.of(12);
    }

    /** test_cancel_current_task. */
    @Test
    void should_cancel_the_next_await_of_a_task_that_cancels_itself() {
        Task<Integer> t = loop.spawn(cancelsItself());
        assertFalse(t.isCancelled());
        assertCancelled(t);
        assertTrue(t.isCancelled());
        assertFalse(t.cancel());
        assertEquals(0, virtual.millis());
    }

    @Async
    private static Coroutine<Integer> cancelsItselfAtTheEnd() {
        Tasks.currentTask().cancel();
        return Coroutine.of(12);
    }

    /** test_cancel_at_end. */
    @Test
    void should_be_cancelled_when_requested_in_the_last_step() {
        Task<Integer> t = loop.spawn(cancelsItselfAtTheEnd());
        assertCancelled(t);
        assertTrue(t.isDone());
        assertTrue(t.isCancelled());
        assertFalse(t.cancel());
    }

    private Task<Integer> nested;

    @Async
    private Coroutine<Void> cancelsItselfAndAwaits(LoopFuture<Void> fut) {
        nested = Tasks.spawn(awaitsThen42(fut));
        await(sleep(Duration.ZERO));
        Tasks.currentTask().cancel();
        await(nested);
        return Coroutine.done();
    }

    /** test_cancel_awaited_task. */
    @Test
    void should_reach_the_task_that_is_awaited_next() {
        LoopFuture<Void> fut = future();
        Task<Void> task = loop.spawn(cancelsItselfAndAwaits(fut));
        assertCancelled(task);
        assertTrue(task.isCancelled());
        assertTrue(nested.isCancelled());
        assertTrue(fut.isCancelled());
    }

    @Async
    private static Coroutine<Void> cancelsAndAwaits() {
        Task<Integer> task = Tasks.spawn(sleepsTen());
        await(sleep(Duration.ZERO));
        task.cancel();
        await(task); // the line awaited at
        return Coroutine.done();
    }

    /** test_cancel_traceback_for_future_result and _exception: where it was interrupted, and who awaited that. */
    @Test
    void should_show_where_the_body_was_interrupted() {
        CancelledError error = assertCancelled(loop.spawn(cancelsAndAwaits()));
        List<String> methods = Arrays.stream(error.getStackTrace()).map(StackTraceElement::getMethodName).toList();
        assertEquals(List.of("sleepsTen", "cancelsAndAwaits"), methods.subList(0, 2));
    }

    /** What CPython lacks: who has cancelled, and where. */
    @Test
    void should_tell_who_has_cancelled_and_where() {
        CancelledError error = assertCancelled(loop.spawn(cancelsAndAwaits(), "owner"));
        assertEquals("task 'owner'", error.request().by());
        assertEquals("cancelsAndAwaits", error.request().at().getMethodName());
        assertEquals(TaskCancellationTest.class.getName(), error.request().at().getClassName());
        assertNull(error.request().reason());
        assertTrue(
                error.toString().matches("(?s).*CancelledError \\(cancelled by task 'owner' at .*cancelsAndAwaits\\(.*"),
                error.toString());
        assertNull(error.getMessage());

        Task<Integer> t = loop.spawn(sleepsTen());
        loop.callSoon(() -> t.cancel("enough"));
        CancelledError second = assertCancelled(t);
        assertEquals("a callback", second.request().by());
        assertEquals("enough", second.request().message());
        assertTrue(second.toString().contains("CancelledError: enough (cancelled by a callback at "), second.toString());
    }

    @Async
    private static Coroutine<Void> cancelsAll(List<Task<Integer>> tasks) {
        tasks.forEach(Task::cancel);
        await(sleep(Duration.ZERO));
        tasks.get(0).cancel();
        return Coroutine.done();
    }

    /** The place costs a walk of the stack: a step that cancels a great many looks it up for the first ones only. */
    @Test
    void should_look_up_the_place_for_the_first_tasks_that_a_step_cancels() {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(loop.spawn(sleepsTen()));
        }
        virtual.turns(1);
        loop.runUntilComplete(loop.spawn(cancelsAll(tasks), "sweeper"));
        List<CancelledError> errors = tasks.stream().map(this::assertCancelled).toList();
        assertTrue(errors.stream().allMatch(error -> error.request().by().equals("task 'sweeper'")));
        assertEquals(TaskCancellationTest.class.getName(), errors.get(0).request().at().getClassName());
        assertNull(errors.get(999).request().at());
    }

    @Async
    private static Coroutine<Void> timesOut() {
        await(Tasks.waitFor(sleepsTen(), TICK));
        return Coroutine.done();
    }

    @Test
    void should_tell_the_reason_when_the_loop_has_cancelled() {
        Task<Void> t = loop.spawn(timesOut());
        var error = assertThrows(TimeoutError.class, () -> loop.runUntilComplete(t));
        var cancelled = (CancelledError) error.getCause();
        assertTrue(cancelled.request().reason().contains("time limit"), cancelled.toString());
        assertNull(cancelled.request().by());
    }

    private int x;

    @Async
    private Coroutine<Void> stopsTheLoop() {
        while (x < 10) {
            await(sleep(Duration.ofMillis(100)));
            x++;
            if (x == 2) {
                EventLoop.current().stop();
            }
        }
        return Coroutine.done();
    }

    /** test_stop_while_run_in_complete. */
    @Test
    void should_refuse_to_return_when_the_loop_was_stopped() {
        Task<Void> t = loop.spawn(stopsTheLoop());
        var e = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(t));
        assertEquals("Event loop stopped before Future completed.", e.getMessage());
        assertFalse(t.isDone());
        assertEquals(2, x);
        assertEquals(200, virtual.millis());
        t.cancel();
        assertCancelled(t);
    }

    @Async
    private Coroutine<String> awaitsSleeper() {
        Task<Integer> sleeper = Tasks.spawn(sleepsTen());
        EventLoop.current().callLater(Duration.ofMillis(100), sleeper::cancel);
        try {
            await(sleeper);
        } catch (CancelledError e) {
            return Coroutine.of("cancelled");
        }
        return Coroutine.of("slept in");
    }

    /** test_task_cancel_sleeping_task. */
    @Test
    void should_wake_the_awaiter_of_a_task_that_is_cancelled() {
        assertEquals("cancelled", virtual.run(awaitsSleeper()));
        assertEquals(100, virtual.millis());
    }

    /** test_task_cancel_waiter_future. */
    @Test
    void should_cancel_the_future_that_is_awaited() {
        LoopFuture<Void> fut = future();
        Task<Integer> task = loop.spawn(awaitsThen42(fut));
        virtual.turns(1);
        task.cancel();
        virtual.turns(1);
        assertCancelled(task);
        assertTrue(fut.isCancelled());
    }

    @Async
    private static Coroutine<Void> convertsToInterrupt(KeyboardInterrupt interrupt) {
        try {
            await(sleepsTen());
        } catch (CancelledError e) {
            throw interrupt;
        }
        return Coroutine.done();
    }

    /** test_baseexception_during_cancel. */
    @Test
    void should_stop_the_loop_when_a_cancelled_task_throws_an_interrupt() {
        var interrupt = new KeyboardInterrupt("base");
        Task<Void> task = loop.spawn(convertsToInterrupt(interrupt));
        virtual.turns(1);
        task.cancel();
        assertFalse(task.isDone());
        assertSame(interrupt, assertThrows(KeyboardInterrupt.class, () -> virtual.turns(1)));
        assertTrue(task.isDone());
        assertFalse(task.isCancelled());
        assertSame(interrupt, task.exception());
        virtual.turns(1); // for the one that was interrupted
    }

    private int proof;

    @Async
    private Coroutine<Void> inner(LoopFuture<Void> waiter) {
        try {
            await(waiter);
        } catch (CancelledError e) {
            proof++;
            throw e;
        }
        throw new AssertionError("got past the await in inner()");
    }

    @Async
    private Coroutine<Void> outer(LoopFuture<Void> waiter) {
        try {
            await(inner(waiter));
            proof += 10;
        } catch (CancelledError e) {
            proof += 100;
        }
        return Coroutine.done();
    }

    /** test_yield_future_passes_cancel. */
    @Test
    void should_pass_through_the_coroutines_in_between() {
        LoopFuture<Void> waiter = future();
        Task<Void> f = loop.spawn(outer(waiter));
        virtual.turns(1);
        f.cancel();
        loop.runUntilComplete(f);
        assertEquals(101, proof);
        assertTrue(waiter.isCancelled());
    }

    @Async
    private static Coroutine<Void> fails() {
        throw new IllegalStateException("TypeError");
    }

    @Async
    private static Coroutine<Void> cancelsAFailedTask() {
        Task<Void> task = Tasks.spawn(fails());
        await(sleep(Duration.ofMillis(50)));
        assertFalse(task.cancel());
        return Coroutine.done();
    }

    /** test_tb_logger_not_called_after_cancel: asking for the end of a failed task counts as seeing the failure. */
    @Test
    void should_not_report_the_failure_of_a_task_that_was_cancelled_after_it() {
        virtual.run(cancelsAFailedTask());
    }

    /** SEMANTICS.md L6: the future is done but the wake-up has not run: the result is lost. */
    @Test
    void should_lose_the_result_when_cancelled_before_the_wake_up() {
        LoopFuture<Integer> fut = future();
        Task<Integer> task = loop.spawn(awaitsThen42(fut));
        virtual.turns(1);
        fut.complete(7);
        assertTrue(task.cancel());
        assertCancelled(task);
        assertEquals(7, fut.value());
    }

    private boolean ran;

    @Async
    private Coroutine<Void> notesThatItRan() {
        ran = true;
        return Coroutine.done();
    }

    /** SEMANTICS.md L6: before its first step the body never runs. */
    @Test
    void should_never_run_the_body_when_cancelled_before_its_first_step() {
        Task<Void> task = loop.spawn(notesThatItRan());
        assertTrue(task.cancel());
        assertCancelled(task);
        assertFalse(ran);
    }

    @Async
    private static Coroutine<Void> awaitsTask(Task<?> next) {
        await(next);
        return Coroutine.done();
    }

    /** What ends in a RecursionError in CPython (gh-80637). */
    @Test
    void should_cancel_a_chain_of_a_hundred_thousand_tasks() {
        LoopFuture<Void> end = future();
        Task<?> first = loop.spawn(awaitsThen42(end));
        Task<?> last = first;
        for (int i = 1; i < 100_000; i++) {
            last = loop.spawn(awaitsTask(last));
        }
        virtual.turns(2);
        assertTrue(last.cancel("all"));
        assertEquals("all", assertCancelled(last).getMessage());
        assertTrue(first.isCancelled());
        assertTrue(end.isCancelled());
        assertEquals(0, loop.allTasks().size());
    }
}
