package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.BarrierTest.tasks;
import static dev.backstitch.tests.sync.Rig.turn;
import static java.util.Collections.nCopies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.sync.Barrier;
import dev.backstitch.sync.BrokenBarrierError;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.util.ArrayList;
import java.util.List;

/** CPython's test_locks.py, BarrierTests: reset and abort; SEMANTICS.md L13. */
class BarrierResetTest implements CoroutineTests {
    private static final int N = 5;

    private final Barrier barrier = new Barrier(N);
    private final List<Object> results1 = new ArrayList<>();
    private final List<Object> results2 = new ArrayList<>();
    private final List<Object> results3 = new ArrayList<>();
    private int count;

    private void assertWhole() {
        assertFalse(barrier.isBroken());
        assertEquals(0, barrier.waiting());
        assertFalse(barrier.toString().contains("resetting"));
    }

    /** test_locks.py::BarrierTests::test_reset_barrier and test_abort_barrier. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_stay_empty_when_it_is_reset_or_aborted_and_nobody_waits() {
        var one = new Barrier(1);
        spawn(one.reset());
        await(turn());
        assertEquals(0, one.waiting());
        assertFalse(one.isBroken());
        spawn(one.abort());
        await(turn());
        assertEquals(0, one.waiting());
        assertTrue(one.isBroken());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> noteBroken() {
        try {
            await(barrier.waitForAll());
        } catch (BrokenBarrierError e) {
            results1.add(true);
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_reset_barrier_while_tasks_waiting. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_those_who_wait_when_it_is_reset() {
        var tasks = tasks(N - 1, () -> noteBroken());
        await(turn());
        spawn(barrier.reset());
        await(gather(tasks));
        assertEquals(nCopies(N - 1, true), results1);
        assertWhole();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> resetHalfWay() {
        try {
            await(barrier.waitForAll());
        } catch (BrokenBarrierError e) {
            count++;
            results1.add(true);
            return Coroutine.done();
        }
        if (++count == N - N / 2) { // as many are still in the barrier
            await(barrier.reset());
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_reset_barrier_when_tasks_half_draining. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_those_who_have_not_left_when_it_is_reset_while_draining() {
        await(gather(tasks(N, () -> resetHalfWay())));
        assertEquals(nCopies(N / 2, true), results1);
        assertWhole();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> resetWhileOthersBlock() {
        boolean broken = false;
        try {
            await(barrier.waitForAll());
        } catch (BrokenBarrierError e) {
            broken = true;
        }
        if (broken) {
            results1.add(true);
            await(barrier.waitForAll());
        } else if (++count > N / 2) {
            await(barrier.reset());
            await(barrier.waitForAll());
        } else {
            try {
                await(barrier.waitForAll());
            } catch (BrokenBarrierError e) {
                results2.add(true);
            }
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_reset_barrier_when_tasks_half_draining_half_blocking. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_fail_for_those_who_came_again_when_it_is_reset_while_draining() {
        await(gather(tasks(N, () -> resetWhileOthersBlock())));
        assertEquals(nCopies(N / 2, true), results1);
        assertEquals(List.of(), results2);
        assertWhole();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitAgainAtTheEnd() {
        try {
            await(barrier.waitForAll());
        } catch (BrokenBarrierError e) {
            results1.add(true);
        } finally {
            await(barrier.waitForAll());
            results2.add(true);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> pass() {
        await(barrier.waitForAll());
        results2.add(true);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_reset_barrier_while_tasks_waiting_and_waiting_again. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_start_a_new_round_when_those_it_failed_for_come_again() {
        var tasks = tasks(N - 1, () -> waitAgainAtTheEnd());
        spawn(barrier.reset());
        await(turn());
        spawn(pass());
        await(gather(tasks));
        assertEquals(nCopies(N - 1, true), results1);
        assertEquals(nCopies(N, true), results2);
        assertWhole();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> lastOneResets() {
        await(barrier.waitForAll());
        if (++count == N) {
            await(barrier.reset());
            await(barrier.waitForAll());
        } else {
            try {
                await(barrier.waitForAll());
                results1.add(true);
            } catch (RuntimeException e) {
                results2.add(true);
            }
        }
        await(barrier.waitForAll());
        results3.add(true);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_reset_barrier_while_tasks_draining. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_hurt_nobody_when_it_is_reset_after_all_have_left() {
        await(gather(tasks(N, () -> lastOneResets())));
        assertEquals(nCopies(N - 1, true), results1);
        assertEquals(List.of(), results2);
        assertEquals(nCopies(N, true), results3);
        assertWhole();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> abortWhileOthersBlock() {
        boolean broken = false;
        try {
            await(barrier.waitForAll());
        } catch (BrokenBarrierError e) {
            broken = true;
        }
        if (broken) {
            results1.add(true);
        } else if (++count > N / 2) {
            await(barrier.abort());
        } else {
            try {
                await(barrier.waitForAll());
            } catch (BrokenBarrierError e) {
                results2.add(true);
            }
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_abort_barrier_when_tasks_half_draining_half_blocking. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_those_who_came_again_too_when_it_is_aborted_while_draining() {
        await(gather(tasks(N, () -> abortWhileOthersBlock())));
        assertTrue(barrier.isBroken());
        assertEquals(nCopies(N / 2, true), results1);
        assertEquals(nCopies(N - N / 2 - 1, true), results2);
        assertEquals(0, barrier.waiting());
        assertEquals("<Barrier [broken]>", barrier.toString());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> oneFails() {
        try {
            if (await(barrier.waitForAll()) == N / 2) {
                throw new ArithmeticException();
            }
            await(barrier.waitForAll());
            results1.add(true);
        } catch (BrokenBarrierError e) {
            results2.add(true);
        } catch (ArithmeticException e) {
            await(barrier.abort());
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_abort_barrier_when_exception. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_all_others_when_one_aborts_it() {
        await(gather(tasks(N, () -> oneFails())));
        assertTrue(barrier.isBroken());
        assertEquals(List.of(), results1);
        assertEquals(nCopies(N - 1, true), results2);
        assertEquals(0, barrier.waiting());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> oneFailsAndResets(Barrier second) {
        await(oneFails());
        int index = await(second.waitForAll());
        if (index == N / 2) {
            await(barrier.reset());
        }
        await(second.waitForAll());
        await(barrier.waitForAll());
        results3.add(true);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_abort_barrier_when_exception_then_resetting. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_work_again_when_it_was_aborted_and_reset() {
        var second = new Barrier(N);
        await(gather(tasks(N, () -> oneFailsAndResets(second))));
        assertEquals(List.of(), results1);
        assertEquals(nCopies(N - 1, true), results2);
        assertEquals(nCopies(N, true), results3);
        assertWhole();
        return Coroutine.done();
    }
}
