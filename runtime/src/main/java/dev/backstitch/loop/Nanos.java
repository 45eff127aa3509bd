package dev.backstitch.loop;

import java.time.Duration;

/** Durations as the loop counts them. */
final class Nanos {
    private Nanos() {}

    /** As {@link #of}; null is {@link Timeout#NEVER}. */
    static long ofTimeout(Duration duration) {
        return duration == null ? Timeout.NEVER : of(duration);
    }

    /** {@code duration} in nanoseconds; one too long to express becomes the longest. */
    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
