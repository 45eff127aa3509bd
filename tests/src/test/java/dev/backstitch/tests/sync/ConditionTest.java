package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.turn;
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
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TimeoutError;
import dev.backstitch.sync.Condition;
import dev.backstitch.sync.Lock;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import dev.backstitch.testing.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CPython's test_locks.py, ConditionTests; SEMANTICS.md L13. */
class ConditionTest implements CoroutineTests {
    private final Condition condition = new Condition();
    private final List<Object> result = new ArrayList<>();
    private boolean predicate;
    private int state;
    private Throwable raised;

    /** Keeps the lock at the end. */
    @Async
    private Coroutine<Void> note(Object name) {
        await(condition.acquire());
        await(condition.waitForSignal());
        result.add(name);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> noteAndRelease(Object name) {
        await(note(name));
        condition.release();
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_go_on_one_by_one_with_the_lock_when_several_are_signalled() {
        var t1 = spawn(note(1));
        var t2 = spawn(note(2));
        var t3 = spawn(note(3));
        await(turn());
        assertEquals(List.of(), result);
        assertFalse(condition.isLocked());

        await(condition.acquire());
        condition.signal();
        await(turn());
        assertEquals(List.of(), result);
        assertTrue(condition.isLocked());

        condition.release();
        await(turn());
        assertEquals(List.of(1), result);
        assertTrue(condition.isLocked());

        condition.signal(2);
        await(turn());
        assertEquals(List.of(1), result);
        assertTrue(condition.isLocked());

        condition.release();
        await(turn());
        assertEquals(List.of(1, 2), result);
        assertTrue(condition.isLocked());

        condition.release();
        await(turn());
        assertEquals(List.of(1, 2, 3), result);
        assertTrue(condition.isLocked());
        assertTrue(t1.isDone() && t2.isDone() && t3.isDone());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_cancel. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_have_the_lock_again_when_a_waiter_is_cancelled() {
        await(condition.acquire());
        var wait = spawn(condition.waitForSignal());
        EventLoop.current().callSoon(wait::cancel);
        assertInstanceOf(CancelledError.class, await(failureOf(wait)));
        assertEquals("<Condition [locked]>", condition.toString());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_cancel_contested. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_have_the_lock_again_when_a_waiter_is_cancelled_while_another_has_it() {
        await(condition.acquire());
        var wait = spawn(condition.waitForSignal());
        await(turn());
        assertFalse(condition.isLocked());
        await(condition.acquire());
        condition.signal();
        EventLoop.current().callSoon(wait::cancel);
        EventLoop.current().callSoon(condition::release);
        try {
            await(wait);
        } catch (CancelledError e) {
            // either will do
        }
        assertTrue(condition.isLocked());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitInside() {
        try (var held = await(condition.hold())) {
            predicate = true;
            await(condition.waitForSignal());
        }
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_cancel_after_notify. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_cancelled_when_the_signal_came_first() {
        var waiter = spawn(waitInside());
        await(turn());
        await(condition.acquire());
        condition.signal();
        await(turn());
        waiter.cancel();
        await(turn());
        condition.release();
        await(turn());
        assertTrue(waiter.isCancelled());
        assertTrue(predicate);
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_unacquired. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_refuse_when_it_is_waited_for_without_the_lock() {
        var refusal = await(failureOf(condition.waitForSignal()));
        assertInstanceOf(IllegalStateException.class, refusal);
        assertEquals("cannot wait on un-acquired lock", refusal.getMessage());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> noteWhenTrue() {
        await(condition.acquire());
        await(condition.waitUntil(() -> predicate));
        result.add(1);
        condition.release();
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_for. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_look_again_when_it_was_signalled() {
        var task = spawn(noteWhenTrue());
        await(turn());
        assertEquals(List.of(), result);
        await(condition.acquire());
        condition.signal();
        condition.release();
        await(turn());
        assertEquals(List.of(), result);
        predicate = true;
        await(condition.acquire());
        condition.signal();
        condition.release();
        await(turn());
        assertEquals(List.of(1), result);
        assertTrue(task.isDone());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_wait_for_unacquired. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_wait_when_the_predicate_is_true() {
        await(condition.waitUntil(() -> true));
        assertInstanceOf(IllegalStateException.class, await(failureOf(condition.waitUntil(() -> false))));
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_notify. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_as_many_as_said_when_signalled() {
        var t1 = spawn(noteAndRelease(1));
        var t2 = spawn(noteAndRelease(2));
        var t3 = spawn(noteAndRelease(3));
        await(turn());
        assertEquals(List.of(), result);
        await(condition.acquire());
        condition.signal(1);
        condition.release();
        await(turn());
        assertEquals(List.of(1), result);
        await(condition.acquire());
        condition.signal(1);
        condition.signal(2048);
        condition.release();
        await(turn());
        assertEquals(List.of(1, 2, 3), result);
        assertTrue(t1.isDone() && t2.isDone() && t3.isDone());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_notify_all. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_all_when_all_are_signalled() {
        var t1 = spawn(noteAndRelease(1));
        var t2 = spawn(noteAndRelease(2));
        await(turn());
        assertEquals(List.of(), result);
        await(condition.acquire());
        condition.signalAll();
        condition.release();
        await(turn());
        assertEquals(List.of(1, 2), result);
        assertTrue(t1.isDone() && t2.isDone());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_notify_unacquired and test_notify_all_unacquired. */
    @Test
    void should_refuse_when_it_is_signalled_without_the_lock() {
        assertThrows(IllegalStateException.class, condition::signal);
        assertThrows(IllegalStateException.class, condition::signalAll);
    }

    /** test_locks.py::ConditionTests::test_repr. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_its_state_when_printed() {
        assertEquals("<Condition [unlocked]>", condition.toString());
        await(condition.acquire());
        assertEquals("<Condition [locked]>", condition.toString());
        condition.release();
        spawn(waitInside());
        await(turn());
        assertEquals("<Condition [unlocked, waiters:1]>", condition.toString());
        spawn(waitInside());
        await(turn());
        assertEquals("<Condition [unlocked, waiters:2]>", condition.toString());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_context_manager. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_hold_its_lock_for_a_block_when_it_is_a_resource() {
        assertFalse(condition.isLocked());
        try (var held = await(condition.hold())) {
            assertTrue(condition.isLocked());
        }
        assertFalse(condition.isLocked());
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_explicit_lock. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_use_the_lock_it_was_given() {
        var lock = new Lock();
        var other = new Condition(lock);
        assertSame(lock, other.lock());
        try (var held = await(other.hold())) {
            assertTrue(lock.isLocked() && other.isLocked());
        }
        assertFalse(lock.isLocked() || other.isLocked());
        try (var held = await(lock.hold())) {
            assertTrue(lock.isLocked() && other.isLocked());
        }
        assertFalse(lock.isLocked() || other.isLocked());
        assertEquals(3, await(other.withLock(() -> Coroutine.of(lock.isLocked() ? 3 : 4))));
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_ambiguous_loops, its part about conditions. */
    @Test
    void should_refuse_when_it_is_waited_for_on_two_loops() {
        try (var first = new TestLoop(); var second = new TestLoop()) {
            first.runUntilComplete(failureOf(timedOut()));
            var refusal = second.runUntilComplete(failureOf(waitInside()));
            assertEquals("<Condition [locked]> is bound to a different event loop", refusal.getMessage());
            assertFalse(condition.isLocked());
        }
    }

    @Async
    private Coroutine<Void> timedOut() {
        try (var held = await(condition.hold())) {
            return Coroutine.of(await(waitFor(condition.waitForSignal(), Duration.ofMillis(500))));
        }
    }

    /** test_locks.py::ConditionTests::test_timeout_in_block. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_have_the_lock_again_when_time_runs_out() {
        assertInstanceOf(TimeoutError.class, await(failureOf(timedOut())));
        assertEquals("<Condition [unlocked]>", condition.toString());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> reraise() {
        try (var held = await(condition.hold())) {
            raised = await(failureOf(condition.waitUntil(() -> predicate)));
            throw (CancelledError) raised;
        }
    }

    /** test_locks.py::ConditionTests::test_cancelled_error_wakeup. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_throw_the_very_error_when_it_is_cancelled_while_it_waits() {
        var task = spawn(reraise());
        await(turn());
        task.cancel("foo");
        var error = await(failureOf(task));
        assertEquals("foo", error.getMessage());
        assertSame(raised, error);
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_cancelled_error_re_aquire. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_throw_the_very_error_when_it_is_cancelled_while_it_acquires_the_lock() {
        var task = spawn(reraise());
        await(turn());
        await(condition.acquire());
        predicate = true;
        condition.signal();
        await(turn());
        task.cancel("foo");
        condition.release();
        var error = await(failureOf(task));
        assertEquals("foo", error.getMessage());
        assertSame(raised, error);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> consume() {
        try (var held = await(condition.hold())) {
            while (true) {
                await(condition.waitUntil(() -> state != 0));
                if (state < 0) {
                    return Coroutine.done();
                }
                state--;
            }
        }
    }

    /** Signals one of two consumers and cancels it; the other one must take the item. */
    @Async
    private Coroutine<Void> cancelSignalled(boolean whileItAcquires) {
        List<Task<Void>> consumers = List.of(spawn(consume()), spawn(consume()));
        await(turn());
        try (var held = await(condition.hold())) {
            state++;
            condition.signal(1);
            if (whileItAcquires) {
                await(turn());
            }
            consumers.get(0).cancel();
            try {
                await(waitFor(condition.waitUntil(() -> state == 0), Duration.ofMillis(10)));
            } catch (TimeoutError e) {
                // the state says it
            }
            assertEquals(0, state);
            state = -1;
            condition.signalAll();
        }
        await(consumers.get(1));
        return Coroutine.done();
    }

    /** test_locks.py::ConditionTests::test_cancelled_wakeup. */
    @CoroutineTest
    Coroutine<Void> should_signal_another_one_when_the_signalled_one_is_cancelled() {
        return cancelSignalled(false);
    }

    /** test_locks.py::ConditionTests::test_cancelled_wakeup_relock. */
    @CoroutineTest
    Coroutine<Void> should_signal_another_one_when_the_signalled_one_is_cancelled_while_it_acquires_the_lock() {
        return cancelSignalled(true);
    }
}
