package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.Promise;
import dev.backstitch.Signal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A coroutine that a loop runs: asyncio's {@code Task}. Made by {@link Tasks#spawn} or {@link EventLoop#spawn}; its loop
 * holds it strongly until it is done.
 *
 * <p>Belongs to its loop's thread. {@link #get}, {@link #toCompletableFuture} and {@link #cancel(String)} may be called
 * by any thread, as what {@link LoopFuture} names.
 *
 * @param <T> what the coroutine returns
 */
public final class Task<T> extends TaskSteps<T> {
    private static final AtomicInteger NAMED = new AtomicInteger();

    /** Neighbours in the loop's list of tasks that are not done. */
    Task<?> previous;
    Task<?> next;

    Task(EventLoop loop, Coroutine<T> body) {
        super(loop, body);
        if (ThreadContexts.any()) {
            details().threadContext = ThreadContexts.capture();
        }
    }

    private Task(Object outcome) {
        super(null, outcome);
    }

    // ---------------------------------------------------------------- tasks without a body

    /** {@code return Task.of(value);} ends the body of a hot coroutine with {@code value}. Elsewhere, a finished task. */
    public static <T> Task<T> of(T value) {
        return new Task<>(value instanceof Coroutine<?> ? new Outcome.Value(value) : value);
    }

    /** {@code return Task.done();} ends the body of a hot coroutine without a value. */
    public static <T> Task<T> done() {
        return of(null);
    }

    static <T> Task<T> failed(Throwable failure) {
        return new Task<>(
                failure instanceof CancelledError error
                        ? new Outcome.Cancelled(error)
                        : new Outcome.Failed(failure));
    }

    // ---------------------------------------------------------------- waiting

    /** What the suspended body waits for: a promise or a stage; null when it runs, or is about to. */
    Object waiting() {
        if (isDone() || loop.currentTask() == this) {
            return null;
        }
        Details details = detailsOrNull();
        if (details != null && details.abandoned) {
            return null; // its next step throws, and is to be the only one
        }
        Object target = details != null && details.waiting != null
                ? details.waiting
                : Driver.waiting((Coroutine<?>) outcome());
        if (target == Driver.nextTurn()) {
            return null;
        }
        if (target instanceof LoopFuture<?> future) {
            return future == this || future.loop != loop ? null : future;
        }
        return target instanceof Promise<?> || target instanceof CompletionStage<?> ? target : null;
    }

    /** As {@code waiting() == target}, at less cost, when it is known that no task runs. */
    boolean isWaitingFor(Object target) {
        if (isDone()) {
            return false;
        }
        Details details = detailsOrNull();
        return details != null && details.waiting == target
                || Driver.request((Coroutine<?>) outcome(), Signal.SUSPENDED) == target;
    }

    /**
     * Where the body is, innermost frame first, as the trace of an exception thrown there: while it is suspended, and, asked
     * by the body itself, while it runs. Empty once it is done. On the loop's thread.
     */
    public StackTraceElement[] stack() {
        if (!(outcome() instanceof Coroutine<?> body) || isDone()) {
            return new StackTraceElement[0];
        }
        return loop.currentTask() == this && loop.isOwnThread() ? Driver.runningStack(body) : Driver.stack(body);
    }

    // ---------------------------------------------------------------- cancellation

    /**
     * Has a {@link CancelledError} thrown into the body where it waits, or, when it waits for another task, into that
     * one. The body may clean up, and may refuse. When it has not started it never will.
     *
     * @param message for the error; may be null
     * @return false if this is done already
     */
    @Override
    public boolean cancel(String message) {
        return super.cancel(message);
    }

    /** How many requests of {@link #cancel(String)} have not been taken back. */
    public int cancelling() {
        Details details = detailsOrNull();
        return details == null ? 0 : details.cancelling;
    }

    /** Takes one request of {@link #cancel(String)} back; returns how many are left. */
    public int uncancel() {
        Details details = detailsOrNull();
        if (details == null || details.cancelling == 0) {
            return 0;
        }
        if (--details.cancelling == 0) {
            details.mustCancel = false;
        }
        return details.cancelling;
    }

    /** The innermost scope this is in; null when it is in none. */
    ScopeNode scope() {
        Details details = detailsOrNull();
        return details == null ? null : details.scope;
    }

    /** A task ends by itself. */
    @Override
    public void complete(T value) {
        throw new UnsupportedOperationException("Task does not support set_result operation");
    }

    /** A task ends by itself. */
    @Override
    public void fail(Throwable failure) {
        throw new UnsupportedOperationException("Task does not support set_exception operation");
    }

    // ---------------------------------------------------------------- for others

    /**
     * The context this runs in; null while no {@link ContextVar} has been set in it, unless it was given one.
     */
    public Context contextOrNull() {
        return context() instanceof Context live ? live : null;
    }

    /** The name given, or {@code Task-} and a number. */
    public String name() {
        Details details = details();
        if (details.name == null) {
            details.name = "Task-" + NAMED.incrementAndGet();
        }
        return details.name;
    }

    /** The name, if it has got one by now. For other threads too. */
    String nameOrNull() {
        Details details = detailsOrNull();
        return details == null ? null : details.name;
    }

    /** Names this task. */
    public void setName(String name) {
        details().name = Objects.requireNonNull(name, "name");
    }

    /**
     * A view that any thread may wait on. It ends as the task does, in the task's last step; cancelling it cancels the
     * task, and it ends when the task has.
     */
    public CompletableFuture<T> toCompletableFuture() {
        var view = new TaskFuture<>(this);
        if (loop != null && loop.isClosed() && !isDone()) {
            view.abandon();
        } else if (loop == null || !loop.mustHandIn()) {
            addWaiter(view);
        } else {
            Runnable add = () -> addWaiter(view);
            loop.wake(new Delivery(add, add));
        }
        return view;
    }

    /**
     * Blocks until the task is done.
     *
     * @return its value; its failure is thrown as it is
     * @throws IllegalStateException at once on the thread of its loop, which would wait for itself
     */
    public T get() throws InterruptedException {
        CompletableFuture<T> view = toCompletableFuture();
        try {
            view.get();
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            // The outcome itself says more than these wrappers.
        }
        Throwable failure = failure();
        if (failure != null) {
            Driver.appendCaller(failure);
            throw Sneaky.thrown(failure);
        }
        return value();
    }

    /**
     * Such as {@code <Task pending name='Task-1' coro=Shop.total(Shop.java:15) wait_for=<LoopFuture pending>>}: where its
     * body is suspended, or begins.
     */
    @Override
    public String toString() {
        StackTraceElement[] stack = loop != null && loop.currentTask() == this ? new StackTraceElement[0] : stack();
        Object target = loop == null ? null : waiting();
        return brief()
                + (stack.length == 0 ? "" : " coro=" + stack[stack.length - 1])
                + (target == null ? "" : " wait_for=" + (target instanceof Task<?> task ? task.brief() + ">" : target))
                + outcomeText()
                + (origin() == null ? "" : " created at " + origin().site())
                + ">";
    }

    private String brief() {
        String state = cancelling() > 0 && !isDone() ? "cancelling" : stateName();
        return "<Task " + state + " name='" + name() + "'";
    }
}
