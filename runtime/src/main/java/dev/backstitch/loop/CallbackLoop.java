package dev.backstitch.loop;

import java.time.Duration;
import java.util.Objects;

/** Callbacks, now, later and from other threads, on a {@link ReportingLoop}. */
abstract class CallbackLoop extends ReportingLoop {

    CallbackLoop(Clock clock, Interleaving order) {
        super(clock, order);
    }

    CallbackLoop(Scheduler scheduler) {
        super(scheduler);
    }

    /** Runs {@code callback} in the next turn, in a copy of the present context. */
    public Handle callSoon(Runnable callback) {
        var handle = handle(callback);
        enqueue(handle);
        return handle;
    }

    /** As {@link #callSoon(Runnable)}, in {@code context} itself. */
    public Handle callSoon(Runnable callback, Context context) {
        var handle = new Handle(callback, Objects.requireNonNull(context, "context"));
        enqueue(handle);
        return handle;
    }

    /** Runs {@code callback} once {@code delay} has passed, in a copy of the present context. */
    public Handle callLater(Duration delay, Runnable callback) {
        return callAt(deadline(Nanos.of(delay)), callback);
    }

    /** Runs {@code callback} once {@link #time} is {@code when}, in a copy of the present context. */
    public Handle callAt(long when, Runnable callback) {
        checkOpen();
        checkThread();
        var handle = handle(callback);
        handle.at(when, self());
        timers.add(handle);
        return handle;
    }

    /** As {@link #callSoon(Runnable)}, from any thread; wakes the loop when it is idle. */
    public Handle callSoonThreadSafe(Runnable callback) {
        var handle = handle(callback);
        wake(handle);
        return handle;
    }

    private Handle handle(Runnable callback) {
        ContextMap context = isOwnThread() ? Contexts.currentMap(this) : Contexts.currentMap();
        var handle = new Handle(callback, context.size == 0 ? null : context);
        if (debug) {
            handle.origin = Origin.here();
        }
        return handle;
    }

    /** The present time of this loop's clock, in nanoseconds. */
    public long time() {
        return clock.nanos();
    }
}
