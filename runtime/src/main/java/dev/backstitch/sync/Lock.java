package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A lock for tasks: asyncio's {@code Lock}. It has no owner, and is not reentrant. Who waits for it gets it in the order
 * of asking.
 *
 * <pre>{@code
 * try (var held = await(lock.hold())) {
 *     ... // may await
 * }
 * }</pre>
 */
public final class Lock extends LoopBound {
    private final Waiters waiters = new Waiters();
    private final Hold hold = this::release;
    private boolean locked;

    /** An unlocked lock. */
    public Lock() {}

    /** Whether somebody holds it. */
    public boolean isLocked() {
        return locked;
    }

    /**
     * Waits until this is unlocked and locks it.
     *
     * @return a cold coroutine; when it is cancelled while it waits, the lock goes to the next one
     */
    @Async
    public Coroutine<Void> acquire() {
        if (!locked && !waiters.anyLeft()) {
            locked = true;
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
            if (!locked) {
                waiters.wakeFirst(); // it may have been this one's turn
            }
            throw failure;
        }
        locked = true;
        return Coroutine.done();
    }

    /**
     * Unlocks this; the first one that waits is going to run in the next turn and lock it.
     *
     * @throws IllegalStateException if it is not locked
     */
    public void release() {
        checkThread();
        if (!locked) {
            throw new IllegalStateException("Lock is not acquired.");
        }
        locked = false;
        waiters.wakeFirst();
    }

    /** As {@link #acquire}; closing what it gives releases the lock. */
    @Async
    public Coroutine<Hold> hold() {
        await(acquire());
        return Coroutine.of(hold);
    }

    /**
     * Awaits what {@code body} returns while holding this lock.
     *
     * @return a cold coroutine; it ends as the body does
     */
    public <T> Coroutine<T> withLock(Supplier<? extends Coroutine<T>> body) {
        return locked(Objects.requireNonNull(body, "body"));
    }

    @Async
    private <T> Coroutine<T> locked(Supplier<? extends Coroutine<T>> body) {
        await(acquire());
        try {
            return Coroutine.of(await(body.get()));
        } finally {
            release();
        }
    }

    @Override
    String describe() {
        return withWaiters(locked ? "locked" : "unlocked", waiters);
    }
}
