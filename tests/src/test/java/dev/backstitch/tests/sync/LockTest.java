package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.turn;
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
import dev.backstitch.sync.Lock;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import dev.backstitch.testing.TestLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CPython's test_locks.py, LockTests; SEMANTICS.md L13. */
class LockTest implements CoroutineTests {
    private final Lock lock = new Lock();
    private final List<Object> result = new ArrayList<>();
    private int calls;

    @Async
    private Coroutine<Boolean> take(Object name) {
        calls++;
        await(lock.acquire());
        result.add(name);
        return Coroutine.of(true);
    }

    /** test_locks.py::LockTests::test_repr. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_its_state_when_printed() {
        assertEquals("<Lock [unlocked]>", lock.toString());
        await(lock.acquire());
        assertEquals("<Lock [locked]>", lock.toString());
        spawn(take(1));
        await(turn());
        assertEquals("<Lock [locked, waiters:1]>", lock.toString());
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_acquire. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_go_to_one_after_the_other_when_several_wait() {
        await(lock.acquire());
        var t1 = spawn(take(1));
        var t2 = spawn(take(2));
        await(turn());
        assertEquals(List.of(), result);
        lock.release();
        await(turn());
        assertEquals(List.of(1), result);
        await(turn());
        assertEquals(List.of(1), result);
        var t3 = spawn(take(3));
        lock.release();
        await(turn());
        assertEquals(List.of(1, 2), result);
        lock.release();
        await(turn());
        assertEquals(List.of(1, 2, 3), result);
        for (Task<Boolean> task : List.of(t1, t2, t3)) {
            assertTrue(task.isDone());
            assertTrue(task.result());
        }
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_acquire_cancel. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_forget_a_waiter_when_it_is_cancelled() {
        await(lock.acquire());
        var task = spawn(lock.acquire());
        EventLoop.current().callSoon(task::cancel);
        assertInstanceOf(CancelledError.class, await(failureOf(task)));
        assertEquals("<Lock [locked]>", lock.toString());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> lockIt(LoopFuture<Void> blocker) {
        await(lock.acquire());
        try {
            if (blocker != null) {
                await(blocker);
            }
        } finally {
            lock.release();
        }
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_cancel_race. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_go_to_the_next_one_when_it_is_released_while_a_waiter_is_being_cancelled() {
        var blocker = new LoopFuture<Void>(EventLoop.current());
        var ta = spawn(lockIt(blocker));
        await(turn());
        assertTrue(lock.isLocked());
        var tb = spawn(lockIt(null));
        await(turn());
        assertEquals("<Lock [locked, waiters:1]>", lock.toString());
        var tc = spawn(lockIt(null));
        await(turn());
        assertEquals("<Lock [locked, waiters:2]>", lock.toString());

        blocker.complete(null);
        tb.cancel();
        await(turn());
        assertFalse(lock.isLocked());
        assertTrue(ta.isDone());
        assertTrue(tb.isCancelled());
        await(tc);
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_cancel_release_race. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_taken_once_when_a_waiter_is_cancelled_and_it_is_released_at_once() {
        await(lock.acquire());
        var t1 = spawn(take(1));
        var t2 = spawn(take(2));
        var t3 = spawn(take(3));
        await(turn());
        EventLoop.current().callSoon(() -> {
            t1.cancel();
            lock.release();
        });
        assertInstanceOf(CancelledError.class, await(failureOf(t1)));
        assertEquals(1, result.size());
        assertEquals(3, calls);
        assertTrue(t1.isCancelled() && t2.isDone());
        t3.cancel();
        await(turn());
        assertTrue(t3.isCancelled());
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_finished_waiter_cancelled. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_the_second_one_when_the_first_was_cancelled_before() {
        await(lock.acquire());
        assertTrue(lock.isLocked());
        var tb = spawn(lock.acquire());
        await(turn());
        var tc = spawn(lock.acquire());
        tb.cancel();
        lock.release();
        await(turn());
        assertTrue(lock.isLocked());
        assertTrue(tb.isCancelled());
        await(tc);
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_release_not_acquired. */
    @Test
    void should_refuse_when_it_is_released_and_not_locked() {
        assertEquals("Lock is not acquired.", assertThrows(IllegalStateException.class, lock::release).getMessage());
    }

    /** test_locks.py::LockTests::test_release_no_waiters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_unlocked_when_it_is_released_and_nobody_waits() {
        await(lock.acquire());
        assertTrue(lock.isLocked());
        lock.release();
        assertFalse(lock.isLocked());
        return Coroutine.done();
    }

    /** test_locks.py::LockTests::test_context_manager. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_held_for_a_block_when_it_is_a_resource() {
        try (var held = await(lock.hold())) {
            assertTrue(lock.isLocked());
        }
        assertFalse(lock.isLocked());
        assertEquals(5, await(lock.withLock(() -> inside())));
        assertFalse(lock.isLocked());
        assertInstanceOf(IllegalStateException.class, await(failureOf(lock.withLock(() -> failing()))));
        assertFalse(lock.isLocked());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> inside() {
        await(turn());
        assertTrue(lock.isLocked());
        return Coroutine.of(5);
    }

    @Async
    private Coroutine<Void> failing() {
        await(turn());
        throw new IllegalStateException();
    }

    /** test_locks.py::ConditionTests::test_ambiguous_loops, its part about locks. */
    @Test
    void should_refuse_when_it_is_waited_for_on_two_loops() {
        try (var first = new TestLoop(); var second = new TestLoop()) {
            first.runUntilComplete(waitBriefly());
            var refusal = second.runUntilComplete(failureOf(lock.acquire()));
            assertEquals("<Lock [locked]> is bound to a different event loop", refusal.getMessage());
        }
    }

    @Async
    private Coroutine<Void> waitBriefly() {
        await(lock.acquire());
        var second = spawn(lock.acquire());
        await(turn());
        lock.release();
        await(second);
        return Coroutine.done();
    }

    @Test
    void should_need_no_loop_when_nobody_has_it() {
        assertThrows(dev.backstitch.StopIteration.class, () -> lock.acquire().send(null));
        assertTrue(lock.isLocked());
    }
}
