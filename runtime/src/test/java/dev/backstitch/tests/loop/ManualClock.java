package dev.backstitch.tests.loop;

import dev.backstitch.loop.Clock;

/** Time that moves only when the loop has nothing to do, and then straight to the next timer. */
final class ManualClock implements Clock {
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void idle(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            throw new AssertionError("deadlock: nothing is ready and there is no timer");
        }
        now += nanos;
    }

    void advance(long nanos) {
        now += nanos;
    }
}
