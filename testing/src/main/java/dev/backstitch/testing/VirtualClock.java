package dev.backstitch.testing;

import dev.backstitch.loop.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Time for tests: it stands still while anything is ready, and jumps to the next timer when all wait. It does not move
 * while something outside the loop that a task waits for is under way (work of an executor, a stage of another world), or
 * while it is held; then the loop really waits.
 *
 * <p>Where nothing is ready, there is no timer, and nothing is under way, nothing can ever happen: {@link #idle} throws a
 * {@link StandstillError}, as it does when real waiting has taken longer than the patience given.
 *
 * <p>Belongs to its loop's thread; {@link #hold} is for every thread.
 */
public final class VirtualClock implements Clock {
    /** Really waiting for longer than this is taken for a fault. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Virtual time beyond this is taken for a fault: a timer that is set anew for ever. */
    static final Duration END = Duration.ofDays(366);

    private final AtomicInteger holds = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private int seenReleases;
    private long patience = PATIENCE.toNanos();
    private long end = END.toNanos();
    private boolean waitsForStages = true;
    private volatile Thread waiting;
    private long now;
    private long jumps;

    /** A clock that shows zero. */
    public VirtualClock() {}

    @Override
    public long nanos() {
        return now;
    }

    /** The time since this clock was made. */
    public Duration now() {
        return Duration.ofNanos(now);
    }

    /** How often this clock has jumped: idle times of the loop that took no real time. */
    public long jumps() {
        return jumps;
    }

    /**
     * Moves the time by {@code duration} at once, as work that takes that long would; the loop sees what is due then in its
     * next turn.
     *
     * @throws IllegalArgumentException if {@code duration} is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + duration);
        }
        now = Math.addExact(now, duration.toNanos());
    }

    /**
     * Keeps the time from jumping until the result is closed: for work on other threads that the loop does not know of,
     * because no task waits for it. Called by any thread, as the result's {@code close}, which has an effect once.
     */
    public Hold hold() {
        holds.incrementAndGet();
        return new Hold(this);
    }

    /** What {@link #hold} returns. */
    public static final class Hold implements AutoCloseable {
        private final VirtualClock clock;
        private final AtomicInteger open = new AtomicInteger(1);

        private Hold(VirtualClock clock) {
            this.clock = clock;
        }

        /** Lets the time go on. */
        @Override
        public void close() {
            if (open.getAndSet(0) == 1) {
                clock.releases.incrementAndGet(); // before the count of holds, see idle
                clock.holds.decrementAndGet();
                LockSupport.unpark(clock.waiting);
            }
        }
    }

    /** Sets how long, in real time, the loop may wait for the world outside before that is a failure; 10 s at first. */
    public void setPatience(Duration patience) {
        this.patience = positive(patience);
    }

    /** Sets how far the time may go before that is a failure; 366 days at first. */
    public void setEnd(Duration end) {
        this.end = positive(end);
    }

    /**
     * Whether the time stands still for stages of another world and executors' work (it does at first). Where they are all
     * completed by what runs on the loop itself, say false.
     */
    public void setWaitsForStages(boolean waits) {
        waitsForStages = waits;
    }

    private static long positive(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not positive: " + duration);
        }
        return duration.toNanos();
    }

    @Override
    public void idle(long nanos) {
        idle(nanos, 0);
    }

    @Override
    public void idle(long nanos, int foreign) {
        int held = holds.get();
        int outside = held + (waitsForStages ? foreign : 0);
        if (outside > 0) {
            reallyWait(held, outside);
            return;
        }
        int released = releases.get();
        if (released != seenReleases) { // who held the time may have left a call for the loop: that comes first
            seenReleases = released;
            return;
        }
        if (nanos == Long.MAX_VALUE) {
            throw new StandstillError("nothing is ready, no timer is set, and nothing outside the loop is under way");
        }
        if (nanos > end - now) {
            throw new StandstillError("virtual time has come to its end, " + Duration.ofNanos(end)
                    + ", and the run is not over: a timer is set anew for ever, or one is set for a very late time");
        }
        jumps++;
        now += nanos;
    }

    private void reallyWait(int held, int outside) {
        waiting = Thread.currentThread();
        long start = System.nanoTime();
        try {
            if (holds.get() == held) { // else somebody let go before seeing who waits
                LockSupport.parkNanos(this, patience);
            }
        } finally {
            waiting = null;
        }
        if (System.nanoTime() - start >= patience) {
            throw new StandstillError("virtual time has stood still for " + Duration.ofNanos(patience)
                    + " because " + outside + " operation" + (outside == 1 ? " is" : "s are")
                    + " under way outside the loop, and none has ended. If they are stages that the tasks of this"
                    + " loop complete themselves, use a LoopFuture, or clock().setWaitsForStages(false)");
        }
    }
}
