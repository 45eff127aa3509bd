package dev.backstitch.loop;

/**
 * What asks a loop's run to end from outside: Ctrl-C, an interrupt of its thread, the end of the JVM. The first one
 * cancels what the run waits for, and the run throws {@link KeyboardInterrupt} when that has let itself be cancelled; the
 * second one, or one for which there is nothing to cancel, throws at once.
 */
final class Interrupts {
    /** What the run waits for; null when it runs for ever. */
    private LoopFuture<?> awaited;
    /** How many have come since the run began. */
    private int count;
    private String reason;
    /** Whether the thread's flag was taken, so that cleaning up can wait; the caller is still to see it. */
    private boolean flagTaken;
    /** Signals sent, and how many of them were answered. */
    private volatile int sent;
    private int answered;

    /** A run begins. */
    void reset() {
        count = 0;
        sent = 0;
        answered = 0;
    }

    /** Sets what the run waits for; returns what it was. */
    LoopFuture<?> awaiting(LoopFuture<?> future) {
        LoopFuture<?> before = awaited;
        awaited = future;
        return before;
    }

    /** Looks whether the loop's thread was interrupted; called on it, between two steps. */
    void poll(EventLoop loop) {
        if (Thread.interrupted()) {
            if (sent == answered) {
                flagTaken = true;
                request("the thread of the event loop was interrupted");
            } else {
                answer();
            }
        }
    }

    /** As an interrupt of the loop's thread, from another one; from the second time on, also when it blocks. */
    synchronized void signal(EventLoop loop, String why) {
        reason = why;
        sent++;
        if (loop.closed) {
            return;
        }
        loop.wake(new Timer() {
            @Override
            void fire(EventLoop fired) {
                answer();
            }

            @Override
            boolean isCancelled() {
                return false;
            }
        });
        Thread runs = loop.owner;
        if (sent > 1 && runs != null) {
            runs.interrupt();
        }
    }

    private void answer() {
        int now = sent;
        if (answered < now) {
            answered = now;
            if (now > 1) {
                Thread.interrupted(); // it has served to end a call that blocks
            }
            request(reason);
        }
    }

    private void request(String why) {
        reason = why;
        if (++count == 1 && awaited != null && !awaited.isDone()) {
            awaited.cancelFor(CancelRequest.because(why, why));
            return;
        }
        throw new KeyboardInterrupt(why, null);
    }

    /** Throws if {@code done} was cancelled because of an interrupt, and for no other reason. */
    void throwIfCancelled(LoopFuture<?> done) {
        if (count > 0 && done.isCancelled() && !(done instanceof Task<?> task && task.uncancel() > 0)) {
            throw new KeyboardInterrupt(reason, done.failure());
        }
    }

    /** The run has ended: gives the thread its flag back. */
    void restore() {
        if (flagTaken) {
            flagTaken = false;
            Thread.currentThread().interrupt();
        }
    }
}
