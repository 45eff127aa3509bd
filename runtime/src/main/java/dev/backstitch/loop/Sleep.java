package dev.backstitch.loop;

import dev.backstitch.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What {@link Tasks#sleep} returns: timer, promise and waiter in one object of 24 bytes. Time starts when it is awaited, which
 * can be done once, as with the coroutine that Python's is.
 */
final class Sleep extends Timer implements Promise<Void> {
    private static final Object OVER = new Object();
    private static final Object USED = new Object();

    /** Who waits: nobody (null), a task or a {@link Runnable}; later {@link #OVER}, {@link #USED} or how it was cancelled. */
    private Object waiter;

    /** {@code delay} in nanoseconds; more than nothing. */
    Sleep(long delay) {
        when = delay;
    }

    /**
     * Begins to wait.
     *
     * @throws IllegalStateException if somebody waits already
     */
    void addWaiter(Object added, EventLoop loop) {
        if (isDone()) {
            tell(added, loop);
            return;
        }
        begin(added);
        when = loop.deadline(when);
        loop.timers.add(this);
    }

    private void begin(Object added) {
        if (waiter != null) {
            throw new IllegalStateException("sleep() is being awaited already");
        }
        waiter = added;
    }

    private static void tell(Object waiter, EventLoop loop) {
        loop.enqueue(waiter instanceof Task<?> ? waiter : new Handle((Runnable) waiter));
    }

    @Override
    void fire(EventLoop loop) {
        end(OVER, loop);
    }

    /** Wakes whoever waits with a {@link CancelledError}; false when the time is over. */
    boolean cancel(EventLoop loop, CancelRequest request) {
        if (isDone()) {
            return false;
        }
        loop.timers.noteCancelled();
        end(new Outcome.Cancelled(request), loop);
        return true;
    }

    private void end(Object end, EventLoop loop) {
        if (!isDone()) {
            Object told = waiter;
            waiter = end;
            tell(told, loop);
        }
    }

    /** How it was cancelled; null when it was not. */
    CancelledError cancellation() {
        return waiter instanceof Outcome.Cancelled cancelled ? cancelled.error() : null;
    }

    @Override
    boolean isCancelled() {
        return waiter instanceof Outcome.Cancelled;
    }

    @Override
    public boolean isDone() {
        return waiter == OVER || waiter == USED || isCancelled();
    }

    /** Nothing; from then on this is used up. */
    @Override
    public Void value() {
        if (waiter == OVER) {
            waiter = USED;
        }
        return null;
    }

    @Override
    public Throwable failure() {
        return waiter == USED
                ? new IllegalStateException("cannot reuse already awaited sleep(): each wait needs one of its own")
                : cancellation();
    }

    /** Off every loop, the JDK's timer thread calls {@code callback}. */
    @Override
    public void whenDone(Runnable callback) {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop != null) {
            addWaiter(callback, loop);
        } else {
            begin(callback);
            CompletableFuture.delayedExecutor(when, TimeUnit.NANOSECONDS).execute(() -> {
                waiter = OVER;
                callback.run();
            });
        }
    }

    @Override
    public String toString() {
        return "<Sleep>";
    }
}
