package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
    /** Not null while this thread asks for another one: set to true if the executor runs that in its caller. */
    private final ThreadLocal<boolean[]> inCaller = new ThreadLocal<>();

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
        boolean[] resubmitting = inCaller.get();
        if (resubmitting != null) {
            resubmitting[0] = true; // the loop below goes on; a call of its own for each piece would need stack
            return;
        }
        do {
            runNext();
        } while (resubmit());
    }

    private void runNext() {
        Runnable work;
        synchronized (queue) {
            work = queue.poll();
        }
        Thread outer = running; // not null when the executor runs work in its caller
        running = Thread.currentThread();
        try {
            work.run();
        } catch (Throwable failure) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } finally {
            running = outer;
        }
    }

    /** Asks for a thread for what is left; true when the executor runs it in its caller, which is this. */
    private boolean resubmit() {
        synchronized (queue) {
            if (queue.isEmpty()) {
                submitted = false;
                return false;
            }
        }
        var here = new boolean[1];
        inCaller.set(here);
        try {
            executor.execute(this);
        } catch (RuntimeException | Error refused) {
            List<Turn> turns = new ArrayList<>();
            synchronized (queue) {
                submitted = false; // so that whoever comes next is told
                queue.removeIf(work -> work instanceof Turn turn && turns.add(turn));
            }
            turns.forEach(turn -> turn.refused(refused));
            throw refused;
        } finally {
            inCaller.remove();
        }
        return here[0];
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
