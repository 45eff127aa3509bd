package dev.backstitch.loop;

import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An executor of one thread as a scheduler. */
record ExecutorThread(ScheduledExecutorService thread, BooleanSupplier current) implements Scheduler {
    ExecutorThread {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(current, "isCurrent");
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    @Override
    public Future<?> schedule(Runnable work, long nanos) {
        return thread.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isCurrent() {
        return current.getAsBoolean();
    }

    @Override
    public boolean isThread() {
        return true;
    }

    @Override
    public String toString() {
        return "Scheduler.of(" + thread + ")";
    }
}
