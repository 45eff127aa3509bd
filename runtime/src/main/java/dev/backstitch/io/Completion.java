package dev.backstitch.io;

import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One operation of an asynchronous channel as a stage. The operation itself cannot be called back: what it brings after
 * the stage was cancelled goes to {@code late}, on the channel's thread.
 */
final class Completion<T> extends CompletableFuture<T> implements CompletionHandler<T, Void> {
    private final Consumer<? super T> late;

    Completion(Consumer<? super T> late) {
        this.late = late;
    }

    @Override
    public void completed(T result, Void attachment) {
        if (!complete(result)) {
            late.accept(result);
        }
    }

    @Override
    public void failed(Throwable failure, Void attachment) {
        completeExceptionally(failure);
    }
}
