package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.structured.TaskGroupTest.failureOf;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L8: all of CPython's test_waitfor.py; each test names the method it comes from. */
class WaitForTest {
    private final List<Object> log = new ArrayList<>();

    /** SlowTask: takes 200 milliseconds, whoever cancels it. */
    @Async
    private Coroutine<Void> slow() {
        double end = time() + 200;
        while (time() < end) {
            try {
                await(pause((long) (end - time())));
            } catch (CancelledError e) {
                log.add("ignored");
            }
        }
        log.add("exited");
        return Coroutine.done();
    }

    /** test_asyncio_wait_for_cancelled. */
    @Test
    void should_wait_for_the_end_when_cancelled() {
        run(() -> {
            Task<Void> waiting = spawn(waitFor(slow(), millis(400)));
            await(pause(0));
            waiting.cancel();
            await(Tasks.wait(List.of(waiting)));
            return Coroutine.done();
        });
        assertEquals(List.of("ignored", "exited"), log);
    }

    /** test_asyncio_wait_for_timeout. */
    @Test
    void should_wait_for_the_end_when_the_time_is_over() {
        run(() -> {
            await(waitFor(slow(), millis(100)));
            assertEquals(200, time());
            return Coroutine.done();
        });
        assertEquals(List.of("ignored", "exited"), log);
    }

    /** test_wait_for_timeout_less_then_0_or_0_future_done. */
    @Test
    void should_give_the_result_when_it_is_there_and_there_is_no_time() {
        run(() -> {
            LoopFuture<String> future = new LoopFuture<>(EventLoop.current());
            future.complete("done");
            assertEquals("done", await(waitFor(future, Duration.ZERO)));
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> noting() {
        log.add("started");
        return Coroutine.done();
    }

    /** test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started. */
    @Test
    void should_not_start_a_coroutine_when_there_is_no_time() {
        assertInstanceOf(TimeoutError.class, run(() -> failureOf(waitFor(noting(), Duration.ZERO))));
        assertEquals(List.of(), log);
    }

    @Async
    private Coroutine<String> running() {
        log.add("running");
        try {
            await(pause(10_000));
        } finally {
            log.add("ended");
        }
        return Coroutine.of("done");
    }

    /** test_wait_for_timeout_less_then_0_or_0 and test_wait_for. */
    @Test
    void should_cancel_a_task_when_the_time_is_over() {
        for (Duration timeout : List.of(Duration.ZERO, millis(-1000), millis(100))) {
            log.clear();
            run(() -> {
                Task<String> task = spawn(running());
                await(turns(1));
                assertInstanceOf(TimeoutError.class, await(failureOf(waitFor(task, timeout))));
                assertTrue(task.isCancelled());
                return Coroutine.done();
            });
            assertEquals(List.of("running", "ended"), log);
        }
    }

    @Async
    private static Coroutine<String> done() {
        return Coroutine.of("done");
    }

    /** test_wait_for_blocking. */
    @Test
    void should_wait_for_ever_when_there_is_no_limit() {
        assertEquals("done", run(() -> waitFor(done(), null)));
    }

    /** test_wait_for_race_condition. */
    @Test
    void should_give_the_result_when_it_comes_in_time() {
        run(() -> {
            LoopFuture<String> future = new LoopFuture<>(EventLoop.current());
            Coroutine<String> waiting = waitFor(future, millis(200));
            EventLoop.current().callSoon(() -> future.complete("ok"));
            assertEquals("ok", await(waiting));
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Integer> answersACancellation(int value) {
        try {
            await(pause(1000));
        } catch (CancelledError e) {
            return Coroutine.of(value);
        }
        throw new AssertionError("it was not cancelled");
    }

    /** test_wait_for_cancellation_race_condition and test_wait_for_cancel_suppressed. */
    @Test
    void should_give_the_value_when_the_cancellation_is_answered_with_one() {
        assertEquals(42, run(() -> waitFor(answersACancellation(42), millis(10))));
    }

    @Async
    private Coroutine<Void> slowToEnd() {
        try {
            await(pause(10_000));
        } catch (CancelledError e) {
            await(pause(1));
            throw e;
        } finally {
            log.add("ended");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitsFor(Coroutine<Void> inner, Duration timeout) {
        Task<Void> task = spawn(inner);
        await(pause(1));
        await(waitFor(task, timeout));
        return Coroutine.done();
    }

    /** test_wait_for_waits_for_task_cancellation and _w_timeout_0. */
    @Test
    void should_wait_until_the_task_is_cancelled() {
        for (Duration timeout : List.of(millis(1), Duration.ZERO)) {
            log.clear();
            Throwable failure = run(() -> failureOf(waitsFor(slowToEnd(), timeout)));
            assertInstanceOf(TimeoutError.class, failure);
            assertInstanceOf(CancelledError.class, failure.getCause());
            assertEquals(List.of("ended"), log);
        }
    }

    @Async
    private static Coroutine<Void> failsWhenCancelled(RuntimeException e) {
        try {
            await(pause(200));
        } finally {
            raise(e);
        }
        return Coroutine.done();
    }

    private static void raise(RuntimeException e) {
        throw e;
    }

    /** test_wait_for_reraises_exception_during_cancellation. */
    @Test
    void should_throw_what_the_task_answers_its_cancellation_with() {
        var failure = new IllegalArgumentException();
        assertSame(failure, run(() -> failureOf(waitsFor(failsWhenCancelled(failure), millis(1)))));
    }

    /** test_cancel_blocking_wait_for and test_cancel_wait_for. */
    @Test
    void should_cancel_the_task_when_cancelled() {
        for (Duration timeout : new Duration[] {null, Duration.ofMinutes(1)}) {
            run(() -> {
                LoopFuture<Void> never = new LoopFuture<>(EventLoop.current());
                Task<Void> task = spawn(never);
                Task<Void> waiting = spawn(waitFor(task, timeout));
                EventLoop.current().callSoon(waiting::cancel);
                await(Tasks.wait(List.of(waiting)));
                assertTrue(waiting.isCancelled());
                assertTrue(task.isCancelled());
                return Coroutine.done();
            });
        }
    }

    @Async
    private Coroutine<Void> waitsAndGoesOn(Task<String> inner) {
        await(waitFor(inner, Duration.ofSeconds(100)));
        await(pause(1000));
        log.add("reached the end");
        return Coroutine.done();
    }

    /** test_wait_for_issue86296: the cancellation is not lost when the task is done in the same turn. */
    @Test
    void should_be_cancelled_when_the_task_is_done_in_the_same_turn() {
        run(() -> {
            Task<String> inner = spawn(done());
            Task<Void> task = spawn(waitsAndGoesOn(inner));
            await(pause(0));
            task.cancel();
            await(Tasks.wait(List.of(task)));
            assertTrue(task.isCancelled());
            assertEquals("done", inner.result());
            return Coroutine.done();
        });
        assertEquals(List.of(), log);
    }

    @Async
    private static Coroutine<String> doneAfter(long millis) {
        await(pause(millis));
        return Coroutine.of("done");
    }

    /** WaitForShieldTests.test_zero_timeout and test_shielded_timeout. */
    @Test
    void should_leave_a_shielded_task_alone_when_the_time_is_over() {
        for (Duration timeout : List.of(Duration.ZERO, millis(10))) {
            run(() -> {
                Task<String> task = spawn(doneAfter(100));
                LoopFuture<String> shielded = shield(task);
                assertInstanceOf(TimeoutError.class, await(failureOf(waitFor(shielded, timeout))));
                assertFalse(task.isDone());
                assertTrue(shielded.isCancelled());
                assertEquals("done", await(task));
                return Coroutine.done();
            });
        }
    }

    /** WaitForShieldTests.test_none_timeout. */
    @Test
    void should_wait_for_a_shielded_task_when_there_is_no_limit() {
        run(() -> {
            Task<String> task = spawn(doneAfter(100));
            assertEquals("done", await(waitFor(shield(task), null)));
            assertEquals("done", await(task));
            return Coroutine.done();
        });
    }
}
