package dev.backstitch;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.annotations.Async;
import java.util.Objects;

/**
 * An asynchronous generator that yields once, as a resource: {@code contextlib.asynccontextmanager}. What stands before
 * the {@code yield} is the entry, what is yielded the {@link #value}, and what stands behind it the exit:
 *
 * <pre>{@code
 * @Async @Generator static AsyncGen<Session> session(Uri uri) {
 *     var session = await(logIn(uri));
 *     try {
 *         Gen.yield(session);
 *     } finally {
 *         await(session.logOut());
 *     }
 *     return AsyncGen.end();
 * }
 *
 * try (var session = await(AsyncContextManager.enter(session(uri)))) {
 *     await(session.value().ask());
 * }
 * }</pre>
 *
 * <p>What the block throws is thrown at the {@code yield}. If the generator lets it out, so does the statement, with the
 * trace it had; if it catches it and ends, it is swallowed; if it throws something else, that takes its place.
 *
 * <p>Belongs to one coroutine at a time; not thread-safe.
 *
 * @param <T> what the generator yields
 */
public final class AsyncContextManager<T> implements AsyncCloseable {
    private final AsyncGen<T> body;
    private final T value;

    private AsyncContextManager(AsyncGen<T> body, T value) {
        this.body = body;
        this.value = value;
    }

    /**
     * Runs {@code body} to its {@code yield}. What it throws before that is thrown at the {@code await}, and there is
     * nothing to exit then.
     *
     * @param body a generator that has not begun; not null
     * @return a cold coroutine; it throws an {@link IllegalStateException} if {@code body} ends without a {@code yield}
     */
    public static <T> Coroutine<AsyncContextManager<T>> enter(AsyncGen<T> body) {
        return entered(Objects.requireNonNull(body, "body"));
    }

    @Async
    private static <T> Coroutine<AsyncContextManager<T>> entered(AsyncGen<T> body) {
        T value;
        try {
            value = await(body.next());
        } catch (StopAsyncIteration end) {
            throw new IllegalStateException("generator didn't yield");
        }
        return Coroutine.of(new AsyncContextManager<>(body, value));
    }

    /** What the generator has yielded; may be null. */
    public T value() {
        return value;
    }

    /**
     * Goes on behind the {@code yield}. A generator that yields again is closed, and the coroutine throws an
     * {@link IllegalStateException}.
     */
    @Override
    @Async
    public Coroutine<Boolean> exit(Throwable failure) {
        StackTraceElement[] trace = failure == null ? null : failure.getStackTrace();
        try {
            await(failure == null ? body.next() : body.raise(failure));
        } catch (StopAsyncIteration end) {
            return Coroutine.of(end != failure);
        } catch (Throwable thrown) {
            if (!isAnotherThan(failure, thrown)) {
                failure.setStackTrace(trace); // which has become longer by the way through the generator
                return Coroutine.of(false);
            }
            throw thrown;
        }
        await(body.close());
        throw new IllegalStateException("generator didn't stop" + (failure == null ? "" : " after raise()"));
    }

    /** Whether {@code thrown} is not simply what became of {@code failure} on its way out of the generator (PEP 479). */
    private static boolean isAnotherThan(Throwable failure, Throwable thrown) {
        boolean stops = failure instanceof StopIteration || failure instanceof StopAsyncIteration;
        return thrown != failure && !(stops && thrown.getCause() == failure);
    }
}
