package dev.backstitch.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The thread in the background of all watchdogs that have no other. It lives as long as there are any. */
final class WatchdogThread extends Thread {
    /** For every loop of the JVM, after so many milliseconds: {@code -Dbackstitch.watchdog}; 0 for none. */
    private static final long ALWAYS = Long.getLong("backstitch.watchdog", 0);

    private static final Set<Watchdog> WATCHED = ConcurrentHashMap.newKeySet();
    private static WatchdogThread running;

    private WatchdogThread() {
        super("backstitch-watchdog");
        setDaemon(true);
    }

    /** A watchdog for a loop that begins to run; null unless the JVM was told to watch all. */
    static Watchdog ofEveryLoop(EventLoop loop) {
        return ALWAYS <= 0 ? null : Watchdog.start(loop, Duration.ofMillis(ALWAYS));
    }

    static synchronized void add(Watchdog watchdog) {
        WATCHED.add(watchdog);
        if (running == null) {
            running = new WatchdogThread();
            running.start();
        } else {
            LockSupport.unpark(running); // this one may have to look sooner
        }
    }

    static void remove(Watchdog watchdog) {
        WATCHED.remove(watchdog);
    }

    private static synchronized boolean endIfIdle() {
        if (WATCHED.isEmpty()) {
            running = null;
        }
        return running == null;
    }

    @Override
    public void run() {
        while (!endIfIdle()) {
            long interval = Long.MAX_VALUE;
            for (Watchdog watchdog : WATCHED) {
                try {
                    watchdog.look(System.nanoTime());
                } catch (RuntimeException e) {
                    EventLoop.warn("a watchdog's report failed: " + e);
                }
                interval = Math.min(interval, watchdog.interval());
            }
            LockSupport.parkNanos(this, interval);
        }
    }
}
