package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A number of permits: asyncio's {@code Semaphore}. Who waits for one gets it in the order of asking; nobody overtakes
 * them, even while there are permits left.
 */
public sealed class Semaphore extends LoopBound permits BoundedSemaphore {
    private final Waiters waiters = new Waiters();
    private final Hold hold = this::release;
    private int value;

    /**
     * A semaphore with {@code permits} to give.
     *
     * @throws IllegalArgumentException if that is negative
     */
    public Semaphore(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("Semaphore initial value must be >= 0");
        }
        this.value = permits;
    }

    /** How many permits nobody has; those meant for a task that is about to run are not counted. */
    public int permits() {
        return value;
    }

    /** Whether {@link #acquire} would have to wait. */
    public boolean isLocked() {
        return value == 0 || waiters.anyLeft();
    }

    /**
     * Waits for a permit and takes it.
     *
     * @return a cold coroutine; when it is cancelled while it waits, the permit goes to the next one
     */
    @Async
    public Coroutine<Void> acquire() {
        if (!isLocked()) {
            value--;
            return Coroutine.done();
        }
        Waiter waiter = join(waiters);
        try {
            try {
                await(waiter);
            } finally {
                waiters.remove(waiter);
            }
        } catch (Throwable failure) {
            if (waiter.isDone() && !waiter.isCancelled()) {
                value++; // it was this one's turn
            }
            throw failure;
        } finally {
            while (value > 0 && wakeNext()) {
                // Some may have had to wait only because others did.
            }
        }
        return Coroutine.done();
    }

    /** Gives a permit back, or one more than there was; the first one that waits takes it. */
    public void release() {
        checkThread();
        value++;
        wakeNext();
    }

    /** Hands a permit to the first one that waits; says whether there was one. There must be a permit. */
    private boolean wakeNext() {
        if (waiters.wake(1) == 0) {
            return false;
        }
        value--;
        return true;
    }

    /** As {@link #acquire}; closing what it gives releases the permit. */
    @Async
    public Coroutine<Hold> hold() {
        await(acquire());
        return Coroutine.of(hold);
    }

    /**
     * Awaits what {@code body} returns while holding a permit.
     *
     * @return a cold coroutine; it ends as the body does
     */
    public <T> Coroutine<T> withPermit(Supplier<? extends Coroutine<T>> body) {
        return permitted(Objects.requireNonNull(body, "body"));
    }

    @Async
    private <T> Coroutine<T> permitted(Supplier<? extends Coroutine<T>> body) {
        await(acquire());
        try {
            return Coroutine.of(await(body.get()));
        } finally {
            release();
        }
    }

    @Override
    final String describe() {
        return withWaiters(isLocked() ? "locked" : "unlocked, value:" + value, waiters);
    }
}
