package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.Signal;

/**
 * The steps of a task: what runs its body from one suspension to the next, on the loop's thread, and has the task told of
 * what the body waits for then. A part of {@link Task}, its only subclass.
 *
 * @param <T> what the body returns
 */
abstract class TaskSteps<T> extends LoopFuture<T> {

    TaskSteps(EventLoop loop, Object outcome) {
        super(loop, outcome);
    }

    private Task<T> task() {
        return (Task<T>) this;
    }

    /**
     * Runs the body to its next suspension; throws {@code injected} into it when that is not null. On the loop.
     *
     * @param inTurn whether the loop does this itself, with what it has just taken from what is ready
     * @return whether the loop is to add this to what is ready; never so unless {@code inTurn}
     */
    boolean step(Throwable injected, boolean inTurn) {
        if (!(outcomeHere() instanceof Coroutine<?> body)) {
            return false;
        }
        Throwable thrown = injected;
        Details details = detailsOrNull();
        if (details != null) {
            details.waiting = null;
            if (details.mustCancel || details.abandoned) {
                details.mustCancel = false;
                details.abandoned = false;
                thrown = injected instanceof CancelledError ? injected : new CancelledError(details.request);
            }
        }
        return drive(thrown == null ? cancellationOfTarget(body) : thrown, false, inTurn);
    }

    /** The error of what the body waits for, when that was cancelled; null when it has come to something else. */
    private static Throwable cancellationOfTarget(Coroutine<?> body) {
        Object target = Driver.request(body, Signal.SUSPENDED);
        if (target == null || target == Driver.nextTurn()) {
            return null;
        }
        if (target instanceof Sleep sleep) {
            return sleep.cancellation();
        }
        return target instanceof LoopFuture<?> future && future.isCancelled() ? future.failure() : null;
    }

    /** Takes over a body that has run on its caller's stack to its first suspension. */
    void start() {
        nested(true);
    }

    /** Runs the body to its first suspension now, on the stack of the task or callback that runs. */
    void startEagerly() {
        loop.checkOpen();
        if (context() instanceof Context own) {
            Contexts.checkNotEntered(own);
        }
        loop.tasks.add(task());
        nested(false);
    }

    /** Steps on the stack of another step: what that one has entered is not this one's. */
    private void nested(boolean started) {
        Context entered = loop.entered;
        Context outer = loop.currentTask() != null && loop.currentTask().context() instanceof Context c ? c : null;
        boolean marks = outer != null && !outer.entered;
        if (marks) {
            outer.entered = true;
        }
        loop.entered = null;
        try {
            drive(null, started, false);
        } finally {
            loop.entered = entered;
            if (marks) {
                outer.entered = false;
            }
        }
    }

    /** See {@link Details#context}. */
    Object context() {
        Details details = detailsOrNull();
        return details == null ? null : details.context;
    }

    @SuppressWarnings("unchecked")
    private boolean drive(Throwable thrown, boolean started, boolean inTurn) {
        var body = (Coroutine<T>) outcomeHere();
        EventLoop loop = this.loop;
        Task<?> outer = loop.nested;
        if (inTurn) {
            loop.stepping = true;
        } else {
            loop.nested = task();
        }
        Object out;
        try {
            out = ThreadContexts.any() ? inContext(body, thrown, started) : advance(body, thrown, started);
        } catch (CancelledError cancelled) {
            stepped(outer, inTurn);
            end(new Outcome.Cancelled(cancelled));
            return false;
        } catch (Throwable failure) {
            stepped(outer, inTurn);
            loop.tasks.remove(task());
            settleFailed(failure);
            if (failure instanceof KeyboardInterrupt interrupt) {
                failure(); // seen: it ends the run
                throw interrupt;
            }
            return false;
        }
        stepped(outer, inTurn);
        if (out instanceof Signal) {
            return suspended(body, out, inTurn);
        }
        Details details = detailsOrNull();
        if (details != null && details.mustCancel) {
            details.mustCancel = false;
            end(new Outcome.Cancelled(details.request));
        } else {
            end(out instanceof Coroutine<?> ? new Outcome.Value(out) : out);
        }
        return false;
    }

    /** This is not the current task any more. */
    private void stepped(Task<?> outer, boolean inTurn) {
        if (inTurn) {
            loop.stepping = false;
        }
        if (loop.nested != outer) {
            loop.nested = outer;
        }
    }

    private static Object advance(Coroutine<?> body, Throwable thrown, boolean started) throws Throwable {
        return thrown != null
                ? Driver.raise(body, thrown)
                : started ? Driver.started(body) : Driver.resume(body, null);
    }

    /** As {@link #advance}, with this task's thread-bound context. */
    private Object inContext(Coroutine<?> body, Throwable thrown, boolean started) throws Throwable {
        ThreadContexts outer = ThreadContexts.capture();
        ThreadContexts.restore(details().threadContext);
        try {
            return advance(body, thrown, started);
        } finally {
            details().threadContext = ThreadContexts.capture();
            ThreadContexts.restore(outer);
        }
    }

    private void end(Object end) {
        loop.tasks.remove(task());
        settle(end);
    }

    /**
     * The body has just stopped with {@code signal}.
     *
     * @return as {@link #step}
     */
    private boolean suspended(Coroutine<T> body, Object signal, boolean inTurn) {
        Object request = Driver.request(body, signal);
        if (inTurn && request == Driver.nextTurn() && detailsOrNull() == null) {
            return true;
        }
        Listening.to(request, task());
        if (signal == Signal.YIELDED || detailsOrNull() != null) {
            waits(request, signal);
        }
        return false;
    }

    /** Notes what this waits for where its frame does not know, and is cancelled if it is to be. */
    private void waits(Object request, Object signal) {
        if (details().waiting == Outcome.PENDING) {
            return; // refused: its next step throws
        }
        if (signal == Signal.YIELDED && request != null && request != Driver.nextTurn()) {
            details().waiting = request;
        }
        Details details = details();
        if (details.mustCancel) {
            details.mustCancel = !Cancellation.ofWaiting(task(), details.request);
        } else if (details.scope != null) {
            details.scope.checkWaiting(task());
        }
    }

    /** Has {@code failure} thrown into the body in the next turn, where it waits for something that it cannot wait for. */
    void throwSoon(Throwable failure) {
        details().waiting = Outcome.PENDING; // not what its frame says, which refuses it
        loop.callSoon(() -> step(failure, false));
    }
}
