package dev.backstitch.loop;

import dev.backstitch.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells what keeps a loop from going on, while it does: looks, from another thread, whether the loop still moves, and if it
 * has not for some time, samples its thread's stack. Costs the loop nothing.
 *
 * <p>{@code -Dbackstitch.watchdog=250} watches every loop of the JVM, for steps and callbacks of a quarter of a second and
 * more, and logs what it sees. {@link #start} watches one loop; {@link #look} is for those who keep time themselves.
 *
 * <p>Each of its methods may be called by any thread.
 */
public final class Watchdog implements AutoCloseable {
    private final EventLoop loop;
    private final long limit;
    private final Consumer<? super Blocked> report;
    /** How far the loop was at the last look, since when, and whether that was reported. Guarded by this object. */
    private long progress;
    private Thread ran;
    private long since;
    private boolean reported;

    /**
     * Watches {@code loop}, when it is told to look, for steps and callbacks that take {@code limit} or more.
     *
     * @param report called by the thread that looks
     */
    public Watchdog(EventLoop loop, Duration limit, Consumer<? super Blocked> report) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.limit = Nanos.of(limit);
        this.report = Objects.requireNonNull(report, "report");
    }

    /** Watches {@code loop} from a thread in the background, and logs what it sees, until this is closed. */
    public static Watchdog start(EventLoop loop, Duration limit) {
        var watchdog = new Watchdog(loop, limit, blocked -> EventLoop.warn(blocked.toString()));
        WatchdogThread.add(watchdog);
        return watchdog;
    }

    /**
     * Looks at the loop; reports it if it has not moved since a look that was {@code limit} or more ago. Once for each
     * time that it stands still.
     *
     * @param now the present time in nanoseconds, of any clock that goes evenly
     */
    public void look(long now) {
        Blocked blocked = null;
        synchronized (this) {
            Thread runs = loop.owner;
            long moved = loop.progress();
            if (runs == null || loop.idle || runs != ran || moved != progress) {
                ran = loop.idle ? null : runs;
                progress = moved;
                since = now;
                reported = false;
            } else if (!reported && now - since >= limit) {
                blocked = sample(runs, now - since);
                reported = blocked != null;
            }
        }
        if (blocked != null) {
            report.accept(blocked);
        }
    }

    private Blocked sample(Thread runs, long nanos) {
        Task<?> task = loop.currentTask();
        List<StackTraceElement> stack = Driver.program(runs.getStackTrace());
        boolean still = loop.owner == runs && !loop.idle && loop.progress() == progress;
        return still ? new Blocked(task, Duration.ofNanos(nanos), stack) : null;
    }

    /** How many nanoseconds may pass from look to look. */
    long interval() {
        return Math.max(1_000_000, limit / 4);
    }

    /** Watches no more. */
    @Override
    public void close() {
        WatchdogThread.remove(this);
    }

    /**
     * A loop that stands still.
     *
     * @param task whose step it is that takes so long; null for a callback
     * @param atLeast for how long by now
     * @param stack what it does: the frames of the program and of what that calls, innermost first
     */
    public record Blocked(Task<?> task, Duration atLeast, List<StackTraceElement> stack) {
        /** Such as {@code task 'main' has blocked the event loop for 250 ms:}, and the stack. */
        @Override
        public String toString() {
            String name = task == null ? "a callback" : task.nameOrNull() == null ? "a task" : "task '" + task.nameOrNull() + "'";
            var text = new StringBuilder(name).append(" has blocked the event loop for ").append(atLeast.toMillis()).append(" ms:");
            for (StackTraceElement frame : stack) {
                text.append(System.lineSeparator()).append("\tat ").append(frame);
            }
            return text.toString();
        }
    }
}
