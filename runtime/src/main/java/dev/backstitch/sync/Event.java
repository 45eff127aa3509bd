package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;

/** A flag that tasks wait for: asyncio's {@code Event}. */
public final class Event extends LoopBound {
    private final Waiters waiters = new Waiters();
    private boolean set;

    /** An event that is not set. */
    public Event() {}

    /** Whether it is set. */
    public boolean isSet() {
        return set;
    }

    /** Sets it: who waits for it runs in the next turn, even if it is cleared before. */
    public void set() {
        checkThread();
        if (!set) {
            set = true;
            waiters.wake(Integer.MAX_VALUE);
        }
    }

    /** Clears it: who asks from now on waits until it is set again. */
    public void clear() {
        set = false;
    }

    /** Waits until this is set; asyncio's {@code wait}. A cold coroutine. */
    @Async
    public Coroutine<Void> waitUntilSet() {
        if (set) {
            return Coroutine.done();
        }
        Waiter waiter = join(waiters);
        try {
            await(waiter);
        } finally {
            waiters.remove(waiter);
        }
        return Coroutine.done();
    }

    @Override
    String describe() {
        return withWaiters(set ? "set" : "unset", waiters);
    }
}
