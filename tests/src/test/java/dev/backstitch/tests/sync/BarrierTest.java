package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.turn;
import static java.util.Collections.nCopies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.Barrier;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CPython's test_locks.py, BarrierTests: one round after the other; SEMANTICS.md L13. */
class BarrierTest implements CoroutineTests {
    private static final int N = 5;

    private final Barrier barrier = new Barrier(N);
    private final List<Object> results = new ArrayList<>();

    static <T> List<Task<T>> tasks(int count, Supplier<Coroutine<T>> body) {
        return IntStream.range(0, count).mapToObj(i -> spawn(body.get())).collect(Collectors.toList());
    }

    private static void assertEmpty(Barrier barrier) {
        assertEquals(0, barrier.waiting());
        assertFalse(barrier.isBroken());
    }

    /** test_locks.py::BarrierTests::test_repr and test_barrier. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_its_state_when_printed() {
        assertEquals("<Barrier [filling, waiters:0/5]>", barrier.toString());
        List<Task<Integer>> waiters = new ArrayList<>(tasks(2, barrier::waitForAll));
        await(turn());
        assertEquals("<Barrier [filling, waiters:2/5]>", barrier.toString());
        waiters.addAll(tasks(barrier.parties() - barrier.waiting(), barrier::waitForAll));
        await(turn());
        assertEquals("<Barrier [draining, waiters:0/5]>", barrier.toString());
        waiters.addAll(tasks(2, barrier::waitForAll));
        await(turn());
        await(barrier.reset());
        assertEquals("<Barrier [resetting, waiters:0/5]>", barrier.toString());
        waiters.addAll(tasks(2, barrier::waitForAll));
        await(turn());
        await(barrier.abort());
        assertEquals("<Barrier [broken]>", barrier.toString());
        assertTrue(barrier.isBroken());
        await(gatherSettled(waiters));
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_barrier_parties. */
    @Test
    void should_refuse_when_it_is_for_nobody() {
        assertThrows(IllegalArgumentException.class, () -> new Barrier(0));
        assertThrows(IllegalArgumentException.class, () -> new Barrier(-4));
    }

    /** test_locks.py::BarrierTests::test_context_manager. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_number_those_who_come_when_all_are_there() {
        var three = new Barrier(3);
        List<Integer> indices = await(gather(tasks(3, three::waitForAll)));
        assertEquals(List.of(0, 1, 2), indices);
        assertEmpty(three);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_filling_one_task and test_filling_one_task_twice. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_let_everyone_through_when_it_is_for_one() {
        var one = new Barrier(1);
        assertEquals(0, await(one.waitForAll()));
        var t1 = spawn(one.waitForAll());
        await(turn());
        assertEquals(0, one.waiting());
        var t2 = spawn(one.waitForAll());
        await(turn());
        assertTrue(t1.isDone() && t2.isDone());
        assertEquals(t1.result(), t2.result());
        assertEmpty(one);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_filling_task_by_task. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_count_those_who_wait_when_they_come_one_by_one() {
        var three = new Barrier(3);
        var t1 = spawn(three.waitForAll());
        await(turn());
        assertEquals(1, three.waiting());
        assertTrue(three.toString().contains("filling"));
        var t2 = spawn(three.waitForAll());
        await(turn());
        assertEquals(2, three.waiting());
        assertTrue(three.toString().contains("filling"));
        var t3 = spawn(three.waitForAll());
        await(turn());
        await(gather(t1, t2, t3));
        assertEmpty(three);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> twice() {
        await(barrier.waitForAll());
        results.add(true);
        int index = await(barrier.waitForAll());
        results.add(false);
        return Coroutine.of(index);
    }

    /** test_locks.py::BarrierTests::test_filling_tasks_wait_twice and test_filling_tasks_check_return_value. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_separate_the_rounds_when_all_come_twice() {
        List<Integer> indices = await(gather(tasks(N, () -> twice())));
        assertEquals(nCopies(N, true), results.subList(0, N));
        assertEquals(nCopies(N, false), results.subList(N, 2 * N));
        assertEquals(List.of(0, 1, 2, 3, 4), indices.stream().sorted().collect(Collectors.toList()));
        assertEmpty(barrier);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> noteDraining() {
        await(barrier.waitForAll());
        results.add(barrier.toString().contains("draining"));
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_draining_state. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_drain_until_the_last_one_has_left() {
        await(gather(tasks(N, () -> noteDraining())));
        assertEquals(List.of(true, true, true, true, false), results);
        assertEmpty(barrier);
        return Coroutine.done();
    }

    private int left;

    @Async
    private Coroutine<Void> again(Barrier others) {
        await(barrier.waitForAll());
        if (left > 0) {
            left--;
            await(barrier.waitForAll());
        } else {
            await(others.waitForAll());
            await(barrier.waitForAll());
        }
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_blocking_tasks_while_draining. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_keep_out_who_comes_again_when_it_is_draining() {
        left = 2;
        var others = new Barrier(N - 2);
        await(gather(tasks(N, () -> again(others))));
        assertEmpty(others);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> note(Barrier at) {
        await(at.waitForAll());
        results.add(true);
        return Coroutine.done();
    }

    /** test_locks.py::BarrierTests::test_filling_tasks_cancel_one. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wait_for_another_one_when_one_was_cancelled() {
        var three = new Barrier(3);
        var t1 = spawn(note(three));
        await(turn());
        assertEquals(1, three.waiting());
        var t2 = spawn(note(three));
        await(turn());
        assertEquals(2, three.waiting());
        t1.cancel();
        await(turn());
        assertEquals(1, three.waiting());
        assertInstanceOf(CancelledError.class, await(failureOf(t1)));
        assertTrue(t1.isCancelled());
        var t3 = spawn(note(three));
        await(turn());
        assertEquals(2, three.waiting());
        var t4 = spawn(note(three));
        await(gather(t2, t3, t4));
        assertEquals(nCopies(3, true), results);
        assertEmpty(three);
        return Coroutine.done();
    }
}
