package dev.backstitch;

import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.util.function.BooleanSupplier;

/** Runs each pump as a task of an event loop, whose exception handler gets the failure of one. */
final class LoopPumpRunner implements PumpRunner {
    private final EventLoop loop;
    private final BooleanSupplier interruptible;
    /** The last pump. Belongs to the loop's thread. */
    private Task<Void> task;

    LoopPumpRunner(EventLoop loop, BooleanSupplier interruptible) {
        this.loop = loop;
        this.interruptible = interruptible;
    }

    @Override
    public void start(Coroutine<Void> pump) {
        if (EventLoop.currentOrNull() == loop) {
            task = loop.spawn(pump);
        } else {
            loop.callSoonThreadSafe(() -> task = loop.spawn(pump));
        }
    }

    @Override
    public void interrupt() {
        loop.callSoonThreadSafe(() -> { // in a turn of its own, where no task is running
            if (interruptible.getAsBoolean()) {
                task.cancel("the subscription was cancelled");
            }
        });
    }

    @Override
    public boolean isInterrupt(Throwable failure) {
        return failure instanceof CancelledError;
    }
}
