package dev.backstitch;

import java.lang.StackWalker.StackFrame;
import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * Reports generators, coroutines and asynchronous generators that the program has dropped where closing them would run
 * something: a {@code finally}, the closing of a resource. Nothing is finalised by the garbage collector; so that never runs.
 *
 * <p>On in debug mode, and with {@code -Dbackstitch.leaks=true}; otherwise nothing is recorded. What is watched cannot be kept
 * off the heap by the JIT, which costs more than all else that a generator does in a loop. Thread-safe.
 */
final class Leaks {
    private Leaks() {}

    /** {@code -Dbackstitch.debug=true} or {@code -Dbackstitch.leaks=true}. */
    static final boolean ON = Unawaited.RECORDED || Boolean.getBoolean("backstitch.leaks");

    /** JDK 25 tells descriptors only where classes are kept. */
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final System.Logger LOG = System.getLogger("dev.backstitch");

    /** By frame. An entry goes with it. */
    private static final Map<Frame, Watch> WATCHES = Collections.synchronizedMap(new WeakHashMap<>());

    private static final class Holder {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** What is known of a frame when it is gone. */
    private static final class Watch implements Runnable {
        private final List<StackTraceElement> callers;
        /** What was never closed, and the line where it is suspended; null where closing it would run nothing. */
        volatile String suspended;

        Watch(List<StackTraceElement> callers) {
            this.callers = callers;
        }

        @Override
        public void run() {
            if (suspended != null) {
                var text = new StringBuilder(suspended)
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

    /** {@code frame} is being made. */
    static void made(Frame frame) {
        if (frame.cleansUp()) {
            var watch = new Watch(callersOf(frame, Unawaited.RECORDED ? Integer.MAX_VALUE : 1));
            WATCHES.put(frame, watch);
            Holder.CLEANER.register(frame, watch);
        }
    }

    /** {@code limit} of those who called the method of {@code frame}, which is being made. */
    private static List<StackTraceElement> callersOf(Frame frame, long limit) {
        StackTraceElement method = frame.where();
        if (Stacks.isMachinery(method.getClassName())) {
            return WALKER.walk(stack -> elements(program(stack), limit));
        }
        List<StackFrame> top = WALKER.walk(stack -> program(stack).limit(2).toList());
        boolean inBody = !top.isEmpty() && isBody(top.get(0));
        boolean hot = inBody && top.size() > 1 && !isBody(top.get(1)) && isOf(method, top.get(1));
        // a generator is made by the method, or by a body that delegates to itself
        int own = frame instanceof Gen ? inBody ? 0 : 1 : hot ? 2 : 1;
        return WALKER.walk(stack -> elements(program(stack).skip(own), limit));
    }

    private static Stream<StackFrame> program(Stream<StackFrame> stack) {
        return stack.filter(frame -> !Stacks.isMachinery(frame.getClassName()));
    }

    private static List<StackTraceElement> elements(Stream<StackFrame> frames, long limit) {
        return frames.limit(limit).map(StackFrame::toStackTraceElement).toList();
    }

    /** Whether it is the body of a rewritten method; a hot one is called by the method of its name. */
    private static boolean isBody(StackFrame frame) {
        return frame.getDescriptor().contains("$$Frame"); // it takes its frame
    }

    private static boolean isOf(StackTraceElement method, StackFrame frame) {
        return method.getClassName().equals(frame.getClassName()) && method.getMethodName().equals(frame.getMethodName());
    }

    /** {@code frame} has just been suspended, and its state is saved. */
    static void suspended(Frame frame) {
        Watch watch = WATCHES.get(frame);
        if (watch != null) {
            watch.suspended = frame.cleansUpNow() ? description(frame) : null;
        }
        if (Unawaited.RECORDED && frame instanceof Coroutine<?> coroutine) {
            Unawaited.started(coroutine); // or the record would keep it
        }
    }

    private static String description(Frame frame) {
        return (frame instanceof AsyncGen ? "asynchronous generator" : frame.kind()) + " was never closed: " + frame;
    }

    /** {@code frame} runs again. */
    static void resumed(Frame frame) {
        Watch watch = WATCHES.get(frame);
        if (watch != null) {
            watch.suspended = null;
        }
    }

    /** A hook will see to it that {@code gen} is closed, or report that it was not. */
    static void hooked(AsyncGen<?> gen) {
        WATCHES.remove(gen);
    }
}
