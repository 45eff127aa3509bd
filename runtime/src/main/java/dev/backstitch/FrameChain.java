package dev.backstitch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads chains of frames: the trace elements of what waits in the heap. */
final class FrameChain {
    private FrameChain() {}

    /** The coroutine that a scheduler drives on the calling thread, or null; set by the schedulers of this runtime. */
    private static volatile Supplier<Coroutine<?>> running = () -> null;

    static void setRunning(Supplier<Coroutine<?>> newRunning) {
        running = newRunning;
    }

    /** The outermost frame that runs of the coroutine that a scheduler drives on this thread now; null for none. */
    static Frame runningNow() {
        Coroutine<?> root = running.get();
        Frame outermost = root == null ? null : outermostRunning(root.current());
        return outermost == null || outermost.phase != Frame.RUNNING ? null : outermost;
    }

    private static Frame outermostRunning(Frame root) {
        Frame outermost = root;
        while (outermost.phase == Frame.WAITING && outermost.link instanceof Frame child) {
            outermost = child;
        }
        return outermost;
    }

    /** The elements of {@code innermost} and of all that wait for it. */
    static List<StackTraceElement> of(Frame innermost) {
        List<StackTraceElement> chain = new ArrayList<>();
        add(chain, innermost);
        return chain;
    }

    /** Adds the elements of {@code innermost} and of all that wait for it. */
    static void add(List<StackTraceElement> to, Frame innermost) {
        if (innermost instanceof SharedGenFrame shared) {
            add(to, shared.gen.leaf());
        }
        for (Frame f = innermost; f != null; f = f.parent()) {
            StackTraceElement where = f.where();
            if (where != null && !Stacks.isMachinery(where.getClassName())) {
                to.add(where);
            }
        }
    }

    /** Whether the first {@code end} elements of {@code trace} end with {@code innermost} and all that wait for it. */
    static boolean endsAt(StackTraceElement[] trace, int end, Frame innermost) {
        List<StackTraceElement> chain = of(innermost);
        int from = end - chain.size();
        boolean same = !chain.isEmpty() && from >= 0;
        for (int i = 0; same && i < chain.size(); i++) {
            same = Stacks.isSameMethod(chain.get(i), trace[from + i]);
        }
        return same;
    }

    /** The elements of {@code root}, which a scheduler drives now on this thread: those that run, then those that wait. */
    static List<StackTraceElement> running(Frame root) {
        StackTraceElement[] here = Stacks.here();
        int scheduler = nextSchedulers(here, 0);
        if (scheduler < here.length && here[scheduler].getMethodName().equals("runningStack")) {
            scheduler = nextSchedulers(here, scheduler + 1); // that is who asks
        }
        List<StackTraceElement> elements = new ArrayList<>();
        Stacks.addProgram(elements, here, scheduler);
        add(elements, outermostRunning(root).parent());
        return elements;
    }

    private static int nextSchedulers(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && !Stacks.isSchedulers(trace, i)) {
            i++;
        }
        return i;
    }
}
