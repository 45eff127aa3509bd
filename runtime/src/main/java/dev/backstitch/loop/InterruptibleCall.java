package dev.backstitch.loop;

import java.util.concurrent.Callable;

/**
 * A call on another thread that cancellation ends: it interrupts the thread while, and only while, that runs the call.
 * The future is done when the call is, so nothing goes on behind the back of who has cancelled it.
 */
final class InterruptibleCall<T> implements Runnable {
    /** Done, cancelled if so asked, once the call has ended. */
    final LoopFuture<T> future;

    private final Callable<? extends T> work;
    private final EventLoop loop;
    /** The thread that runs the call. Guarded by this object, as what follows. */
    private Thread runner;
    private boolean ended;
    private CancelRequest request;

    InterruptibleCall(Callable<? extends T> work, EventLoop loop) {
        this.work = work;
        this.loop = loop;
        this.future = new LoopFuture<>(loop) {
            @Override
            boolean cancelLater(CancelRequest by) {
                return requestCancel(by);
            }
        };
    }

    private boolean requestCancel(CancelRequest by) {
        synchronized (this) {
            if (!ended) {
                request = by;
                if (runner != null) {
                    runner.interrupt();
                } else {
                    ended = true; // it will not begin
                    loop.wake(new Handle(() -> end(null, null)));
                }
            }
        }
        return true;
    }

    @Override
    public void run() {
        synchronized (this) {
            if (ended) {
                return;
            }
            runner = Thread.currentThread();
        }
        T value = null;
        Throwable failure = null;
        try {
            value = Workers.checked(work.call());
        } catch (Throwable t) {
            failure = t;
        }
        synchronized (this) {
            ended = true;
            runner = null;
            if (request != null) {
                Thread.interrupted(); // what the call has not seen is not for the next one
            }
        }
        T got = value;
        Throwable thrown = failure;
        if (!loop.isClosed()) {
            loop.wake(new Handle(() -> end(got, thrown)));
        }
    }

    private void end(T value, Throwable failure) {
        loop.foreign--;
        CancelRequest asked;
        synchronized (this) {
            asked = request;
        }
        if (asked != null) {
            future.settle(new Outcome.Cancelled(asked));
        } else if (failure != null) {
            future.fail(failure);
        } else {
            future.complete(value);
        }
    }
}
