package dev.backstitch.io;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;

/**
 * One operation of an asynchronous channel as a future of a loop. The operation itself cannot be called back: what it
 * brings after the future was cancelled, or the loop closed, goes to {@code late}.
 */
final class Completion<T> extends LoopFuture<T> implements CompletionHandler<T, Void> {
    private final EventLoop loop;
    private final Consumer<? super T> late;

    Completion(EventLoop loop, Consumer<? super T> late) {
        super(loop);
        this.loop = loop;
        this.late = late;
    }

    @Override
    public void completed(T result, Void attachment) {
        try {
            loop.callSoonThreadSafe(() -> {
                if (isDone()) {
                    late.accept(result);
                } else {
                    complete(result);
                }
            });
        } catch (IllegalStateException closed) {
            late.accept(result);
        }
    }

    @Override
    public void failed(Throwable failure, Void attachment) {
        try {
            loop.callSoonThreadSafe(() -> {
                if (!isDone()) {
                    Failures.settle(this, failure);
                }
            });
        } catch (IllegalStateException closed) {
            // Nobody is there to be told.
        }
    }
}
