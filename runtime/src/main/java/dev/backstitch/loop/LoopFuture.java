package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Promise;
import dev.backstitch.StopIteration;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;

/**
 * A value or failure that a loop's tasks can await: asyncio's {@code Future}. Whoever is told of its end is told by the
 * loop, in a later turn, in the order of asking.
 *
 * <p>Belongs to the thread of its loop; {@link #isDone}, {@link #value}, {@link #failure} and {@link #whenDone} may be
 * called by any thread.
 *
 * @param <T> the type of the value
 */
public class LoopFuture<T> implements Promise<T> {
    private static final VarHandle OUTCOME;
    /** How much of a result is printed. */
    private static final int MOST_TEXT = 200;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(LoopFuture.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null for one that was done from the start. */
    final EventLoop loop;
    /** While pending, {@link Outcome#PENDING} or the body of the task; then an {@link Outcome}, or simply the value. */
    private Object outcome;
    /** Null, or who is told of the end (a task, a {@link TaskFuture}, a {@link Runnable}), or {@link Details}. */
    private Object extra;

    /** A pending future of {@code loop}. */
    public LoopFuture(EventLoop loop) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.outcome = Outcome.PENDING;
        if (loop.debug) {
            details().origin = Origin.here();
        }
    }

    LoopFuture(EventLoop loop, Object outcome) {
        this.loop = loop;
        this.outcome = outcome;
    }

    // ---------------------------------------------------------------- outcome

    final Object outcome() {
        return OUTCOME.getAcquire(this);
    }

    /** As {@link #outcome}, on the thread of the loop, which is the only one that writes it: costs nothing to ask again. */
    final Object outcomeHere() {
        return outcome;
    }

    @Override
    public final boolean isDone() {
        return isOutcome(outcome());
    }

    private static boolean isOutcome(Object outcome) {
        return outcome != Outcome.PENDING && !(outcome instanceof Coroutine<?>);
    }

    /** Whether this was cancelled, or its body ended with a {@link CancelledError}. */
    public final boolean isCancelled() {
        return outcome() instanceof Outcome.Cancelled;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException while it is not there
     * @throws CancelledError if this was cancelled
     * @throws Throwable the failure, as it was thrown, checked or not
     */
    public final T result() {
        if (!isDone()) {
            throw new IllegalStateException("Result is not set.");
        }
        Throwable failure = failure();
        if (failure != null) {
            throw Sneaky.thrown(failure);
        }
        return value();
    }

    /**
     * The failure, or null if there is none.
     *
     * @throws IllegalStateException while this is not done
     * @throws CancelledError if this was cancelled
     */
    public final Throwable exception() {
        if (!isDone()) {
            throw new IllegalStateException("Exception is not set.");
        }
        Throwable failure = failure();
        if (isCancelled()) {
            throw (CancelledError) failure;
        }
        return failure;
    }

    @Override
    @SuppressWarnings("unchecked")
    public final T value() {
        Object o = outcome();
        return (T) (o instanceof Outcome.Value boxed ? boxed.value : o instanceof Outcome ? null : o);
    }

    @Override
    public final Throwable failure() {
        Object o = outcome();
        if (o instanceof Outcome.Failed failed) {
            failed.retrieved = true;
            return failed.exception;
        }
        return o instanceof Outcome.Cancelled cancelled ? cancelled.error() : null;
    }

    /**
     * Ends this with {@code value}, which may be null.
     *
     * @throws IllegalStateException if it has ended
     */
    public void complete(T value) {
        settle(value instanceof Coroutine<?> ? new Outcome.Value(value) : value);
    }

    /**
     * Ends this with {@code failure}.
     *
     * @throws IllegalStateException if it has ended
     */
    public void fail(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        settleFailed(failure instanceof StopIteration
                ? new IllegalStateException(
                        "StopIteration interacts badly with generators and cannot be raised into a Future", failure)
                : failure);
    }

    final void settleFailed(Throwable failure) {
        var failed = new Outcome.Failed(failure);
        boolean awaited = extra instanceof Task<?>;
        settle(failed);
        if (!awaited && !failed.retrieved && loop != null) {
            loop.unretrieved.add(this, failed);
        }
    }

    /** Cancels this; see {@link #cancel(String)}. */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels this, and whoever waits for it with it.
     *
     * @param message for the {@link CancelledError}; may be null
     * @return false if this is done already
     */
    public boolean cancel(String message) {
        if (isCancellable()) {
            return cancelFor(CancelRequest.here(message));
        }
        if (isDone()) {
            failure(); // whoever wanted this to end knows how it did
        }
        return false;
    }

    /** As {@link #cancel(String)}, at the {@code request} of another cancellation or of the loop. */
    final boolean cancelFor(CancelRequest request) {
        return cancelFor(request, () -> {});
    }

    /** The same; {@code tooLate} as in {@link Cancellable#requestCancel}. */
    final boolean cancelFor(CancelRequest request, Runnable tooLate) {
        return Cancellation.request(this, request, tooLate);
    }

    /** Whether this, not being a task, ends by itself some time after it is cancelled, which {@code request} has begun. */
    boolean cancelLater(CancelRequest request) {
        return false;
    }

    /** Whether a cancellation would reach anything. */
    boolean isCancellable() {
        return !isDone();
    }

    final void settle(Object end) {
        if (loop != null) {
            loop.checkThread();
        }
        if (isDone()) {
            throw new IllegalStateException("invalid state: " + this + " is done already");
        }
        OUTCOME.setRelease(this, end);
        Object told = extra;
        if (told instanceof Details details) {
            for (Object waiter : details.takeWaiters()) {
                Told.tell(waiter, loop);
            }
        } else if (told != null) {
            extra = null;
            Told.tell(told, loop);
        }
    }

    // ---------------------------------------------------------------- those who wait

    /** Has the loop run {@code callback}, in a copy of the present context, when this is done. */
    @Override
    public final void whenDone(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        ContextMap context = Contexts.currentMap();
        Object waiter = context.size == 0 ? callback : new Told.InContext(callback, context);
        if (loop == null || !loop.mustHandIn()) {
            addWaiter(waiter);
        } else {
            Runnable add = () -> addWaiter(waiter);
            loop.wake(new Delivery(add, add));
        }
    }

    /** Takes {@link #whenDone} of {@code callback} back; returns how often it was asked for and has not happened. */
    public final int removeWhenDone(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        if (extra instanceof Details details) {
            return details.removeAll(waiter -> Told.InContext.isFor(waiter, callback));
        }
        Object only = extra;
        return only != null && Told.InContext.isFor(only, callback) && removeWaiter(only) ? 1 : 0;
    }

    final void addWaiter(Object waiter) {
        if (isDone()) {
            Told.tell(waiter, loop);
        } else if (extra == null) {
            extra = waiter;
        } else {
            details().add(waiter);
        }
    }

    /** Forgets {@code waiter}; says whether it was there. */
    final boolean removeWaiter(Object waiter) {
        if (extra instanceof Details details) {
            return details.remove(waiter);
        }
        boolean found = extra == waiter && waiter != null;
        extra = found ? null : extra;
        return found;
    }

    final boolean hasWaiters() {
        return extra instanceof Details details ? details.hasWaiters() : extra != null;
    }

    /** Who is told of the end, in order: a copy. */
    final List<Object> waiters() {
        return extra instanceof Details details ? details.waiters() : extra == null ? List.of() : List.of(extra);
    }

    /** The details, made when there are none yet. */
    final Details details() {
        if (extra instanceof Details details) {
            return details;
        }
        var details = new Details();
        if (extra != null) {
            details.add(extra);
        }
        extra = details;
        return details;
    }

    final Details detailsOrNull() {
        return extra instanceof Details details ? details : null;
    }

    /** What this waits for in its turn, so that cycles can be found; a {@link Task} knows better. */
    List<? extends LoopFuture<?>> dependencies() {
        return List.of();
    }

    // ---------------------------------------------------------------- for others

    /** The loop this belongs to; null for one that was done from the start. */
    public final EventLoop loop() {
        return loop;
    }

    /** Where this was made, innermost frame first; empty unless debug mode has recorded it. */
    public final List<StackTraceElement> createdAt() {
        Origin origin = origin();
        return origin == null ? List.of() : origin.frames();
    }

    /** Where this was made; null unless debug mode has recorded it. */
    final Origin origin() {
        return extra instanceof Details details ? details.origin : null;
    }

    final String stateName() {
        Object o = outcome();
        if (!isOutcome(o)) {
            return "pending";
        }
        return o instanceof Outcome.Cancelled ? "cancelled" : "finished";
    }

    /** The result or exception, for {@link #toString}. */
    final String outcomeText() {
        Object o = outcome();
        if (!isOutcome(o) || o instanceof Outcome.Cancelled) {
            return "";
        }
        String text = o instanceof Outcome.Failed failed ? "exception=" + failed.exception : "result=" + value();
        return " " + (text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "..." : text);
    }

    /** Such as {@code <LoopFuture pending>} or {@code <LoopFuture finished result=5>}. */
    @Override
    public String toString() {
        return "<" + (getClass().isAnonymousClass() ? "LoopFuture" : getClass().getSimpleName()) + " " + stateName()
                + outcomeText() + (origin() == null ? "" : " created at " + origin().site()) + ">";
    }
}
