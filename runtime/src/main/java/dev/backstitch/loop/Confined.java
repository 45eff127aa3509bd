package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A confinement on an executor: takes one thread of it at a time, for one piece of work, so that others get their share. */
final class Confined implements Scheduler, Runnable {
    private final Executor executor;
    /** What is to run. Guards itself and {@link #submitted}. */
    private final Queue<Runnable> queue = new ArrayDeque<>();
    /** Whether the executor has been asked for a thread and has not come back from it. */
    private boolean submitted;
    private volatile Thread running;

    Confined(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public void execute(Runnable work) {
        Objects.requireNonNull(work, "work");
        synchronized (queue) {
            queue.add(work);
            if (submitted) {
                return;
            }
            submitted = true;
        }
        try {
            executor.execute(this);
        } catch (RuntimeException | Error refused) {
            synchronized (queue) {
                submitted = false;
                queue.remove(work);
            }
            throw refused;
        }
    }

    @Override
    public void run() {
        Runnable work;
        synchronized (queue) {
            work = queue.poll();
        }
        Thread outer = running; // not null when the executor runs work in its caller
        running = Thread.currentThread();
        try {
            work.run();
        } finally {
            running = outer;
            next();
        }
    }

    private void next() {
        synchronized (queue) {
            if (queue.isEmpty()) {
                submitted = false;
                return;
            }
        }
        executor.execute(this);
    }

    @Override
    public boolean isCurrent() {
        return running == Thread.currentThread();
    }

    @Override
    public String toString() {
        return "Scheduler.confined(" + executor + ")";
    }
}
