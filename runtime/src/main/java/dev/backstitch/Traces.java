package dev.backstitch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;

/**
 * Makes stack traces read like the program: each delegating or awaiting frame at the line where it waits, in order, with
 * no machinery in between. Nothing here runs until something is thrown.
 *
 * <p>The JVM fills a trace when the exception is made. It then shows the bodies that run nested on the Java stack, the
 * driver's frames, and what called the driver; the frames that wait in the heap are missing. So, once for each driver an
 * exception crosses (or when a rewritten body catches it), the topmost driver's frames are replaced by the elements of
 * the waiting frames, which the chain of {@link Frame#parent} links and each frame's state give.
 */
final class Traces {
    private Traces() {}

    /** {@code -Dbackstitch.traces=raw} leaves every trace as the JVM made it. */
    private static final boolean RAW = "raw".equals(System.getProperty("backstitch.traces"));

    /** Failures of shared promises that have been spliced to their first awaiter's chain. */
    private static final Map<Throwable, Boolean> AWAITED = Collections.synchronizedMap(new WeakHashMap<>());

    /** How many later awaiters of one failure are recorded on it. */
    private static final int MAX_AWAITERS = 8;

    /** Whether frames of {@code className} are ours and not the program's. */
    static boolean isMachinery(String className) {
        if (!className.startsWith("dev.backstitch.")) {
            return className.contains("$$Frame");
        }
        String rest = className.substring("dev.backstitch.".length());
        return rest.indexOf('.') < 0 || rest.startsWith("loop.") || rest.startsWith("sync.") || rest.contains("$$Frame");
    }

    private static boolean isDriver(StackTraceElement e) {
        String method = e.getMethodName();
        return method.equals("drive") && e.getClassName().equals("dev.backstitch.Frame")
                || method.equals("advance") && e.getClassName().equals("dev.backstitch.Gen");
    }

    /** {@code exception} leaves the driver that ran {@code bottom}, the outermost frame on its part of the Java stack. */
    static void crossing(Throwable exception, Frame bottom) {
        if (RAW) {
            return;
        }
        StackTraceElement[] spliced = splice(exception.getStackTrace(), bottom);
        if (spliced != null) {
            exception.setStackTrace(spliced);
        }
    }

    /** A handler in the body of {@code frame} has caught {@code exception}. */
    static void caught(Throwable exception, Frame frame) {
        Frame bottom = frame;
        while (bottom.parent != null && bottom.parent.phase == Frame.RUNNING) {
            bottom = bottom.parent;
        }
        crossing(exception, bottom);
    }

    /** The trace with the topmost driver's frames replaced by what waits above {@code bottom}; null when it has none. */
    private static StackTraceElement[] splice(StackTraceElement[] trace, Frame bottom) {
        int boundary = 0;
        StackTraceElement last = null;
        while (boundary < trace.length && !isDriver(trace[boundary])) {
            if (!isMachinery(trace[boundary].getClassName())) {
                last = trace[boundary];
            }
            boundary++;
        }
        if (boundary == trace.length || !isFrom(last, bottom)) {
            return null;
        }
        List<StackTraceElement> result = new ArrayList<>(trace.length + 8);
        for (int i = 0; i < boundary; i++) {
            if (!isMachinery(trace[i].getClassName())) {
                result.add(trace[i]);
            }
        }
        addChain(result, bottom.parent);
        int rest = boundary;
        boolean scheduled = false;
        while (rest < trace.length && isMachinery(trace[rest].getClassName())) {
            scheduled |= trace[rest].getClassName().equals("dev.backstitch.Driver");
            rest++;
        }
        // Below a scheduler's driver stands the loop, which has nothing to do with why this code runs.
        for (int i = rest; i < trace.length && !scheduled; i++) {
            result.add(trace[i]);
        }
        return result.toArray(new StackTraceElement[0]);
    }

    /** Whether the body of {@code frame} made {@code element}: otherwise the driver above it is not the frame's. */
    private static boolean isFrom(StackTraceElement element, Frame frame) {
        StackTraceElement own = frame.where();
        return own == null
                || isMachinery(own.getClassName())
                || element != null
                        && own.getClassName().equals(element.getClassName())
                        && own.getMethodName().equals(element.getMethodName());
    }

    private static void addChain(List<StackTraceElement> to, Frame innermost) {
        for (Frame f = innermost; f != null; f = f.parent) {
            StackTraceElement where = f.where();
            if (where != null && !isMachinery(where.getClassName())) {
                to.add(where);
            }
        }
    }

    /** The elements of {@code frame} and of all that wait for it. */
    static StackTraceElement[] chain(Frame frame) {
        List<StackTraceElement> chain = new ArrayList<>();
        addChain(chain, frame);
        return chain.toArray(new StackTraceElement[0]);
    }

    /** {@code exception} is about to be thrown into the suspended chain of {@code root} from outside. */
    static void entering(Throwable exception, Frame root) {
        if (!RAW) {
            exception.setStackTrace(
                    concat(chain(root.leaf == null ? root : root.leaf), exception.getStackTrace()));
        }
    }

    /**
     * {@code failure} of {@code source}, which others may await as well, is delivered to {@code awaiter}. The first
     * awaiter's chain is put below the origin's frames; a later one is recorded beside them, so that none is lost.
     */
    static void awaited(Throwable failure, Frame awaiter, Object source) {
        if (RAW || !(source instanceof Promise || source instanceof CompletionStage)) {
            return;
        }
        StackTraceElement[] chain;
        if (awaiter == null) {
            chain = withoutMachinery(new Throwable().getStackTrace());
        } else if (awaiter.phase == Frame.RUNNING) {
            Frame bottom = awaiter;
            while (bottom.parent != null && bottom.parent.phase == Frame.RUNNING) {
                bottom = bottom.parent;
            }
            StackTraceElement[] here = new Throwable().getStackTrace();
            StackTraceElement[] spliced = splice(here, bottom);
            chain = withoutMachinery(spliced == null ? here : spliced);
        } else {
            chain = chain(awaiter);
        }
        if (AWAITED.putIfAbsent(failure, true) == null) {
            failure.setStackTrace(concat(withoutMachinery(failure.getStackTrace()), chain));
        } else if (failure.getSuppressed().length < MAX_AWAITERS) {
            failure.addSuppressed(new AwaitedAt(chain));
        }
    }

    /** See {@link Driver#appendCaller}. */
    static void appendCaller(Throwable failure) {
        if (!RAW) {
            failure.setStackTrace(concat(
                    withoutMachinery(failure.getStackTrace()), withoutMachinery(new Throwable().getStackTrace())));
        }
    }

    private static StackTraceElement[] withoutMachinery(StackTraceElement[] trace) {
        List<StackTraceElement> kept = new ArrayList<>(trace.length);
        for (StackTraceElement e : trace) {
            if (!isMachinery(e.getClassName())) {
                kept.add(e);
            }
        }
        return kept.toArray(new StackTraceElement[0]);
    }

    private static StackTraceElement[] concat(StackTraceElement[] upper, StackTraceElement[] lower) {
        StackTraceElement[] both = java.util.Arrays.copyOf(upper, upper.length + lower.length);
        System.arraycopy(lower, 0, both, upper.length, lower.length);
        return both;
    }

    /** Recorded on a failure that more than one coroutine awaits: where one of the later ones did. */
    static final class AwaitedAt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwaitedAt(StackTraceElement[] chain) {
            super("also awaited at", null, false, true);
            setStackTrace(chain);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
