package dev.backstitch.loop;

import dev.backstitch.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A task as the JDK's future. It is a promise too, so that a coroutine that awaits it gets the task's own
 * {@link CancelledError}. Thread-safe.
 */
final class TaskFuture<T> extends CompletableFuture<T> implements Promise<T>, Cancellable {
    final Task<T> task;

    TaskFuture(Task<T> task) {
        this.task = task;
    }

    /** The task is done. */
    void settle() {
        Throwable failure = task.isCancelled() ? null : task.failure();
        if (task.isCancelled()) {
            super.cancel(false);
        } else if (failure != null) {
            completeExceptionally(failure);
        } else {
            complete(task.value());
        }
    }

    /** The loop is closed, and the task will never be done. */
    void abandon() {
        completeExceptionally(new IllegalStateException("Event loop is closed, and will not finish " + task));
    }

    @Override
    public T value() {
        return task.isDone() ? task.value() : isCompletedExceptionally() ? null : getNow(null);
    }

    @Override
    public Throwable failure() {
        // When somebody else ended this view, as orTimeout does, the task has nothing to say yet.
        return task.isDone() ? task.failure() : Futures.failureOf(this);
    }

    @Override
    public void whenDone(Runnable callback) {
        whenComplete((value, failure) -> callback.run());
    }

    @Override
    public void requestCancel(CancelRequest request) {
        task.cancelFor(request);
    }

    /** Cancels the task; this future ends when the task has, after its last {@code finally}. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return !isDone() && task.cancel(null);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkMayBlock();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkMayBlock();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        checkMayBlock();
        return super.join();
    }

    private void checkMayBlock() {
        if (!isDone() && task.loop.isOwnThread()) {
            throw new IllegalStateException(
                    "blocking on " + task + " on the thread of its own event loop would wait forever: await it");
        }
    }
}
