package dev.backstitch.loop;

import java.util.Locale;

/** Debug mode's report, afterwards, of what has kept the loop from going on. {@link Watchdog} reports it meanwhile. */
final class SlowCallbacks {
    /** From how many nanoseconds on. */
    long limit = 100_000_000;

    /** {@code entry}, a {@link Task} or {@link Timer}, took {@code nanos}. */
    void ran(Object entry, long nanos) {
        if (nanos >= limit) {
            EventLoop.warn(String.format(Locale.ROOT, "Executing %s took %.3f seconds", entry, nanos / 1e9));
        }
    }
}
