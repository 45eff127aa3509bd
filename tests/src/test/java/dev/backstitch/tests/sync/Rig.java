package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Tasks;
import java.time.Duration;

/** What the ported tests share. */
final class Rig {
    private Rig() {}

    /** {@code asyncio.sleep(0)}: one turn. */
    static Awaitable<Void> turn() {
        return Tasks.sleep(Duration.ZERO);
    }

    static Awaitable<Void> milliseconds(int delay) {
        return Tasks.sleep(Duration.ofMillis(delay));
    }

    /** What awaiting {@code awaitable} throws; takes no turn of its own. */
    @Async
    static Coroutine<Throwable> failureOf(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        throw new AssertionError("it did not fail");
    }

    /** As {@link #failureOf(Awaitable)}. */
    @Async
    static Coroutine<Throwable> failureOf(Coroutine<?> coroutine) {
        try {
            await(coroutine);
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        throw new AssertionError("it did not fail");
    }
}
