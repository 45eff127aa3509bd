package dev.backstitch.io;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;

/** Failures that are kept for whoever asks; it is no fault when nobody does. */
final class Failures {
    private Failures() {}

    static <T> LoopFuture<T> failed(EventLoop loop, Throwable failure) {
        var future = new LoopFuture<T>(loop);
        settle(future, failure);
        return future;
    }

    /** Ends {@code future}, with {@code failure} if that is not null. */
    static void settle(LoopFuture<?> future, Throwable failure) {
        if (failure == null) {
            future.complete(null);
        } else {
            future.fail(failure);
            future.failure(); // so that it does not count as one that nobody has seen
        }
    }
}
