package dev.backstitch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Reads what something awaitable has come to, with failures as they were thrown. */
final class Outcomes {
    /** See {@link Driver#setStageFailed}. */
    private static volatile Consumer<Throwable> stageFailed = failure -> {};

    private Outcomes() {}

    static void setStageFailed(Consumer<Throwable> told) {
        stageFailed = told;
    }

    /** The value of the promise or stage {@code done}, or a {@link Raised} with its failure. */
    static Object of(Object done) {
        if (done == Turn.NEXT) {
            return null;
        }
        if (done instanceof Promise<?> promise) {
            if (!promise.isDone()) {
                return notDone(done);
            }
            Throwable failure = promise.failure();
            return failure == null ? promise.value() : new Raised(failure);
        }
        if (done instanceof CompletionStage<?> stage) {
            return ofFuture(stage.toCompletableFuture());
        }
        return null;
    }

    /** As {@link #of}, but {@link Signal#SUSPENDED} while it is not done. */
    static Object ifDone(Object pending) {
        boolean done = pending instanceof Promise<?> promise
                ? promise.isDone()
                : ((CompletionStage<?>) pending).toCompletableFuture().isDone();
        return done ? of(pending) : Signal.SUSPENDED;
    }

    private static Object ofFuture(CompletableFuture<?> future) {
        if (!future.isDone()) {
            return notDone(future);
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable failure = unwrapped(e.getCause());
            stageFailed.accept(failure);
            return new Raised(failure);
        } catch (CancellationException e) {
            return new Raised(e);
        } catch (InterruptedException e) {
            throw new AssertionError("get() of a future that is done does not wait", e);
        }
    }

    private static Raised notDone(Object pending) {
        return new Raised(new IllegalStateException("resumed before what it awaits was done: " + pending));
    }

    /** {@code CompletableFuture} wraps what passes through a dependent stage: the original is inside. */
    static Throwable unwrapped(Throwable failure) {
        Throwable t = failure;
        while (t instanceof CompletionException && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }
}
