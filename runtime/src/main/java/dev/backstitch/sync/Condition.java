package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A condition variable: asyncio's {@code Condition}. Tasks that hold its lock wait for a signal of another one that holds
 * it.
 *
 * <pre>{@code
 * try (var held = await(condition.hold())) {
 *     await(condition.waitUntil(() -> !items.isEmpty()));
 *     ...
 * }
 * }</pre>
 */
public final class Condition extends LoopBound {
    private final Lock lock;
    private final Waiters waiters = new Waiters();

    /** A condition with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /** A condition on {@code lock}, which others may use too. */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    /** Its lock. */
    public Lock lock() {
        return lock;
    }

    /** Whether somebody holds its lock. */
    public boolean isLocked() {
        return lock.isLocked();
    }

    /** {@link Lock#acquire} of its lock. */
    public Coroutine<Void> acquire() {
        return lock.acquire();
    }

    /** {@link Lock#release} of its lock. */
    public void release() {
        lock.release();
    }

    /** {@link Lock#hold} of its lock. */
    public Coroutine<Hold> hold() {
        return lock.hold();
    }

    /** {@link Lock#withLock} of its lock. */
    public <T> Coroutine<T> withLock(Supplier<? extends Coroutine<T>> body) {
        return lock.withLock(body);
    }

    /**
     * Releases the lock, waits for a signal, and acquires the lock again; asyncio's {@code wait}. It may end without a
     * signal meant for it: {@link #waitUntil} looks again.
     *
     * @return a cold coroutine. When it is cancelled it acquires the lock all the same before it ends, and a signal it has
     *     got goes to another one. It fails with an {@link IllegalStateException} if the lock is not locked when it starts.
     */
    @Async
    public Coroutine<Void> waitForSignal() {
        if (!lock.isLocked()) {
            throw new IllegalStateException("cannot wait on un-acquired lock");
        }
        Waiter waiter = join(waiters);
        lock.release();
        try {
            try {
                try {
                    await(waiter);
                } finally {
                    waiters.remove(waiter);
                }
            } finally {
                await(reacquire());
            }
        } catch (Throwable failure) {
            waiters.wake(1); // it may have been signalled before it failed
            throw failure;
        }
        return Coroutine.done();
    }

    /** Acquires the lock, however often it is cancelled meanwhile; fails with the last cancellation then. */
    @Async
    private Coroutine<Void> reacquire() {
        try {
            await(lock.acquire());
        } catch (CancelledError cancelled) {
            // In a shield, because a cancelled scope would interrupt every attempt.
            CancelledError last = await(CancelScope.run(() -> CancelScope.open().shield(), shield -> insist()));
            throw last == null ? cancelled : last;
        }
        return Coroutine.done();
    }

    /** Acquires the lock; gives the last cancellation that came meanwhile, or null. */
    @Async
    private Coroutine<CancelledError> insist() {
        CancelledError last = null;
        boolean acquired = false;
        while (!acquired) {
            try {
                await(lock.acquire());
                acquired = true;
            } catch (CancelledError cancelled) {
                last = cancelled;
            }
        }
        return Coroutine.of(last);
    }

    /**
     * Waits, as {@link #waitForSignal}, until {@code predicate} is true; does not wait if it is true now. asyncio's
     * {@code wait_for}.
     *
     * @param predicate called while the lock is held
     */
    public Coroutine<Void> waitUntil(BooleanSupplier predicate) {
        return waitingUntil(Objects.requireNonNull(predicate, "predicate"));
    }

    @Async
    private Coroutine<Void> waitingUntil(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await(waitForSignal());
        }
        return Coroutine.done();
    }

    /** {@link #signal(int)} for one; asyncio's {@code notify}. */
    public void signal() {
        signal(1);
    }

    /**
     * Signals the first {@code count} that wait, or all if there are fewer. They go on, one after the other, once they have
     * the lock, which the caller still holds.
     *
     * @throws IllegalStateException if the lock is not locked
     */
    public void signal(int count) {
        checkThread();
        if (!lock.isLocked()) {
            throw new IllegalStateException("cannot notify on un-acquired lock");
        }
        waiters.wake(count);
    }

    /** {@link #signal(int)} for all that wait; asyncio's {@code notify_all}. */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    @Override
    String describe() {
        return withWaiters(isLocked() ? "locked" : "unlocked", waiters);
    }
}
