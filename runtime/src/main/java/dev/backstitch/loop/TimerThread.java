package dev.backstitch.loop;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that keeps time for schedulers without timers. It only hands work over. */
final class TimerThread {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private TimerThread() {}

    static Future<?> schedule(Scheduler scheduler, Runnable work, long nanos) {
        return TIMER.schedule(() -> handOver(scheduler, work), nanos, TimeUnit.NANOSECONDS);
    }

    private static void handOver(Scheduler scheduler, Runnable work) {
        try {
            scheduler.execute(work);
        } catch (RuntimeException | Error refused) {
            if (work instanceof Turn turn) {
                turn.refused(refused);
            }
            throw refused;
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "backstitch-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
