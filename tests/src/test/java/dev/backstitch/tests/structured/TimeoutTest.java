package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.timeoutAt;
import static dev.backstitch.tests.structured.TaskGroupTest.types;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Timeout;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L7, with the tests of CPython's test_timeouts.py: each names the method it comes from. */
class TimeoutTest {
    private final List<Object> log = new ArrayList<>();
    private Timeout cm;

    private static long now() {
        return EventLoop.current().time();
    }

    /** Awaits {@code body}; its failure, which must be there, is the result. Without a task of its own. */
    @Async
    private static Coroutine<Throwable> failureOf(Coroutine<?> body) {
        try {
            await(body);
        } catch (Throwable t) {
            return Coroutine.of(t);
        }
        throw new AssertionError("it did not fail");
    }

    /** Sleeps for 10 seconds within {@code opened}. */
    @Async
    private Coroutine<Void> sleepsIn(java.util.function.Supplier<Timeout> opened, Duration pause) {
        try (var timeout = opened.get()) {
            cm = timeout;
            await(Tasks.sleep(pause));
        }
        return Coroutine.done();
    }

    private static final Duration LONG = Duration.ofSeconds(10);

    /** test_timeout_basic. */
    @Test
    void should_throw_a_timeout_when_the_time_is_over() {
        Throwable failure = run(() -> failureOf(sleepsIn(() -> timeout(millis(10)), LONG)));
        assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, failure).getCause());
        assertTrue(cm.expired());
    }

    /** test_timeout_at_basic. */
    @Test
    void should_throw_a_timeout_at_a_time_of_the_clock() {
        run(() -> {
            long deadline = now() + 10_000_000;
            assertInstanceOf(TimeoutError.class, await(failureOf(sleepsIn(() -> timeoutAt(deadline), LONG))));
            assertTrue(cm.expired());
            assertEquals(deadline, cm.when());
            assertEquals(10, time());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> nested(long deadline, List<Timeout> both) {
        try (var outer = timeoutAt(deadline)) {
            both.add(outer);
            try (var inner = timeoutAt(deadline)) {
                both.add(inner);
                await(pause(10_000));
            } catch (CancelledError e) {
                log.add("cancelled");
                throw e;
            }
        }
        return Coroutine.done();
    }

    /** test_nested_timeouts: only the outermost throws the timeout. */
    @Test
    void should_let_the_outermost_speak_when_both_are_over() {
        List<Timeout> both = new ArrayList<>();
        assertInstanceOf(TimeoutError.class, run(() -> failureOf(nested(now() + 10_000_000, both))));
        assertEquals(List.of("cancelled"), log);
        assertTrue(both.get(0).expired() && both.get(1).expired());
    }

    @Async
    private Coroutine<Void> waiter() {
        try (var timeout = timeout(millis(10))) {
            try {
                await(pause(10_000));
            } catch (CancelledError e) {
                log.add("cancelled");
                throw e;
            }
        }
        return Coroutine.done();
    }

    /** test_waiter_cancelled. */
    @Test
    void should_cancel_the_body_when_the_time_is_over() {
        assertInstanceOf(TimeoutError.class, run(() -> failureOf(waiter())));
        assertEquals(List.of("cancelled"), log);
    }

    /** test_timeout_not_called. */
    @Test
    void should_do_nothing_when_the_body_ends_in_time() {
        run(() -> {
            await(sleepsIn(() -> timeout(LONG), millis(10)));
            assertFalse(cm.expired());
            assertTrue(cm.when() > now());
            await(Tasks.sleep(LONG)); // and nothing comes later
            return Coroutine.done();
        });
    }

    /** test_timeout_disabled and test_timeout_at_disabled. */
    @Test
    void should_never_be_over_when_there_is_no_limit() {
        run(() -> {
            await(sleepsIn(() -> timeout(null), millis(10)));
            assertFalse(cm.expired());
            assertEquals(Timeout.NEVER, cm.when());
            await(sleepsIn(() -> timeoutAt(Timeout.NEVER), millis(10)));
            assertFalse(cm.expired());
            return Coroutine.done();
        });
    }

    /** test_timeout_zero, test_timeout_zero_sleep_zero and test_timeout_in_the_past_sleep_zero. */
    @Test
    void should_end_at_the_first_wait_when_there_is_no_time() {
        for (Duration pause : List.of(LONG, Duration.ZERO)) {
            for (Duration limit : List.of(Duration.ZERO, Duration.ofSeconds(-11))) {
                run(() -> {
                    long start = now();
                    assertInstanceOf(TimeoutError.class, await(failureOf(sleepsIn(() -> timeout(limit), pause))));
                    assertTrue(cm.expired());
                    assertEquals(start + limit.toNanos(), cm.when());
                    assertEquals(start, now());
                    return Coroutine.done();
                });
            }
        }
    }

    @Async
    private Coroutine<Void> fails(RuntimeException failure) {
        try (var timeout = timeout(millis(10))) {
            cm = timeout;
            throw failure;
        }
    }

    /** test_foreign_exception_passed. */
    @Test
    void should_let_another_exception_through() {
        var failure = new IllegalArgumentException();
        assertSame(failure, run(() -> failureOf(fails(failure))));
        assertFalse(cm.expired());
    }

    @Async
    private static Coroutine<Void> crash(RuntimeException failure) {
        try {
            await(pause(1000));
        } finally {
            raise(failure);
        }
        return Coroutine.done();
    }

    private static void raise(RuntimeException failure) {
        throw failure;
    }

    @Async
    private Coroutine<Void> crashesIn(Duration limit, RuntimeException failure) {
        try (var timeout = timeout(limit)) {
            cm = timeout;
            await(crash(failure));
        }
        return Coroutine.done();
    }

    /** test_foreign_exception_on_timeout and _2: what the body answers with goes on, and nothing is added to it. */
    @Test
    void should_let_an_exception_through_that_answers_the_timeout() {
        var failure = new ArithmeticException();
        run(() -> {
            assertSame(failure, await(failureOf(crashesIn(millis(10), failure))));
            assertTrue(cm.expired());
            assertEquals(0, failure.getSuppressed().length);
            assertEquals(0, Tasks.currentTask().cancelling());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> cancelsItself() {
        try (var timeout = timeout(LONG)) {
            cm = timeout;
            Tasks.currentTask().cancel();
            await(Tasks.sleep(LONG));
        }
        return Coroutine.done();
    }

    /** test_foreign_cancel_doesnt_timeout_if_not_expired. */
    @Test
    void should_let_a_cancellation_through_when_the_time_is_not_over() {
        run(() -> {
            Task<Void> task = spawn(cancelsItself());
            await(Tasks.wait(List.of(task)));
            assertTrue(task.isCancelled());
            return Coroutine.done();
        });
        assertFalse(cm.expired());
    }

    @Async
    private Coroutine<Void> handles() {
        assertInstanceOf(TimeoutError.class, await(failureOf(sleepsIn(() -> timeout(millis(1)), LONG))));
        return Coroutine.done();
    }

    /** test_outer_task_is_not_cancelled. */
    @Test
    void should_leave_the_task_alone_when_its_timeout_was_handled() {
        run(() -> {
            Task<Void> task = spawn(handles());
            await(task);
            assertFalse(task.isCancelled());
            assertEquals(0, task.cancelling());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> busy(VirtualLoop loop, Duration inner, Duration work, boolean goesOn) {
        try (var outer = timeout(millis(100))) {
            assertInstanceOf(TimeoutError.class, await(failureOf(busyInside(loop, inner, work))));
            log.add("inner");
            if (goesOn) {
                await(Tasks.sleep(LONG));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> busyInside(VirtualLoop loop, Duration limit, Duration work) {
        try (var timeout = timeout(limit)) {
            loop.pass(work);
            await(Tasks.sleep(Duration.ofSeconds(1)));
        }
        return Coroutine.done();
    }

    /** test_nested_timeouts_loop_busy. */
    @Test
    void should_end_by_the_outer_timeout_when_the_loop_was_busy_in_the_inner_one() {
        var loop = VirtualLoop.create();
        loop.runReporting(() -> {
            Throwable failure = await(failureOf(busy(loop, millis(10), millis(50), true)));
            assertInstanceOf(TimeoutError.class, failure);
            assertEquals(100, time());
            return Coroutine.done();
        });
        assertEquals(List.of("inner"), log);
    }

    @Async
    private Coroutine<Void> bothOver(VirtualLoop loop) {
        try (var outer = timeout(millis(2))) {
            await(busyInside(loop, millis(100), millis(200)));
        }
        return Coroutine.done();
    }

    /** test_nested_timeouts_concurrent. */
    @Test
    void should_throw_one_timeout_when_both_are_over_in_one_turn() {
        var loop = VirtualLoop.create();
        loop.runReporting(() -> {
            Throwable failure = await(failureOf(bothOver(loop)));
            assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, failure).getCause());
            assertEquals(0, Tasks.currentTask().cancelling());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> handsOut(LoopFuture<Timeout> opened, long deadline) {
        try (var timeout = timeoutAt(deadline)) {
            opened.complete(timeout);
            await(Tasks.sleep(Duration.ofSeconds(50)));
        }
        return Coroutine.done();
    }

    /** test_reschedule. */
    @Test
    void should_be_moved() {
        run(() -> {
            long first = now() + 10_000_000_000L;
            LoopFuture<Timeout> opened = new LoopFuture<>(EventLoop.current());
            Task<Void> task = spawn(handsOut(opened, first));
            Timeout timeout = await(opened);
            assertEquals(first, timeout.when());
            timeout.reschedule(first + 20);
            assertEquals(first + 20, timeout.when());
            timeout.reschedule(Timeout.NEVER);
            assertEquals(Timeout.NEVER, timeout.when());
            task.cancel();
            await(Tasks.wait(List.of(task)));
            assertTrue(task.isCancelled());
            assertFalse(timeout.expired());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> shortened() {
        try (var timeout = timeout(LONG)) {
            await(pause(10));
            timeout.reschedule(now() - 1);
            await(Tasks.sleep(LONG));
        }
        return Coroutine.done();
    }

    /** {@code Timeout.reschedule}: what is past ends in the next turn. */
    @Test
    void should_end_at_once_when_it_is_moved_to_the_past() {
        run(() -> {
            assertInstanceOf(TimeoutError.class, await(failureOf(shortened())));
            assertEquals(10, time());
            return Coroutine.done();
        });
    }

    /** test_repr_active, test_repr_expired, test_repr_finished and test_repr_disabled. */
    @Test
    void should_print_its_state() {
        run(() -> {
            try (var timeout = timeout(LONG)) {
                assertEquals("<Timeout [active] when=10.000>", timeout.toString());
            }
            try (var timeout = timeout(null)) {
                assertEquals("<Timeout [active] when=never>", timeout.toString());
            }
            await(sleepsIn(() -> timeout(LONG), Duration.ZERO));
            assertEquals("<Timeout [finished]>", cm.toString());
            await(failureOf(sleepsIn(() -> timeout(millis(10)), LONG)));
            assertEquals("<Timeout [expired]>", cm.toString());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> timeoutInFinally(List<Throwable> caught) {
        try (var timeout = timeout(millis(10))) {
            try {
                await(pause(1000));
            } finally {
                caught.add(await(failureOf(sleepsIn(() -> timeout(millis(10)), LONG))));
            }
        }
        return Coroutine.done();
    }

    /** test_nested_timeout_in_finally. */
    @Test
    void should_be_of_use_in_a_finally_that_a_timeout_has_reached() {
        List<Throwable> caught = new ArrayList<>();
        Throwable outer = run(() -> failureOf(timeoutInFinally(caught)));
        Throwable first = assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, outer).getCause());
        Throwable second =
                assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, caught.get(0)).getCause());
        assertTrue(first != second);
    }

    @Async
    private Coroutine<Void> ignoresACancellation() {
        Tasks.currentTask().cancel();
        try {
            await(pause(1000));
        } catch (CancelledError e) {
            log.add("ignored");
        }
        return Coroutine.done();
    }

    /** test_timeout_after_cancellation. */
    @Test
    void should_throw_a_timeout_when_an_earlier_cancellation_was_ignored() {
        run(() -> {
            await(ignoresACancellation());
            assertEquals(1, Tasks.currentTask().cancelling());
            assertInstanceOf(TimeoutError.class, await(failureOf(sleepsIn(() -> timeout(Duration.ZERO), LONG))));
            assertEquals(1, Tasks.currentTask().cancelling());
            return Coroutine.done();
        });
    }

    /** test_cancel_in_timeout_after_cancellation. */
    @Test
    void should_let_a_cancellation_through_when_an_earlier_one_was_ignored() {
        run(() -> {
            await(ignoresACancellation());
            assertInstanceOf(CancelledError.class, await(failureOf(cancelsItself())));
            return Coroutine.done();
        });
    }

    /** test_timeout_already_entered, test_timeout_double_enter and test_timeout_finished: one is of one block. */
    @Test
    void should_refuse_to_be_used_again_when_its_block_has_ended() {
        run(() -> {
            await(sleepsIn(() -> timeout(LONG), Duration.ZERO));
            assertThrows(IllegalStateException.class, () -> {
                throw new AssertionError(cm.exit(null));
            });
            assertEquals(
                    "Cannot change state of finished Timeout",
                    assertThrows(IllegalStateException.class, () -> cm.reschedule(20)).getMessage());
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> isExpiring() {
        try (var timeout = timeout(millis(10))) {
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                log.add(assertThrows(IllegalStateException.class, () -> timeout.reschedule(20)).getMessage());
            }
        }
        return Coroutine.done();
    }

    /** test_timeout_expired and test_timeout_expiring. */
    @Test
    void should_refuse_to_be_moved_when_the_time_is_over() {
        run(() -> {
            await(isExpiring());
            assertEquals(List.of("Cannot change state of expiring Timeout"), log);
            await(failureOf(sleepsIn(() -> timeout(millis(10)), LONG)));
            assertEquals(
                    "Cannot change state of expired Timeout",
                    assertThrows(IllegalStateException.class, () -> cm.reschedule(20)).getMessage());
            return Coroutine.done();
        });
    }

    /** test_timeout_without_task. */
    @Test
    void should_refuse_to_open_when_there_is_no_task() {
        try (var loop = new EventLoop()) {
            loop.callSoon(() -> {
                log.add(assertThrows(IllegalStateException.class, () -> timeout(millis(10))).getMessage());
                loop.stop();
            });
            loop.runForever();
        }
        assertEquals(List.of("Timeout should be used inside a task"), log);
    }

    @Async
    private Coroutine<Void> groupInATimeout() {
        try (var timeout = timeout(millis(10))) {
            cm = timeout;
            try (var group = TaskGroup.open()) {
                group.spawn(crash(new ArithmeticException()));
                await(pause(1000));
            }
        }
        return Coroutine.done();
    }

    /** test_timeout_taskgroup. */
    @Test
    void should_let_the_failures_of_a_group_through() {
        run(() -> {
            assertEquals(List.of(ArithmeticException.class), types(await(failureOf(groupInATimeout()))));
            assertTrue(cm.expired());
            assertEquals(0, Tasks.currentTask().cancelling());
            await(turns(1));
            return Coroutine.done();
        });
    }
}
