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
import dev.backstitch.loop.Task;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueShutDown;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * CPython's test_queues.py, _QueueJoinTestMixin and _QueueShutdownTestMixin, for each of the three queues; SEMANTICS.md
 * L14.
 */
abstract class QueueEndTests implements CoroutineTests {
    private int sum;
    private boolean running = true;

    abstract Queue<Integer> queue(int maxSize);

    private Queue<Integer> queue() {
        return queue(0);
    }

    private static void assertAllDone(Queue<?> queue) {
        assertThrows(IllegalStateException.class, queue::taskDone);
    }

    @Async
    private static Coroutine<Void> assertNothingGoesInOrOut(Queue<Integer> queue) {
        assertInstanceOf(QueueShutDown.class, await(failureOf(queue.put(9))));
        assertThrows(QueueShutDown.class, () -> queue.putNow(9));
        assertInstanceOf(QueueShutDown.class, await(failureOf(queue.get())));
        assertThrows(QueueShutDown.class, queue::getNow);
        return Coroutine.done();
    }

    /** test_queues.py::_QueueJoinTestMixin::test_task_done_underflow. */
    @Test
    void should_refuse_when_more_work_is_done_than_was_put_in() {
        assertAllDone(queue());
    }

    @Async
    private Coroutine<Void> work(Queue<Integer> queue) {
        while (running) {
            int item = await(queue.get());
            sum += item;
            queue.taskDone();
        }
        return Coroutine.done();
    }

    /** test_queues.py::_QueueJoinTestMixin::test_task_done. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_joined_when_all_work_is_done() {
        var queue = queue();
        for (int i = 0; i < 100; i++) {
            queue.putNow(i);
        }
        List<Task<Void>> workers = List.of(spawn(work(queue)), spawn(work(queue)));
        await(queue.join());
        assertEquals(99 * 100 / 2, sum);
        running = false;
        for (Task<Void> worker : workers) {
            queue.putNow(0);
        }
        for (Task<Void> worker : workers) {
            await(worker);
        }
        return Coroutine.done();
    }

    /** test_queues.py::_QueueJoinTestMixin::test_join_empty_queue. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_joined_at_once_when_it_is_empty() {
        var queue = queue();
        await(queue.join());
        await(queue.join());
        return Coroutine.done();
    }

    /** test_queues.py::_QueueShutdownTestMixin::test_format. */
    @Test
    void should_say_that_it_was_shut_down_when_printed() {
        var queue = queue();
        assertFalse(queue.isShutDown());
        queue.shutdown();
        assertTrue(queue.isShutDown());
        assertEquals("<" + queue.getClass().getSimpleName() + " [maxSize=0 shutdown]>", queue.toString());
    }

    /** test_queues.py::_QueueShutdownTestMixin::test_shutdown_empty. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_getters_when_it_is_shut_down_and_empty() {
        var queue = queue();
        var get = spawn(queue.get());
        await(turn());
        queue.shutdown();
        assertEquals(0, queue.size());
        await(queue.join());
        await(turn());
        assertTrue(get.isDone());
        assertInstanceOf(QueueShutDown.class, await(failureOf(get)));
        await(assertNothingGoesInOrOut(queue));
        return Coroutine.done();
    }

    /** test_queues.py::_QueueShutdownTestMixin::test_shutdown_nonempty. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_give_what_is_left_when_it_is_shut_down() {
        var queue = queue(1);
        queue.putNow(1);
        var join = spawn(queue.join());
        var put = spawn(queue.put(2));
        await(turn());
        assertFalse(put.isDone());
        queue.shutdown();
        assertEquals(1, queue.size());
        await(turn());
        assertTrue(put.isDone());
        assertInstanceOf(QueueShutDown.class, await(failureOf(put)));
        assertEquals(1, await(queue.get()));
        await(turn());
        assertFalse(join.isDone());
        await(assertNothingGoesInOrOut(queue));
        queue.taskDone();
        await(turn());
        assertTrue(join.isDone());
        await(join);
        assertAllDone(queue);
        return Coroutine.done();
    }

    /** test_queues.py::_QueueShutdownTestMixin::test_shutdown_immediate. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_drop_what_is_left_when_it_is_shut_down_at_once() {
        var queue = queue();
        queue.putNow(1);
        var join = spawn(queue.join());
        queue.shutdownNow();
        assertEquals(0, queue.size());
        await(turn());
        assertTrue(join.isDone());
        await(join);
        await(assertNothingGoesInOrOut(queue));
        assertAllDone(queue);
        return Coroutine.done();
    }

    /** test_queues.py::_QueueShutdownTestMixin::test_shutdown_immediate_with_unfinished. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wait_for_work_under_way_when_it_was_shut_down_at_once() {
        var queue = queue();
        queue.putNow(1);
        queue.putNow(1);
        var join = spawn(queue.join());
        assertEquals(1, await(queue.get()));
        queue.shutdownNow();
        assertEquals(0, queue.size());
        await(turn());
        assertFalse(join.isDone());
        await(assertNothingGoesInOrOut(queue));
        queue.taskDone();
        assertAllDone(queue);
        await(turn());
        assertTrue(join.isDone());
        await(join);
        return Coroutine.done();
    }
}
