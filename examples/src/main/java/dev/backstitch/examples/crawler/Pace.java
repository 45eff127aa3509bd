package dev.backstitch.examples.crawler;

import java.time.Duration;

/** Keeps the starts of requests to one host apart, in the order in which they were reserved. */
final class Pace {
    private long delayNanos;
    private long nextStart;
    private boolean begun;

    Pace(Duration delay) {
        this.delayNanos = delay.toNanos();
    }

    /** Keeps later starts {@code delay} apart, if that is more than now. */
    void slowDown(Duration delay) {
        delayNanos = Math.max(delayNanos, delay.toNanos());
    }

    /** Reserves the next start; how long it is until then, at the time {@code now} of {@link System#nanoTime}. */
    Duration reserve(long now) {
        // Differences, since nanoTime may overflow.
        long start = begun && nextStart - now > 0 ? nextStart : now;
        begun = true;
        nextStart = start + delayNanos;
        return Duration.ofNanos(start - now);
    }
}
