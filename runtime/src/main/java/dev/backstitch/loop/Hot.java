package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What rewritten hot methods call: {@code @Async} methods that return a {@link CompletableFuture}, a
 * {@code CompletionStage} or a {@link Task}. Their body runs on its caller's stack; the first time it suspends it makes a
 * frame, which comes here.
 *
 * <p>The body goes on through the loop that runs on the caller's thread, as a task of it; when there is none, at once on
 * the thread that completes what it waits for.
 */
public final class Hot {
    private Hot() {}

    /**
     * The future of a body that has suspended. Its failure is the original exception; {@code cancel} throws a
     * {@link CancelledError} into the body. It ends when the body has. On a loop, a failure that nobody looks at is reported
     * as a task's is.
     */
    public static <T> CompletableFuture<T> future(Coroutine<T> suspended) {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop == null) {
            return InlineFuture.of(suspended);
        }
        Task<T> task = loop.adopt(suspended);
        var view = new TaskFuture<>(task);
        task.addWaiter(view);
        task.start();
        return view;
    }

    /**
     * The task of a body that has suspended.
     *
     * @throws IllegalStateException if no loop runs on this thread; the body is closed then
     */
    public static <T> Task<T> task(Coroutine<T> suspended) {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop == null) {
            throw noLoop(suspended);
        }
        Task<T> task = loop.adopt(suspended);
        task.start();
        return task;
    }

    private static IllegalStateException noLoop(Coroutine<?> suspended) {
        var refusal = new IllegalStateException("no running event loop");
        try {
            suspended.close();
        } catch (Throwable t) {
            refusal.addSuppressed(t);
        }
        return refusal;
    }

    /**
     * The future of a body that threw {@code failure} before it suspended. Nobody watches whether somebody looks at it:
     * {@code CompletableFuture.allOf} looks without a call.
     */
    public static <T> CompletableFuture<T> failedFuture(Throwable failure) {
        if (failure instanceof CancelledError) {
            var cancelled = new CompletableFuture<T>();
            cancelled.cancel(false);
            return cancelled;
        }
        Driver.failedAtOnce(failure);
        return CompletableFuture.failedFuture(failure);
    }

    /** The task of a body that threw {@code failure} before it suspended. */
    public static <T> Task<T> failedTask(Throwable failure) {
        Driver.failedAtOnce(Objects.requireNonNull(failure, "failure"));
        Task<T> task = Task.failed(failure);
        EventLoop loop = EventLoop.currentOrNull();
        if (loop != null && task.outcome() instanceof Outcome.Failed failed) {
            loop.unretrieved.add(task, failed); // as of a task that fails later
        }
        return task;
    }

    /** The future of a body that ended with {@code return null}. */
    public static <T> CompletableFuture<T> doneFuture() {
        return CompletableFuture.completedFuture(null);
    }

    /** The task of a body that ended with {@code return null}. */
    public static <T> Task<T> doneTask() {
        return Task.done();
    }
}
