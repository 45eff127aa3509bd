package dev.backstitch;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Runs a pump where there is no event loop: on the thread that starts it, then on whichever completes what it awaits. A
 * completion that arrives while the pump is being suspended is picked up by the thread that suspends it, so a long run of
 * completed awaits needs no stack.
 */
final class InlinePumpRunner implements PumpRunner {
    private final BooleanSupplier interruptible;
    private Coroutine<Void> pump;
    /** What the pump waits for; null while it runs. Guarded by this. */
    private Wait waiting;
    /** Whether an interrupt came while the pump ran. Guarded by this. */
    private boolean interrupted;
    private Throwable interrupt;

    InlinePumpRunner(BooleanSupplier interruptible) {
        this.interruptible = interruptible;
    }

    @Override
    public void start(Coroutine<Void> started) {
        synchronized (this) { // a later pump may run on another thread
            pump = started;
        }
        run(null);
    }

    @Override
    public boolean isInterrupt(Throwable failure) {
        return failure == interrupt;
    }

    @Override
    public void interrupt() {
        Wait wait;
        synchronized (this) {
            wait = waiting;
            if (wait == null) {
                interrupted = true;
                return;
            }
            if (!interruptible.getAsBoolean()) {
                return;
            }
            waiting = null;
        }
        run(wait.abandoned());
    }

    /** Runs the pump until it waits for something that is not there, or ends. */
    private void run(Raised first) {
        Raised raised = first;
        for (;;) {
            Object request;
            try {
                Object out = raised == null
                        ? Driver.resume(pump, null)
                        : Driver.raise(pump, raised.exception());
                if (!(out instanceof Signal)) {
                    return;
                }
                request = Driver.request(pump, out);
            } catch (Throwable t) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, t);
                return;
            }
            raised = null;
            if (request == null) {
                continue; // it lets others run, of which there are none
            }
            Wait wait = new Wait(request);
            try {
                wait.register();
            } catch (IllegalArgumentException unknown) {
                raised = new Raised(unknown);
                continue;
            }
            synchronized (this) {
                if (wait.done) {
                    continue;
                }
                if (!interrupted || !interruptible.getAsBoolean()) {
                    waiting = wait;
                    return;
                }
                interrupted = false;
            }
            raised = wait.abandoned();
        }
    }

    private void completed(Wait wait) {
        synchronized (this) {
            wait.done = true;
            if (waiting != wait) {
                return; // not suspended yet, or interrupted
            }
            waiting = null;
        }
        run(null);
    }

    /** One thing the pump waits for. */
    private final class Wait {
        private final Object awaited;
        boolean done;

        Wait(Object awaited) {
            this.awaited = awaited;
        }

        void register() {
            if (awaited instanceof Promise<?> promise) {
                promise.whenDone(() -> completed(this));
            } else if (awaited instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, failure) -> completed(this));
            } else {
                throw new IllegalArgumentException("a generator that is published outside an event loop can await "
                        + "promises and stages, not " + awaited);
            }
        }

        /** What to throw at the await, now that nobody waits for its outcome any more. */
        Raised abandoned() {
            if (awaited instanceof Future<?> future) {
                future.cancel(true);
            }
            interrupt = new java.util.concurrent.CancellationException("the subscription was cancelled");
            return new Raised(interrupt);
        }
    }
}
