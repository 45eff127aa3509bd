package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
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
import dev.backstitch.sync.Event;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueFull;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** CPython's test_queues.py, QueuePutTests; SEMANTICS.md L14. */
class QueuePutTest implements CoroutineTests {
    private final Event started = new Event();
    private boolean finished;

    /** test_queues.py::QueuePutTests::test_blocking_put. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_wait_when_any_number_fits_in() {
        var queue = new Queue<Integer>();
        await(queue.put(1));
        assertEquals(1, await(queue.get()));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> startAndPut(Queue<Integer> queue) {
        started.set();
        await(queue.put(1));
        await(queue.put(2));
        finished = true;
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_blocking_put_wait. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wait_when_it_is_full() {
        var queue = new Queue<Integer>(1);
        EventLoop.current().callLater(Duration.ofMillis(10), queue::getNow);
        var task = spawn(startAndPut(queue));
        await(started.waitUntilSet());
        assertFalse(finished);
        await(task);
        assertTrue(finished);
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_nonblocking_put and test_nonblocking_put_exception. */
    @Test
    void should_refuse_when_it_is_full_and_must_not_wait() {
        var queue = new Queue<Integer>(1);
        queue.putNow(1);
        assertThrows(QueueFull.class, () -> queue.putNow(2));
        assertEquals(1, queue.getNow());
    }

    @Test
    void should_refuse_null() {
        assertThrows(NullPointerException.class, () -> new Queue<Integer>().put(null).close());
        assertThrows(NullPointerException.class, () -> new Queue<Integer>().putNow(null));
    }

    /** test_queues.py::QueuePutTests::test_put_cancel_drop. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_take_an_item_once_when_its_putter_is_cancelled_and_tries_again() {
        var queue = new Queue<Integer>(1);
        queue.putNow(1);
        var writer = spawn(queue.put(2));
        await(turn());
        assertEquals(1, queue.getNow());
        writer.cancel();
        assertInstanceOf(CancelledError.class, await(failureOf(writer)));
        await(spawn(queue.put(2)));
        assertEquals(2, queue.getNow());
        assertEquals(0, queue.size());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Boolean> putOne(Queue<Integer> queue) {
        await(queue.put(1));
        return Coroutine.of(true);
    }

    /** test_queues.py::QueuePutTests::test_put_cancelled. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_done_with_a_putter_when_its_item_was_taken() {
        var queue = new Queue<Integer>();
        var task = spawn(putOne(queue));
        assertEquals(1, await(queue.get()));
        assertTrue(task.isDone());
        assertTrue(task.result());
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_put_cancelled_race. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_take_the_item_of_the_next_putter_when_another_was_cancelled() {
        var queue = new Queue<String>(1);
        var a = spawn(queue.put("a"));
        var b = spawn(queue.put("b"));
        var c = spawn(queue.put("X"));
        await(turn());
        assertTrue(a.isDone());
        assertFalse(b.isDone());
        c.cancel();
        await(turn());
        assertTrue(c.isDone());
        assertEquals("a", queue.getNow());
        await(turn());
        assertEquals("b", queue.getNow());
        await(b);
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_put_with_waiting_getters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_a_getter_when_an_item_is_put_in() {
        var queue = new Queue<String>();
        var task = spawn(queue.get());
        await(turn());
        await(queue.put("a"));
        assertEquals("a", await(task));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> takeAll(Queue<Integer> queue) {
        await(turn());
        for (int left = queue.size(); left > 0; left--) {
            queue.getNow();
        }
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_why_are_putters_waiting. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_let_all_putters_end_when_several_items_are_taken_at_once() {
        var queue = new Queue<Integer>(2);
        await(gather(takeAll(queue), queue.put(0), queue.put(1), queue.put(2), queue.put(3)));
        assertEquals(2, queue.size());
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_cancelled_puts_not_being_held_in_self_putters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_forget_a_putter_when_it_is_cancelled() {
        var queue = new Queue<Integer>(1);
        queue.putNow(1);
        var task = spawn(queue.put(1));
        await(turn());
        assertEquals("<Queue [maxSize=1 items=[1] putters=1 tasks=1]>", queue.toString());
        task.cancel();
        assertInstanceOf(CancelledError.class, await(failureOf(task)));
        assertEquals("<Queue [maxSize=1 items=[1] tasks=1]>", queue.toString());
        return Coroutine.done();
    }

    /** test_queues.py::QueuePutTests::test_cancelled_put_silence_value_error_exception. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_throw_the_cancellation_when_a_putter_was_woken_and_then_cancelled() {
        var queue = new Queue<Integer>(1);
        queue.putNow(1);
        var task = spawn(queue.put(1));
        await(turn());
        queue.getNow();
        task.cancel();
        assertInstanceOf(CancelledError.class, await(failureOf(task)));
        return Coroutine.done();
    }
}
