package dev.backstitch.loop;

import dev.backstitch.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A task as the JDK's future. It is a promise too, so that a coroutine that awaits it gets the task's own
 * {@link CancelledError}. Thread-safe.
 *
 * <p>Notices who looks at the task's failure, so that one at which nobody does can be reported: by a call, or, while it
 * is pending, by depending on it. What it cannot notice is an {@code allOf} or {@code anyOf} of it when it has failed:
 * those read its fields.
 */
class TaskFuture<T> extends CompletableFuture<T> implements Promise<T>, Cancellable {
    final Task<T> task;

    TaskFuture(Task<T> task) {
        this.task = task;
    }

    /** The view of whoever has submitted the task: may be looked at when the loop is long closed, so it is not watched. */
    static final class Submitted<T> extends TaskFuture<T> {
        Submitted(Task<T> task) {
            super(task);
        }

        @Override
        boolean hasObservers() {
            return true;
        }
    }

    /** Whether somebody is told of the end: by a stage that depends on this, or in a call that blocks. */
    boolean hasObservers() {
        return getNumberOfDependents() > 0;
    }

    /** The task is done. */
    void settle() {
        Object end = task.outcome();
        if (end instanceof Outcome.Failed failed) {
            if (hasObservers()) {
                failed.retrieved = true;
            }
            completeExceptionally(failed.exception);
        } else if (end instanceof Outcome.Cancelled) {
            super.cancel(false);
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
    public boolean requestCancel(CancelRequest request, Runnable tooLate) {
        return task.cancelFor(request, tooLate);
    }

    /** Cancels the task; this future ends when the task has, after its last {@code finally}. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return !isDone() && task.cancel(null);
    }

    // ---------------------------------------------------------------- those who look

    /** Somebody has asked what this has come to. */
    private void seen() {
        if (task.isDone()) {
            task.failure();
        }
    }

    /** Called for every stage that is to depend on this. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        seen();
        return super.newIncompleteFuture();
    }

    @Override
    public CompletionStage<T> minimalCompletionStage() {
        seen();
        return super.minimalCompletionStage();
    }

    /** Called where this is the other one of two stages. */
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        seen();
        return this;
    }

    @Override
    public boolean isCompletedExceptionally() {
        seen();
        return super.isCompletedExceptionally();
    }

    @Override
    public T getNow(T valueIfAbsent) {
        seen();
        return super.getNow(valueIfAbsent);
    }

    /** As {@code CompletableFuture} has it since Java 19, where this overrides it. */
    public Throwable exceptionNow() {
        if (!isDone()) {
            throw new IllegalStateException("Task has not completed");
        }
        if (isCancelled()) {
            throw new IllegalStateException("Task was cancelled");
        }
        if (!isCompletedExceptionally()) {
            throw new IllegalStateException("Task completed with a result");
        }
        return Futures.failureOf(this);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkMayBlock();
        try {
            return super.get();
        } finally {
            seen();
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkMayBlock();
        try {
            return super.get(timeout, unit);
        } finally {
            seen();
        }
    }

    @Override
    public T join() {
        checkMayBlock();
        try {
            return super.join();
        } finally {
            seen();
        }
    }

    private void checkMayBlock() {
        if (!isDone() && task.loop.isOwnThread()) {
            throw new IllegalStateException(
                    "blocking on " + task + " on the thread of its own event loop would wait forever: await it");
        }
    }
}
