package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.Promise;
import dev.backstitch.Signal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The future of a hot coroutine that was called off every loop: its body goes on at once, on the thread that completes
 * what it waits for. Thread-safe; one thread at a time drives the body.
 */
final class InlineFuture<T> extends CompletableFuture<T> implements Promise<T>, Cancellable {
    /** Stands for "go on after the first suspension, which has happened". */
    private static final Object STARTED = new Object();

    private final Coroutine<T> body;
    private final Object lock = new Object();
    /** Whether a thread drives the body or is about to. Guarded by the lock, as what follows. */
    private boolean driving = true;
    /** Whether the body has ended, though this may not be done yet. */
    private boolean ended;
    /** Counts suspensions, so that what the body no longer waits for cannot wake it. */
    private int turn;
    /** What the body waits for while nobody drives it. */
    private Object awaited;
    /** The thread that hands a cancellation on to what the body waits for; null while none does. */
    private Thread asking;
    /** A cancellation that came while the body ran; thrown at its next suspension. */
    private CancelledError cancellation;
    /** The error that ended the body, until somebody has taken it with its trace. */
    private volatile CancelledError cancelled;
    /** What the body has of the thread-bound contexts; null when none is registered. Belongs to who drives. */
    private ThreadContexts threadContext;

    private InlineFuture(Coroutine<T> body) {
        this.body = body;
    }

    /** Takes over {@code body}, which has run on its caller's stack to its first suspension. */
    static <T> InlineFuture<T> of(Coroutine<T> body) {
        var future = new InlineFuture<>(body);
        future.drive(STARTED);
        return future;
    }

    // ---------------------------------------------------------------- driving

    /** What the body waited for in {@code waited} is done, or {@code failure} says that it cannot be waited for. */
    private void resume(int waited, Throwable failure) {
        Object in;
        synchronized (lock) {
            if (driving || turn != waited) {
                return;
            }
            driving = true;
            in = cancellation == null ? failure : cancellation;
            cancellation = null;
            awaited = null;
        }
        Trampoline.run(() -> drive(in));
    }

    /** Drives the body to its next suspension; {@code in} is {@link #STARTED}, null, or an exception to throw into it. */
    private void drive(Object in) {
        Object out;
        try {
            out = ThreadContexts.any() ? inContext(in) : advance(in);
        } catch (CancelledError error) {
            endCancelled(error);
            return;
        } catch (Throwable failure) {
            endBody();
            completeExceptionally(failure);
            return;
        }
        if (out instanceof Signal) {
            listen(Driver.request(body, out));
            return;
        }
        CancelledError late = endBody();
        if (late == null) {
            end(out);
        } else {
            endCancelled(late);
        }
    }

    private Object advance(Object in) throws Throwable {
        return in == STARTED
                ? Driver.started(body)
                : in == null ? Driver.resume(body, null) : Driver.raise(body, (Throwable) in);
    }

    private Object inContext(Object in) throws Throwable {
        ThreadContexts outer = ThreadContexts.capture();
        ThreadContexts.restore(threadContext);
        try {
            return advance(in);
        } finally {
            threadContext = ThreadContexts.capture();
            ThreadContexts.restore(outer);
        }
    }

    /** From here on a cancellation comes too late; returns the one that came while the body ran for the last time. */
    private CancelledError endBody() {
        synchronized (lock) {
            ended = true;
            return cancellation;
        }
    }

    @SuppressWarnings("unchecked")
    private void end(Object value) {
        complete((T) value);
    }

    private void endCancelled(CancelledError error) {
        cancelled = error;
        super.cancel(false);
    }

    /** Has the body resumed when {@code request} is done. */
    private void listen(Object request) {
        int waited;
        boolean again;
        synchronized (lock) {
            waited = ++turn;
            awaited = request;
            driving = false;
            again = cancellation != null;
        }
        // From here on another thread may drive the body.
        if (again || request == null) {
            resume(waited, null);
            return;
        }
        try {
            if (request instanceof Promise<?> promise) {
                promise.whenDone(() -> resume(waited, null));
            } else if (request instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, failure) -> resume(waited, null));
            } else {
                resume(waited, new IllegalStateException("Task got bad yield: " + request));
            }
        } catch (RuntimeException refused) {
            resume(waited, refused);
        }
    }

    // ---------------------------------------------------------------- cancelling

    /**
     * Has a {@link CancelledError} thrown into the body where it waits; this future ends when the body has, after its
     * last {@code finally}.
     *
     * @return false if this is done already
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return false;
        }
        return requestCancel(CancelRequest.here(null), () -> {});
    }

    @Override
    public boolean requestCancel(CancelRequest request, Runnable tooLate) {
        return new InlineCancellation(request, tooLate).run(this, null);
    }

    /**
     * Throws {@code error} into the body, now, or where it suspends next.
     *
     * @param over what the body has waited for, if that is known to be over; else null
     * @param cycle whether what the body waits for waits, in the end, for the body: then it is the body
     * @return null if that was done; {@link InlineCancellation#OVER} if the body has ended; else what it waits for, which is to
     *     be cancelled instead, and unless it is an {@code InlineFuture}, {@link #asked} called then
     */
    Object stop(CancelledError error, Object over, boolean cycle) {
        Object target;
        synchronized (lock) {
            if (ended || isDone()) {
                return InlineCancellation.OVER;
            }
            if (driving) {
                cancellation = error;
                return null;
            }
            target = awaited;
            boolean here = cycle || target == over || asking == Thread.currentThread();
            if (!here && target instanceof InlineFuture<?> inner && !inner.isDone()) {
                return inner;
            }
            if (!here && endsWhenCancelled(target)) {
                asking = Thread.currentThread();
                return target;
            }
            driving = true;
            awaited = null;
        }
        if (target instanceof CompletableFuture<?> stage && !(target instanceof Cancellable)) {
            stage.cancel(true);
        }
        Trampoline.run(() -> drive(error));
        return null;
    }

    /** What the body waits for has been asked to end. */
    void asked() {
        synchronized (lock) {
            asking = null;
        }
    }

    /** Whether {@code target}, once asked, ends with an error of its own, which then comes to the body. */
    private static boolean endsWhenCancelled(Object target) {
        return target instanceof LoopFuture<?> future && !future.isDone()
                || target instanceof Cancellable other && !other.isDone();
    }

    // ---------------------------------------------------------------- as a promise

    @Override
    public T value() {
        return isCompletedExceptionally() ? null : getNow(null);
    }

    @Override
    public Throwable failure() {
        if (!isCompletedExceptionally()) {
            return null;
        }
        CancelledError first = cancelled;
        if (first != null && isCancelled()) {
            cancelled = new CancelledError(first.request());
            return first;
        }
        return Futures.failureOf(this);
    }

    @Override
    public void whenDone(Runnable callback) {
        whenComplete((value, failure) -> callback.run());
    }
}
