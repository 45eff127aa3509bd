package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.waitFor;
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
import dev.backstitch.loop.TimeoutError;
import dev.backstitch.sync.Event;
import dev.backstitch.sync.LifoQueue;
import dev.backstitch.sync.PriorityQueue;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueEmpty;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** CPython's test_queues.py, QueueBasicTests, QueueGetTests, and the orders; SEMANTICS.md L14. */
class QueueTest implements CoroutineTests {
    private final List<Object> result = new ArrayList<>();
    private final Event started = new Event();
    private boolean finished;

    /** test_queues.py::QueueBasicTests::test_repr and test_str. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_what_is_in_it_and_who_waits_when_printed() {
        var queue = new Queue<Integer>();
        assertEquals("<Queue [maxSize=0]>", queue.toString());
        var getter = spawn(queue.get());
        await(turn());
        assertEquals("<Queue [maxSize=0 getters=1]>", queue.toString());
        queue.putNow(0);
        assertEquals(0, await(getter));

        var small = new Queue<Integer>(1);
        small.putNow(1);
        var putter = spawn(small.put(2));
        await(turn());
        assertEquals("<Queue [maxSize=1 items=[1] putters=1 tasks=1]>", small.toString());
        small.getNow();
        await(putter);
        assertEquals("<Queue [maxSize=1 items=[2] tasks=2]>", small.toString());
        return Coroutine.done();
    }

    /** test_queues.py::QueueBasicTests::test_empty. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_empty_when_all_was_taken() {
        var queue = new Queue<Integer>();
        assertTrue(queue.isEmpty());
        await(queue.put(1));
        assertFalse(queue.isEmpty());
        assertEquals(1, await(queue.get()));
        assertTrue(queue.isEmpty());
        return Coroutine.done();
    }

    /** test_queues.py::QueueBasicTests::test_full. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_full_when_no_more_fits_in() {
        assertFalse(new Queue<Integer>().isFull());
        var queue = new Queue<Integer>(1);
        await(queue.put(1));
        assertTrue(queue.isFull());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<List<Integer>> through(Queue<Integer> queue) {
        for (int i : List.of(1, 3, 2)) {
            await(queue.put(i));
        }
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            items.add(await(queue.get()));
        }
        return Coroutine.of(items);
    }

    /** test_queues.py::QueueBasicTests::test_order, LifoQueueTests::test_order and PriorityQueueTests::test_order. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_give_items_in_its_order() {
        assertEquals(List.of(1, 3, 2), await(through(new Queue<>())));
        assertEquals(List.of(2, 3, 1), await(through(new LifoQueue<>())));
        assertEquals(List.of(1, 2, 3), await(through(new PriorityQueue<>())));
        assertEquals(List.of(3, 2, 1), await(through(new PriorityQueue<>(0, Comparator.reverseOrder()))));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Boolean> putThree(Queue<Integer> queue) {
        for (int i = 0; i < 3; i++) {
            await(queue.put(i));
            result.add(i);
        }
        return Coroutine.of(true);
    }

    /** test_queues.py::QueueBasicTests::test_maxsize. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_keep_a_putter_waiting_when_it_is_full() {
        var queue = new Queue<Integer>(2);
        assertEquals(2, queue.maxSize());
        var task = spawn(putThree(queue));
        await(turn());
        await(turn());
        assertEquals(List.of(0, 1), result);
        assertEquals(0, await(queue.get()));
        await(turn());
        assertEquals(List.of(0, 1, 2), result);
        assertEquals(1, await(queue.get()));
        assertEquals(2, await(queue.get()));
        assertTrue(task.isDone());
        assertTrue(task.result());
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_blocking_get. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_wait_when_an_item_is_there() {
        var queue = new Queue<Integer>();
        queue.putNow(1);
        assertEquals(1, await(queue.get()));
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_get_with_putters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_a_putter_when_an_item_is_taken() {
        var queue = new Queue<Integer>(1);
        await(queue.put(1));
        var putter = spawn(queue.put(2));
        await(turn());
        assertEquals(1, await(queue.get()));
        assertEquals("<Queue [maxSize=1 tasks=1]>", queue.toString());
        await(turn());
        assertTrue(putter.isDone());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> startAndGet(Queue<Integer> queue) {
        started.set();
        int got = await(queue.get());
        finished = true;
        return Coroutine.of(got);
    }

    /** test_queues.py::QueueGetTests::test_blocking_get_wait. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wait_when_no_item_is_there() {
        var queue = new Queue<Integer>();
        var task = spawn(startAndGet(queue));
        await(started.waitUntilSet());
        assertFalse(finished);
        EventLoop.current().callLater(Duration.ofMillis(10), () -> queue.putNow(1));
        assertEquals(1, await(task));
        assertTrue(finished);
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_nonblocking_get and test_nonblocking_get_exception. */
    @Test
    void should_give_what_is_there_when_it_must_not_wait() {
        var queue = new Queue<Integer>();
        assertThrows(QueueEmpty.class, queue::getNow);
        queue.putNow(1);
        assertEquals(1, queue.getNow());
    }

    /** test_queues.py::QueueGetTests::test_get_cancelled_race. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_give_an_item_to_the_second_one_when_the_first_was_cancelled() {
        var queue = new Queue<String>();
        var t1 = spawn(queue.get());
        var t2 = spawn(queue.get());
        await(turn());
        t1.cancel();
        await(turn());
        assertTrue(t1.isDone());
        await(queue.put("a"));
        await(turn());
        assertEquals("a", await(t2));
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_get_with_waiting_putters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_give_what_putters_bring_when_they_wait() {
        var queue = new Queue<String>(1);
        spawn(queue.put("a"));
        spawn(queue.put("b"));
        assertEquals("a", await(queue.get()));
        assertEquals("b", await(queue.get()));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> consume(Queue<Integer> queue, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(i, await(queue.get()));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> produce(Queue<Integer> queue, int count) {
        for (int i = 0; i < count; i++) {
            await(queue.put(i));
        }
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_why_are_getters_waiting. */
    @CoroutineTest(shuffled = 20, pct = 20)
    @Async
    Coroutine<Void> should_hand_on_everything_when_only_one_item_fits_in() {
        var queue = new Queue<Integer>(1);
        await(gather(produce(queue, 5), consume(queue, 5)));
        return Coroutine.done();
    }

    /** test_queues.py::QueueGetTests::test_cancelled_getters_not_being_held_in_self_getters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_forget_a_getter_when_its_time_runs_out() {
        var queue = new Queue<Integer>(5);
        assertInstanceOf(TimeoutError.class, await(failureOf(waitFor(queue.get(), Duration.ofMillis(100)))));
        assertEquals("<Queue [maxSize=5]>", queue.toString());
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_get_cancel_drop_one_pending_reader. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_lose_no_item_when_the_getter_it_woke_is_cancelled() {
        var queue = new Queue<Integer>();
        var reader = spawn(queue.get());
        await(turn());
        queue.putNow(1);
        queue.putNow(2);
        reader.cancel();
        assertInstanceOf(CancelledError.class, await(failureOf(reader)));
        assertEquals(1, await(spawn(queue.get())));
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_get_cancel_drop_many_pending_readers. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_lose_no_item_when_one_of_several_getters_it_woke_is_cancelled() {
        var queue = new Queue<Integer>();
        var reader1 = spawn(queue.get());
        var reader2 = spawn(queue.get());
        var reader3 = spawn(queue.get());
        await(turn());
        queue.putNow(1);
        queue.putNow(2);
        reader1.cancel();
        assertInstanceOf(CancelledError.class, await(failureOf(reader1)));
        await(reader3);
        assertEquals(Set.of(1, 2), Set.of(reader2.result(), reader3.result()));
        return Coroutine.done();
    }
}
