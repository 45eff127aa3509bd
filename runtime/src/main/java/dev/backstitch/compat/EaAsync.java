package dev.backstitch.compat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * What calls of {@code com.ea.async.Async.await} become when they are rewritten with {@code compat=ea-async}: an await whose
 * failures arrive as those of {@link java.util.concurrent.CompletableFuture#join} do. Not meant to be called by hand.
 */
public final class EaAsync {
    /** How a stage has ended. */
    private record Outcome(Object value, Throwable failure) {}

    private EaAsync() {}

    /** A stage that ends when {@code stage} does, and always well: with its outcome, for {@link #value}. */
    public static CompletionStage<Object> outcome(CompletionStage<?> stage) {
        return stage.handle(Outcome::new);
    }

    /**
     * The value of an outcome.
     *
     * @throws CompletionException around what the stage has failed with
     * @throws CancellationException if it was cancelled
     */
    public static Object value(Object outcome) {
        Outcome ended = (Outcome) outcome;
        Throwable failure = ended.failure;
        if (failure == null) {
            return ended.value;
        }
        if (failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
        throw failure instanceof CompletionException e ? e : new CompletionException(failure);
    }

    /** Whether an await of {@code stage} has nothing to wait for. Where a monitor is held, it is kept then. */
    public static boolean isDone(CompletionStage<?> stage) {
        return stage instanceof CompletableFuture<?> future && future.isDone();
    }

    /** What an await outside of the methods that are rewritten does: it blocks, as ea-async's does. */
    public static Object join(CompletionStage<?> stage) {
        return stage.toCompletableFuture().join();
    }
}
