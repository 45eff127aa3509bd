package dev.backstitch.loop;

import dev.backstitch.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What {@link Tasks#sleep} returns: timer, promise and waiter in one object of 24 bytes. Time starts when it is awaited.
 */
final class Sleep extends Timer implements Promise<Void> {
    private static final Object OVER = new Object();

    /** Who waits: nobody (null), a task, a {@link Runnable}, a list of them; later {@link #OVER} or how it was cancelled. */
    private Object waiter;

    /** {@code delay} in nanoseconds; more than nothing. */
    Sleep(long delay) {
        when = delay;
    }

    void addWaiter(Object added, EventLoop loop) {
        if (isDone()) {
            tell(added, loop);
        } else if (waiter != null) {
            List<Object> waiters = new ArrayList<>();
            waiters.add(waiter);
            waiters.add(added);
            waiter = waiters;
        } else {
            waiter = added;
            when = loop.deadline(when);
            loop.timers.add(this);
        }
    }

    private static void tell(Object waiter, EventLoop loop) {
        if (waiter instanceof List<?> several) {
            for (Object each : several) {
                tell(each, loop);
            }
        } else {
            loop.enqueue(waiter instanceof Task<?> ? waiter : new Handle((Runnable) waiter));
        }
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

    @Override
    boolean isCancelled() {
        return waiter instanceof Outcome.Cancelled;
    }

    @Override
    public boolean isDone() {
        return waiter == OVER || isCancelled();
    }

    @Override
    public Void value() {
        return null;
    }

    @Override
    public Throwable failure() {
        return waiter instanceof Outcome.Cancelled cancelled ? cancelled.error() : null;
    }

    /** Off every loop, the JDK's timer thread calls {@code callback}. */
    @Override
    public void whenDone(Runnable callback) {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop != null) {
            addWaiter(callback, loop);
        } else {
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
