package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.milliseconds;
import static dev.backstitch.tests.sync.Rig.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.BoundedSemaphore;
import dev.backstitch.sync.Semaphore;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CPython's test_locks.py, SemaphoreTests; SEMANTICS.md L13. */
class SemaphoreTest implements CoroutineTests {
    private final List<Object> result = new ArrayList<>();
    private Task<?> later;

    @Async
    private Coroutine<Void> take(Semaphore semaphore, Object name) {
        await(semaphore.acquire());
        result.add(name);
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_initial_value_zero. */
    @Test
    void should_be_locked_when_it_has_no_permits() {
        assertTrue(new Semaphore(0).isLocked());
    }

    /** test_locks.py::SemaphoreTests::test_repr. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_its_state_when_printed() {
        var semaphore = new Semaphore(1);
        assertEquals("<Semaphore [unlocked, value:1]>", semaphore.toString());
        await(semaphore.acquire());
        assertEquals("<Semaphore [locked]>", semaphore.toString());
        spawn(take(semaphore, 1));
        await(turn());
        assertEquals("<Semaphore [locked, waiters:1]>", semaphore.toString());
        spawn(take(semaphore, 2));
        await(turn());
        assertEquals("<Semaphore [locked, waiters:2]>", semaphore.toString());
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_semaphore. */
    @Test
    void should_have_the_permits_it_was_given() {
        var semaphore = new Semaphore(1);
        assertEquals(1, semaphore.permits());
        assertFalse(semaphore.isLocked());
    }

    /** test_locks.py::SemaphoreTests::test_semaphore_value. */
    @Test
    void should_refuse_when_the_number_of_permits_is_negative() {
        assertThrows(IllegalArgumentException.class, () -> new Semaphore(-1));
    }

    /** test_locks.py::SemaphoreTests::test_acquire. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_hand_on_permits_when_they_are_released() {
        var semaphore = new Semaphore(3);
        await(semaphore.acquire());
        await(semaphore.acquire());
        assertFalse(semaphore.isLocked());
        var t1 = spawn(take(semaphore, 1));
        var t2 = spawn(take(semaphore, 2));
        var t3 = spawn(take(semaphore, 3));
        await(turn());
        assertEquals(List.of(1), result);
        assertEquals("<Semaphore [locked, waiters:2]>", semaphore.toString());
        assertEquals(0, semaphore.permits());

        var t4 = spawn(take(semaphore, 4));
        semaphore.release();
        semaphore.release();
        assertEquals(0, semaphore.permits());
        await(turn());
        assertEquals(0, semaphore.permits());
        assertEquals(3, result.size());
        assertEquals("<Semaphore [locked, waiters:1]>", semaphore.toString());
        assertTrue(t1.isDone() && t2.isDone() && t3.isDone());
        assertFalse(t4.isDone());
        semaphore.release();
        await(t4);
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_cancel. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_forget_a_waiter_when_it_is_cancelled() {
        var semaphore = new Semaphore(1);
        await(semaphore.acquire());
        var acquire = spawn(semaphore.acquire());
        EventLoop.current().callSoon(acquire::cancel);
        assertInstanceOf(CancelledError.class, await(failureOf(acquire)));
        assertEquals("<Semaphore [locked]>", semaphore.toString());
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_cancel_before_awoken. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_the_first_one_left_when_others_were_cancelled() {
        var semaphore = new Semaphore(0);
        var t1 = spawn(semaphore.acquire());
        var t2 = spawn(semaphore.acquire());
        var t3 = spawn(semaphore.acquire());
        var t4 = spawn(semaphore.acquire());
        await(turn());
        t1.cancel();
        t2.cancel();
        semaphore.release();
        await(turn());
        await(turn());
        assertTrue(t3.isDone());
        assertFalse(t4.isDone());
        t3.cancel();
        t4.cancel();
        await(turn());
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_hang. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_the_second_one_when_the_first_was_cancelled() {
        var semaphore = new Semaphore(0);
        var t1 = spawn(semaphore.acquire());
        var t2 = spawn(semaphore.acquire());
        await(turn());
        t1.cancel();
        semaphore.release();
        await(turn());
        await(turn());
        assertTrue(semaphore.isLocked());
        assertTrue(t2.isDone());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> holdAndCancelLater(Semaphore semaphore) {
        try (var held = await(semaphore.hold())) {
            await(turn());
        }
        later.cancel();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> neverIn(Semaphore semaphore) {
        try (var held = await(semaphore.hold())) {
            throw new AssertionError("it was cancelled");
        }
    }

    /** test_locks.py::SemaphoreTests::test_acquire_no_hang. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_have_its_permit_back_when_the_one_it_was_meant_for_is_cancelled() {
        var semaphore = new Semaphore(1);
        var t1 = spawn(holdAndCancelLater(semaphore));
        later = spawn(neverIn(semaphore));
        List<Object> results = await(gatherSettled(t1, later));
        assertNull(results.get(0));
        assertInstanceOf(CancelledError.class, results.get(1));
        await(waitFor(semaphore.acquire(), Duration.ofSeconds(1)));
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_release_not_acquired. */
    @Test
    void should_refuse_when_a_bounded_one_is_released_too_often() {
        assertThrows(IllegalStateException.class, new BoundedSemaphore(1)::release);
    }

    /** test_locks.py::SemaphoreTests::test_release_no_waiters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_be_locked_when_its_permit_was_released() {
        var semaphore = new Semaphore(1);
        await(semaphore.acquire());
        assertTrue(semaphore.isLocked());
        semaphore.release();
        assertFalse(semaphore.isLocked());
        assertEquals("in", await(semaphore.withPermit(() -> Coroutine.of(semaphore.isLocked() ? "in" : "out"))));
        assertFalse(semaphore.isLocked());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> twice(Semaphore semaphore, String tag) {
        await(semaphore.acquire());
        result.add(tag + "_1");
        await(milliseconds(10));
        semaphore.release();
        await(semaphore.acquire());
        result.add(tag + "_2");
        await(milliseconds(10));
        semaphore.release();
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_fifo_order. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_go_round_when_three_ask_twice() {
        var semaphore = new Semaphore(1);
        await(gather(twice(semaphore, "c1"), twice(semaphore, "c2"), twice(semaphore, "c3")));
        assertEquals(List.of("c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2"), result);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> takeReleaseTake(Semaphore semaphore) {
        await(semaphore.acquire());
        result.add(2);
        semaphore.release();
        await(semaphore.acquire());
        result.add(4);
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_fifo_order_2. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_be_overtaken_when_one_releases_and_asks_again() {
        var semaphore = new Semaphore(1);
        var t1 = spawn(take(semaphore, 1));
        var t2 = spawn(takeReleaseTake(semaphore));
        var t3 = spawn(take(semaphore, 3));
        await(turn());
        semaphore.release();
        semaphore.release();
        await(gather(t1, t2, t3));
        assertEquals(List.of(1, 2, 3, 4), result);
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_fifo_order_3. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_keep_the_order_when_the_first_one_was_cancelled() {
        var semaphore = new Semaphore(0);
        var t1 = spawn(take(semaphore, 1));
        var t2 = spawn(take(semaphore, 2));
        var t3 = spawn(take(semaphore, 3));
        await(turn());
        t1.cancel();
        await(turn());
        semaphore.release();
        semaphore.release();
        await(gatherSettled(t1, t2, t3));
        assertEquals(List.of(2, 3), result);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> first(Semaphore semaphore) {
        assertEquals(0, semaphore.permits());
        await(semaphore.acquire());
        assertEquals(0, semaphore.permits()); // all that waited have been woken
        later = spawn(note(4));
        result.add(1);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> second(Semaphore semaphore) {
        semaphore.release();
        semaphore.release();
        semaphore.release();
        assertEquals(2, semaphore.permits());
        assertTrue(semaphore.isLocked()); // the first one has not run yet
        await(semaphore.acquire());
        result.add(2);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> third(Semaphore semaphore) {
        await(semaphore.acquire());
        assertTrue(semaphore.isLocked());
        result.add(3);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> note(Object name) {
        result.add(name);
        return Coroutine.done();
    }

    /** test_locks.py::SemaphoreTests::test_acquire_fifo_order_4. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_all_that_waited_for_their_turn_only_when_the_first_has_its_permit() {
        var semaphore = new Semaphore(0);
        var t1 = spawn(first(semaphore));
        var t2 = spawn(second(semaphore));
        var t3 = spawn(third(semaphore));
        await(turn());
        assertEquals(2, semaphore.permits());
        assertEquals("<Semaphore [locked, waiters:3]>", semaphore.toString());
        await(turn());
        await(gather(t1, t2, t3, later));
        assertEquals(List.of(1, 2, 3, 4), result);
        return Coroutine.done();
    }
}
