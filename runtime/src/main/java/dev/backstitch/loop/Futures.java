package dev.backstitch.loop;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Anything awaitable as a loop's future: asyncio's {@code ensure_future}. */
final class Futures {
    private Futures() {}

    /**
     * {@code awaitable} itself when it is a future of {@code loop}; a new task for a coroutine.
     *
     * @throws IllegalArgumentException if it cannot be awaited
     * @throws IllegalStateException if it belongs to another loop
     */
    @SuppressWarnings("unchecked")
    static <T> LoopFuture<T> of(Object awaitable, EventLoop loop) {
        if (awaitable instanceof Coroutine<?> coroutine) {
            return (LoopFuture<T>) loop.spawn(coroutine);
        }
        if (awaitable instanceof LoopFuture<?> future) {
            if (future.loop != null && future.loop != loop) {
                throw new IllegalStateException(
                        "The future belongs to a different loop than the one specified as the loop argument");
            }
            return (LoopFuture<T>) future;
        }
        if (awaitable instanceof TaskFuture<?> view && view.task.loop == loop) {
            return (LoopFuture<T>) view.task;
        }
        if (awaitable instanceof CompletionStage<?> stage && !(awaitable instanceof Cancellable)) {
            return (LoopFuture<T>) StageFuture.of(stage, loop);
        }
        if (awaitable instanceof Awaitable<?>) {
            return (LoopFuture<T>) loop.spawn(new AwaitOne<>(awaitable));
        }
        if (awaitable == null) {
            throw new NullPointerException("null can't be awaited");
        }
        throw new IllegalArgumentException(
                "a future, a coroutine or an awaitable is required, not " + awaitable.getClass().getName());
    }

    /** The original failure of {@code done}, or null; no wrapper of the JDK's around it. */
    static Throwable failureOf(CompletableFuture<?> done) {
        try {
            done.getNow(null);
            return null;
        } catch (CompletionException e) {
            Throwable failure = e;
            while (failure instanceof CompletionException && failure.getCause() != null) {
                failure = failure.getCause();
            }
            return failure;
        } catch (CancellationException e) {
            return e;
        }
    }
}
