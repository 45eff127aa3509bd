package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Clock;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A loop whose time moves only when it has nothing to do, and then straight to the next timer. */
final class VirtualLoop implements Clock {
    /** What the exception handler was told. */
    final List<LoopError> errors = new ArrayList<>();

    private long now;

    private VirtualLoop() {}

    /** Runs {@code main} as the main task of a new loop; nothing may have been reported to the exception handler. */
    static <T> T run(Supplier<Coroutine<T>> main) {
        var virtual = new VirtualLoop();
        T result = virtual.runReporting(main);
        if (!virtual.errors.isEmpty()) {
            throw new AssertionError("reported to the exception handler: " + virtual.errors);
        }
        return result;
    }

    static VirtualLoop create() {
        return new VirtualLoop();
    }

    /** As {@link #run}, for a test that looks at {@link #errors} itself. */
    <T> T runReporting(Supplier<Coroutine<T>> main) {
        try (var loop = new EventLoop(this)) {
            loop.setExceptionHandler(errors::add);
            return loop.runUntilComplete(start(main));
        }
    }

    @Async
    private static <T> Coroutine<T> start(Supplier<Coroutine<T>> main) {
        return main.get();
    }

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

    /** What {@code time.sleep} is to a real clock: the loop is kept busy for that long. */
    void pass(Duration time) {
        now += time.toNanos();
    }

    /** {@code await(pause(10))}: sleeps for 10 milliseconds. */
    static Awaitable<Void> pause(long millis) {
        return Tasks.sleep(Duration.ofMillis(millis));
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Waits for {@code count} turns of the loop: CPython's {@code run_briefly}, several times. */
    @Async
    static Coroutine<Void> turns(int count) {
        for (int i = 0; i < count; i++) {
            await(Tasks.sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    /** The time of the current loop in milliseconds. */
    static double time() {
        return EventLoop.current().time() / 1e6;
    }
}
