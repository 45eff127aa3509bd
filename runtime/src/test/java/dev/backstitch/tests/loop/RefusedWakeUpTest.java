package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.sync.Channel;
import dev.backstitch.sync.Event;
import dev.backstitch.sync.Lock;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.Semaphore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another thread is refused has changed nothing: the same call on the loop's thread still wakes who waits. */
class RefusedWakeUpTest {
    private final Loops loops = new Loops();

    @AfterEach
    void close() {
        loops.close();
    }

    /** What {@code call} throws on another thread. */
    private static Throwable elsewhere(Runnable call) {
        return CompletableFuture.runAsync(call)
                .handle((nothing, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
                .join();
    }

    /** Has {@code waiting} wait, calls {@code wake} on another thread, which is refused, and then here. */
    private Object wokenAfterRefusal(Coroutine<?> waiting, Runnable wake) {
        var task = loops.loop.spawn(waiting);
        return loops.run(Body.steps(
                x -> Body.Yield.NOTHING,
                x -> {
                    assertFalse(task.isDone());
                    assertInstanceOf(IllegalStateException.class, elsewhere(wake));
                    wake.run();
                    return task;
                },
                x -> x));
    }

    @Test
    void should_still_wake_when_setting_an_event_was_refused() {
        var event = new Event();
        wokenAfterRefusal(event.waitUntilSet(), event::set);
        assertTrue(event.isSet());
    }

    @Test
    void should_still_wake_when_putting_was_refused() {
        var queue = new Queue<Integer>();
        assertEquals(5, wokenAfterRefusal(queue.get(), () -> queue.putNow(5)));
        assertEquals(0, queue.size());
    }

    @Test
    void should_still_wake_when_getting_was_refused() {
        var queue = new Queue<Integer>(1);
        queue.putNow(1);
        wokenAfterRefusal(queue.put(2), queue::getNow);
        assertEquals(2, queue.getNow());
    }

    @Test
    void should_still_wake_when_the_last_item_done_was_refused() {
        var queue = new Queue<Integer>();
        queue.putNow(1);
        queue.getNow();
        wokenAfterRefusal(queue.join(), queue::taskDone);
    }

    @Test
    void should_still_wake_when_releasing_a_lock_was_refused() {
        var lock = new Lock();
        loops.run(lock.acquire());
        wokenAfterRefusal(lock.acquire(), lock::release);
        assertTrue(lock.isLocked());
    }

    @Test
    void should_give_no_permit_when_releasing_a_semaphore_was_refused() {
        var semaphore = new Semaphore(0);
        wokenAfterRefusal(semaphore.acquire(), semaphore::release);
        assertEquals(0, semaphore.permits());
    }

    @Test
    void should_still_close_when_closing_the_sender_was_refused() {
        var channel = Channel.<Integer>open(1);
        Object end = wokenAfterRefusal(
                Body.steps(x -> channel.receiver().receive(), x -> x).catching(Throwable::getMessage),
                channel.sender()::close);
        assertEquals("nobody is left to send", end);
    }
}
