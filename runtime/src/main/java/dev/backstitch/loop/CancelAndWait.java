package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Signal;

/** {@code waitFor} without any time: cancels what was given unless it is done, and waits for its end. */
final class CancelAndWait<T> extends Coroutine<T> {
    private Object awaitable;
    private LoopFuture<T> future;
    private Runnable release;

    CancelAndWait(Object awaitable) {
        this.awaitable = awaitable;
    }

    @Override
    protected Object run() throws Throwable {
        if (future == null) {
            EventLoop loop = EventLoop.current();
            future = Futures.of(awaitable, loop);
            awaitable = null;
            if (!future.isDone()) {
                var ended = new LoopFuture<Void>(loop);
                release = () -> {
                    if (!ended.isDone()) {
                        ended.complete(null);
                    }
                };
                future.addWaiter(release);
                future.cancel(null);
                return await((Object) ended) == Signal.SUSPENDED ? Signal.SUSPENDED : outcome();
            }
            return await((Object) future);
        }
        try {
            resumed();
        } finally {
            future.removeWaiter(release);
        }
        return outcome();
    }

    private Object outcome() {
        if (future.isCancelled()) {
            throw new TimeoutError((CancelledError) future.failure());
        }
        return await((Object) future);
    }
}
