package dev.backstitch.loop;

import java.util.concurrent.locks.LockSupport;

/** Where a loop gets its time from, and how it spends it when there is nothing to do. */
public interface Clock {
    /** Nanoseconds from some fixed point; never goes back. Called by the loop's thread. */
    long nanos();

    /**
     * The loop has nothing to run. Waits at most {@code nanos} ({@link Long#MAX_VALUE}: there is no timer either), or
     * less: until the thread is unparked or interrupted, or for no reason.
     */
    void idle(long nanos);

    /**
     * As {@link #idle(long)}; also says that {@code foreign} operations outside the loop (work of an executor, a stage of
     * another world) are under way for tasks of it. Time that is not real does well to stand still until they are over.
     */
    default void idle(long nanos, int foreign) {
        idle(nanos);
    }

    /** {@link System#nanoTime}, and parking. */
    static Clock real() {
        return new RealClock();
    }

    /** The clock of the machine, counted from the creation of this object. */
    final class RealClock implements Clock {
        private final long origin = System.nanoTime();

        private RealClock() {}

        @Override
        public long nanos() {
            return System.nanoTime() - origin;
        }

        @Override
        public void idle(long nanos) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
    }
}
