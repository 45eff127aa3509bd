package dev.backstitch.loop;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The way back from an API with callbacks to a coroutine that waits for one of them: see {@link Tasks#callback}. The first
 * call counts, later ones are ignored. Thread-safe.
 *
 * @param <T> what the API gives
 */
public final class Callback<T> {

    /** Calls the API. */
    @FunctionalInterface
    public interface Start<T> {
        /** Hands {@code callback} to the API; what it throws is thrown where the coroutine waits. */
        void start(Callback<T> callback) throws Exception;
    }

    final CompletableFuture<T> stage = new CompletableFuture<>();

    Callback() {}

    /** The API has succeeded; {@code value} may be null. */
    public void complete(T value) {
        stage.complete(value);
    }

    /** The API has failed. */
    public void fail(Throwable failure) {
        stage.completeExceptionally(Objects.requireNonNull(failure, "failure"));
    }

    /** For APIs that have one callback with two arguments: it has failed where {@code failure} is not null. */
    public void done(T value, Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            fail(failure);
        }
    }

    /** Has {@code action} run when the coroutine that waits is cancelled: usually what calls the API's work back. */
    public void onCancel(Runnable action) {
        stage.whenComplete((value, failure) -> {
            if (stage.isCancelled()) {
                action.run();
            }
        });
    }
}
