package dev.backstitch;

import dev.backstitch.loop.EventLoop;
import java.util.function.BooleanSupplier;

/** Runs the pumps of one {@link GenSubscription}, of which there is at most one at a time. */
interface PumpRunner {

    /**
     * Runs {@code pump} to its end; one that fails is reported as an error that nobody handled.
     *
     * @throws IllegalStateException if there is nothing to run it any more
     */
    void start(Coroutine<Void> pump);

    /**
     * If the pump at work waits for the generator, now or when it suspends next, throws a cancellation there. Called
     * from any thread.
     */
    void interrupt();

    /** Whether {@code failure} is what {@link #interrupt} throws. */
    boolean isInterrupt(Throwable failure);

    /**
     * The runner for a subscription made here.
     *
     * @param interruptible whether the pump, which is suspended now, waits for the generator
     */
    static PumpRunner here(BooleanSupplier interruptible) {
        EventLoop loop = EventLoop.currentOrNull();
        return loop == null ? new InlinePumpRunner(interruptible) : new LoopPumpRunner(loop, interruptible);
    }
}
