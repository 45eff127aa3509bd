package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.sync.Event;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CPython's test_locks.py, EventTests; SEMANTICS.md L13. */
class EventTest implements CoroutineTests {
    private final Event event = new Event();
    private final List<Object> result = new ArrayList<>();

    @Async
    private Coroutine<Void> note(Object name) {
        await(event.waitUntilSet());
        result.add(name);
        return Coroutine.done();
    }

    /** test_locks.py::EventTests::test_repr. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_show_its_state_when_printed() {
        assertEquals("<Event [unset]>", event.toString());
        spawn(note(1));
        await(turn());
        assertEquals("<Event [unset, waiters:1]>", event.toString());
        event.set();
        assertEquals("<Event [set, waiters:1]>", event.toString());
        await(turn());
        assertEquals("<Event [set]>", event.toString());
        return Coroutine.done();
    }

    /** test_locks.py::EventTests::test_wait. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_all_when_it_is_set() {
        assertFalse(event.isSet());
        var t1 = spawn(note(1));
        var t2 = spawn(note(2));
        await(turn());
        assertEquals(List.of(), result);
        var t3 = spawn(note(3));
        event.set();
        await(turn());
        assertEquals(List.of(3, 1, 2), result);
        assertTrue(t1.isDone() && t2.isDone() && t3.isDone());
        return Coroutine.done();
    }

    /** test_locks.py::EventTests::test_wait_on_set. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_not_wait_when_it_is_set_already() {
        event.set();
        await(event.waitUntilSet());
        return Coroutine.done();
    }

    /** test_locks.py::EventTests::test_wait_cancel. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_forget_a_waiter_when_it_is_cancelled() {
        var wait = spawn(event.waitUntilSet());
        EventLoop.current().callSoon(wait::cancel);
        assertInstanceOf(CancelledError.class, await(failureOf(wait)));
        assertEquals("<Event [unset]>", event.toString());
        return Coroutine.done();
    }

    /** test_locks.py::EventTests::test_clear. */
    @Test
    void should_not_be_set_when_it_was_cleared() {
        assertFalse(event.isSet());
        event.set();
        assertTrue(event.isSet());
        event.clear();
        assertFalse(event.isSet());
    }

    /** test_locks.py::EventTests::test_clear_with_waiters. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_wake_who_waited_when_it_was_set_and_cleared() {
        var task = spawn(note(1));
        await(turn());
        assertEquals(List.of(), result);
        event.set();
        event.clear();
        assertFalse(event.isSet());
        event.set();
        event.set();
        assertEquals("<Event [set, waiters:1]>", event.toString());
        await(turn());
        assertEquals(List.of(1), result);
        assertEquals("<Event [set]>", event.toString());
        assertTrue(task.isDone());
        return Coroutine.done();
    }
}
