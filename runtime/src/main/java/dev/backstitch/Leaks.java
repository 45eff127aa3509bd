package dev.backstitch;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Reports generators that the program has dropped where closing them would run something: a {@code finally}, the closing of a
 * resource. Nothing is finalised by the garbage collector; so that never runs.
 *
 * <p>On in debug mode, and with {@code -Dbackstitch.leaks=true}; otherwise nothing is recorded. What is watched cannot be kept
 * off the heap by the JIT, which costs more than all else that a generator does in a loop. Thread-safe.
 */
final class Leaks {
    private Leaks() {}

    /** {@code -Dbackstitch.debug=true} or {@code -Dbackstitch.leaks=true}. */
    static final boolean ON = Unawaited.RECORDED || Boolean.getBoolean("backstitch.leaks");

    private static final System.Logger LOG = System.getLogger("dev.backstitch");

    /** By generator. An entry goes with it, after its watch was told. */
    private static final Map<Frame, Watch> WATCHES = Collections.synchronizedMap(new WeakHashMap<>());

    private static final class Holder {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** What is known of a generator when it is gone. */
    private static final class Watch implements Runnable {
        private final List<StackTraceElement> callers;
        /** The generator and the line where it is suspended; null where closing it would run nothing. */
        volatile String suspended;

        Watch(List<StackTraceElement> callers) {
            this.callers = callers;
        }

        @Override
        public void run() {
            if (suspended != null) {
                var text = new StringBuilder("generator was never closed: ")
                        .append(suspended)
                        .append(" was dropped while suspended, and its finally blocks have not run")
                        .append(System.lineSeparator())
                        .append("created");
                for (StackTraceElement caller : callers) {
                    text.append(System.lineSeparator()).append("\tat ").append(caller);
                }
                LOG.log(System.Logger.Level.ERROR, text.toString());
            }
        }
    }

    /** {@code gen} is being made. */
    static void made(Gen<?> gen) {
        if (gen.cleansUp()) {
            // The rewritten method itself makes the generator; it was called by the frame below.
            var watch = new Watch(Driver.callers(1, Unawaited.RECORDED ? Integer.MAX_VALUE : 1));
            WATCHES.put(gen, watch);
            Holder.CLEANER.register(gen, watch);
        }
    }

    /** {@code frame} has just been suspended. */
    static void suspended(Frame frame) {
        Watch watch = WATCHES.get(frame);
        if (watch != null) {
            watch.suspended = frame.cleansUpNow() ? frame.toString() : null;
        }
    }

    /** {@code frame} runs again. */
    static void resumed(Frame frame) {
        Watch watch = WATCHES.get(frame);
        if (watch != null) {
            watch.suspended = null;
        }
    }
}
