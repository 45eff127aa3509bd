package dev.backstitch.loop;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * When the JVM is told to end (SIGTERM, {@code System.exit}), cancels what runners run and waits for them, so that
 * {@code finally} blocks run.
 */
final class ExitHook extends Thread {
    /** {@code -Dbackstitch.exit.seconds}: for how long the JVM waits; 10 by default. */
    private static final long SECONDS = Long.getLong("backstitch.exit.seconds", 10);

    private static final Set<Runner> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new ExitHook());
        } catch (IllegalStateException e) {
            // It ends already: too late for us.
        }
    }

    private ExitHook() {
        super("backstitch-exit");
    }

    static void add(Runner runner) {
        RUNNING.add(runner);
    }

    static void remove(Runner runner) {
        RUNNING.remove(runner);
    }

    @Override
    public void run() {
        List<Runner> running = RUNNING.stream().filter(runner -> !isExiting(runner.thread())).toList();
        running.forEach(Runner::exit);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            for (Runner runner : running) {
                if (!runner.ended().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    EventLoop.warn("a run was cancelled because the JVM ends, and has not ended within " + SECONDS
                            + " seconds");
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the loop's own thread has called {@code System.exit}: it waits for us, and will run nothing more. */
    private static boolean isExiting(Thread thread) {
        if (thread == null) {
            return true; // it is between two runs
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")
                    || frame.getClassName().equals("java.lang.ApplicationShutdownHooks")) {
                return true;
            }
        }
        return false;
    }
}
