package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.Locale;

/**
 * Where a fixed number of tasks wait for one another, again and again: asyncio's {@code Barrier}.
 *
 * <pre>
 *   FILLING ──the last one arrives──▶ DRAINING ──the last one leaves──▶ FILLING
 *      │  └───reset while some wait──▶ RESETTING ─the last one leaves──▶ FILLING
 *      └─abort─▶ BROKEN ─reset─▶ FILLING, or RESETTING while some have not left
 * </pre>
 */
public final class Barrier {
    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final Condition condition = new Condition();
    private final int parties;
    private State state = State.FILLING;
    /** How many are in the barrier: wait in it, or have not left it. */
    private int count;

    /**
     * A barrier for {@code parties} tasks.
     *
     * @throws IllegalArgumentException if that is less than one
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be > 0");
        }
        this.parties = parties;
    }

    /** How many tasks it takes. */
    public int parties() {
        return parties;
    }

    /** How many tasks wait at the moment. */
    public int waiting() {
        return state == State.FILLING ? count : 0;
    }

    /** Whether it was aborted, and not reset since. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /**
     * Waits until as many tasks as the barrier is for do so; asyncio's {@code wait}. While those of the round before have
     * not all left, waits for that first.
     *
     * @return a cold coroutine; it gives each task of a round another number, from 0 in the order they came, and fails with a
     *     {@link BrokenBarrierError} when the barrier is broken, or is reset or aborted meanwhile
     */
    @Async
    public Coroutine<Integer> waitForAll() {
        await(condition.acquire());
        try {
            await(condition.waitUntil(() -> state != State.DRAINING && state != State.RESETTING));
            if (state == State.BROKEN) {
                throw new BrokenBarrierError("Barrier aborted");
            }
            return Coroutine.of(await(pass()));
        } finally {
            condition.release();
        }
    }

    @Async
    private Coroutine<Integer> pass() {
        try {
            int index = count++;
            if (index + 1 == parties) {
                state = State.DRAINING;
                condition.signalAll();
            } else {
                await(condition.waitUntil(() -> state != State.FILLING));
                if (state != State.DRAINING) {
                    throw new BrokenBarrierError("Abort or reset of barrier");
                }
            }
            return Coroutine.of(index);
        } finally {
            count--;
            leave();
        }
    }

    private void leave() {
        if (count > 0) {
            return;
        }
        if (state == State.RESETTING || state == State.DRAINING) {
            state = State.FILLING;
        }
        condition.signalAll();
    }

    /**
     * Makes this new again: those who wait get a {@link BrokenBarrierError}.
     *
     * @return a cold coroutine
     */
    @Async
    public Coroutine<Void> reset() {
        await(condition.acquire());
        try {
            state = count > 0 ? State.RESETTING : State.FILLING;
            condition.signalAll();
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    /**
     * Breaks this: those who wait, and those who come, get a {@link BrokenBarrierError}, until it is reset.
     *
     * @return a cold coroutine
     */
    @Async
    public Coroutine<Void> abort() {
        await(condition.acquire());
        try {
            state = State.BROKEN;
            condition.signalAll();
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    /** {@code <Barrier [filling, waiters:2/5]>}, for example. */
    @Override
    public String toString() {
        return "<Barrier [" + state.name().toLowerCase(Locale.ROOT)
                + (isBroken() ? "" : ", waiters:" + waiting() + "/" + parties) + "]>";
    }
}
