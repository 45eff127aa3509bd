package dev.backstitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Makes stack traces read like the program: each delegating or awaiting frame at the line where it waits, in order, with
 * no machinery in between. Nothing here runs until something is thrown.
 *
 * <p>The JVM fills a trace when the exception is made. From the top, it then shows the bodies that run nested on the Java
 * stack, the driver that runs them, and what called the driver; the frames that wait in the heap are missing. So, when an
 * exception crosses a driver (or when a rewritten body catches it), that driver's frames in the trace are replaced by the
 * elements of the waiting frames. Drivers are crossed from the top down, one at a time.
 *
 * <p>Which driver of the trace is being crossed is never guessed: all that is below it on the stack now is below it in the
 * trace too, frame by frame. A trace that does not end like that was made elsewhere or is complete already.
 */
final class Traces {
    private Traces() {}

    /** {@code -Dbackstitch.traces=raw} leaves every trace as the JVM made it. */
    private static final boolean RAW = "raw".equals(System.getProperty("backstitch.traces"));

    private static final String FRAME = "dev.backstitch.Frame";
    private static final String GEN = "dev.backstitch.Gen";

    /** How many later awaiters of one failure are recorded on it. */
    private static final int MAX_AWAITERS = 8;

    /**
     * A trace as long as the JVM's own may be gets no more awaiters. Each would copy it again, and a failure may pass through
     * any number of tasks.
     */
    private static final int MAX_FRAMES = 1_024;

    private static boolean isFull(Throwable exception) {
        return exception.getStackTrace().length >= MAX_FRAMES;
    }

    // ---------------------------------------------------------------- where nothing may fail

    private static final int CROSSING = 0;
    private static final int CAUGHT = 1;
    private static final int ENTERING = 2;
    private static final int ENTERING_FROM_LOOP = 3;
    private static final int DELIVERING = 4;
    private static final int AWAITED = 5;
    private static final int APPEND_CALLER = 6;

    /**
     * All work on traces that goes on between a program's throw and its handler. The heap may be full, the stack too, and
     * the exception's class may answer as it likes: the trace is then left as it is, and the program never sees why.
     */
    private static void work(int what, Throwable exception, Frame frame, Object source) {
        try {
            switch (what) {
                case CROSSING -> cross(exception, frame);
                case CAUGHT -> complete(exception, frame);
                case ENTERING -> enter(exception, frame);
                case ENTERING_FROM_LOOP -> enterFromLoop(exception, frame);
                case DELIVERING -> deliver(exception, frame);
                case APPEND_CALLER -> addCaller(exception);
                default -> addAwaiter(exception, frame, source);
            }
        } catch (Throwable failed) {
            // the program's own exception goes on
        }
    }

    // ---------------------------------------------------------------- what an exception passes

    /** {@code exception} leaves the driver that ran {@code bottom}, the outermost frame on its part of the Java stack. */
    static void crossing(Throwable exception, Frame bottom) {
        work(CROSSING, exception, bottom, null);
    }

    private static void cross(Throwable exception, Frame bottom) {
        if (RAW) {
            return;
        }
        StackTraceElement[] trace = exception.getStackTrace();
        if (trace.length == 0) {
            return; // it has no trace by choice
        }
        StackTraceElement[] here = here();
        int below = here.length - nextDriver(here, 0);
        if (isBelow(here, below, trace)) {
            replaceDriver(exception, trace, trace.length - below, bottom.parent);
        }
    }

    /** A handler in the body of {@code frame}, which is running, has caught {@code exception}. */
    static void caught(Throwable exception, Frame frame) {
        work(CAUGHT, exception, frame, null);
    }

    private static void complete(Throwable exception, Frame frame) {
        if (RAW) {
            return;
        }
        StackTraceElement[] trace = exception.getStackTrace();
        StackTraceElement[] here = here();
        if (trace.length == 0) {
            if (exception instanceof GeneratorExit) {
                int driver = nextDriver(here, 0);
                exception.setStackTrace(join(chain(frame), here, below(here, driver + 1)));
            }
            return;
        }
        int driver = nextDriver(here, 0);
        int below = here.length - driver;
        if (!isBelow(here, below, trace)) {
            return;
        }
        Frame bottom = frame;
        while (bottom.parent != null && bottom.parent.phase == Frame.RUNNING) {
            bottom = bottom.parent;
        }
        if (isFrom(here, driver, bottom)) {
            replaceDriver(exception, trace, trace.length - below, bottom.parent);
        }
    }

    private static void replaceDriver(
            Throwable exception, StackTraceElement[] trace, int driver, Frame waiting) {
        List<StackTraceElement> upper = new ArrayList<>(trace.length + 8);
        addProgram(upper, trace, driver);
        addChain(upper, waiting);
        exception.setStackTrace(join(upper, trace, below(trace, driver + 1)));
    }

    // ---------------------------------------------------------------- exceptions that come in from outside

    /**
     * {@code exception} is about to be thrown, by a caller of this runtime, into the suspended chain of {@code root}. An
     * exit is raised in the root itself, once all that the root waits for was closed by exits of its own (PEP 380).
     */
    static void entering(Throwable exception, Frame root) {
        work(ENTERING, exception, root, null);
    }

    private static void enter(Throwable exception, Frame root) {
        if (!RAW && !isFull(exception)) {
            StackTraceElement[] here = here();
            extend(exception, chain(raising(exception, root)), here, below(here, 0));
        }
    }

    private static Frame raising(Throwable exception, Frame root) {
        if (exception instanceof GeneratorExit) {
            return root instanceof AsyncGenOperation<?> && root.link instanceof AsyncGen<?> gen ? gen : root;
        }
        return root.leaf == null ? root : root.leaf;
    }

    /**
     * As {@link #entering}, when a scheduler throws it: nothing below is the program's. Costs no walk of the stack for an
     * exception without a trace, of which a cancellation makes one for each task.
     */
    static void enteringFromLoop(Throwable exception, Frame root) {
        work(ENTERING_FROM_LOOP, exception, root, null);
    }

    private static void enterFromLoop(Throwable exception, Frame root) {
        if (RAW || exception.getStackTrace().length > 0) {
            entering(exception, root);
        } else {
            exception.setStackTrace(
                    chain(root.leaf == null ? root : root.leaf).toArray(new StackTraceElement[0]));
        }
    }

    /** The driver itself is about to throw {@code exception} into the suspended {@code leaf}. */
    static void delivering(Throwable exception, Frame leaf) {
        work(DELIVERING, exception, leaf, null);
    }

    private static void deliver(Throwable exception, Frame leaf) {
        if (!RAW) {
            StackTraceElement[] here = here();
            extend(exception, chain(leaf), here, below(here, nextDriver(here, 0) + 1));
        }
    }

    /**
     * {@code failure} of {@code source}, which others may await as well, is delivered to {@code awaiter}; null is a hot
     * coroutine that has no frame yet. The first awaiter's chain is put below the origin's frames; a later one is
     * recorded beside them, so that none is lost.
     */
    static void awaited(Throwable failure, Frame awaiter, Object source) {
        work(AWAITED, failure, awaiter, source);
    }

    private static void addAwaiter(Throwable failure, Frame awaiter, Object source) {
        if (RAW || !(source instanceof Promise || source instanceof CompletionStage) || isFull(failure)) {
            return;
        }
        StackTraceElement[] here = here();
        boolean running = awaiter == null || awaiter.phase == Frame.RUNNING;
        List<StackTraceElement> chain = running ? List.of() : chain(awaiter);
        int rest = below(here, running ? 0 : nextDriver(here, 0) + 1);
        if (SharedFailures.continues(failure, source, awaiter)) {
            extend(failure, chain, here, rest);
        } else if (awaiters(failure) < MAX_AWAITERS) {
            AwaitedAt record = new AwaitedAt();
            record.setStackTrace(join(chain, here, rest));
            if (running && awaiter != null) {
                caught(record, awaiter);
            }
            failure.addSuppressed(record);
        }
    }

    /** Takes the machinery and the body on top of it off the trace of {@code made}, which stands for what left that body. */
    static void withoutBody(Throwable made) {
        StackTraceElement[] trace = made.getStackTrace();
        int body = 0;
        while (body < trace.length && isMachinery(trace[body].getClassName())) {
            body++;
        }
        if (!RAW && body < trace.length) {
            made.setStackTrace(Arrays.copyOfRange(trace, body + 1, trace.length));
        }
    }

    private static int awaiters(Throwable failure) {
        int count = 0;
        for (Throwable suppressed : failure.getSuppressed()) {
            count += suppressed instanceof AwaitedAt ? 1 : 0;
        }
        return count;
    }

    /** See {@link Driver#appendCaller}. */
    static void appendCaller(Throwable failure) {
        work(APPEND_CALLER, failure, null, null);
    }

    private static void addCaller(Throwable failure) {
        if (!RAW) {
            StackTraceElement[] here = here();
            int caller = 0;
            while (caller < here.length && isMachinery(here[caller].getClassName()) && !isDriver(here, caller)) {
                caller++;
            }
            extend(failure, List.of(), here, caller);
        }
    }

    /**
     * Gives {@code exception} the trace: where it came from, then {@code chain}, then {@code here} from {@code rest} on.
     * Where it came from is what its trace does not share with the stack here, without machinery.
     */
    private static void extend(
            Throwable exception, List<StackTraceElement> chain, StackTraceElement[] here, int rest) {
        StackTraceElement[] trace = exception.getStackTrace();
        int shared = 0;
        while (shared < trace.length
                && shared < here.length
                && trace[trace.length - 1 - shared].equals(here[here.length - 1 - shared])) {
            shared++;
        }
        int end = trace.length - shared;
        boolean sameActivation = shared > 0
                && end > 0
                && shared < here.length
                && isSameMethod(trace[end - 1], here[here.length - shared - 1]);
        List<StackTraceElement> upper = new ArrayList<>(end + chain.size());
        addProgram(upper, trace, end);
        if (sameActivation && !upper.isEmpty()) {
            // The frame in which the two part is on both. Where that is a driver, it is the one that the driver runs.
            StackTraceElement next = !chain.isEmpty() ? chain.get(0) : rest < here.length ? here[rest] : null;
            boolean driver = isMachinery(trace[end - 1].getClassName());
            if (!driver || next != null && isSameMethod(upper.get(upper.size() - 1), next)) {
                upper.remove(upper.size() - 1);
            }
        }
        upper.addAll(chain);
        exception.setStackTrace(join(upper, here, rest));
    }

    // ---------------------------------------------------------------- reading traces

    private static StackTraceElement[] here() {
        return new Throwable().getStackTrace();
    }

    /** Whether frames of {@code className} are ours and not the program's. */
    static boolean isMachinery(String className) {
        if (!className.startsWith("dev.backstitch.")) {
            return className.contains("$$Frame");
        }
        String rest = className.substring("dev.backstitch.".length());
        return rest.indexOf('.') < 0
                || rest.startsWith("loop.")
                || rest.startsWith("sync.")
                || rest.startsWith("io.")
                || rest.startsWith("compat.")
                || rest.contains("$$Frame");
    }

    /**
     * Whether {@code trace[i]} runs bodies: {@code Frame.drive} or {@code Gen.advanceFrom}, or the {@code hasNext} of a
     * generator, or its part {@code $step}, where it does not call any of those.
     */
    private static boolean isDriver(StackTraceElement[] trace, int i) {
        String type = trace[i].getClassName();
        return switch (trace[i].getMethodName()) {
            case "drive" -> type.equals(FRAME);
            case "advanceFrom" -> type.equals(GEN);
            case "hasNext", "$step" -> (type.equals(GEN) || type.contains("$$Frame"))
                    && (i == 0 || !callsDriver(trace[i - 1]));
            default -> false;
        };
    }

    private static boolean callsDriver(StackTraceElement callee) {
        return switch (callee.getMethodName()) {
            case "hasNextElsewhere", "settle" -> callee.getClassName().equals(GEN);
            case "$step" -> callee.getClassName().contains("$$Frame");
            default -> false;
        };
    }

    private static int nextDriver(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && !isDriver(trace, i)) {
            i++;
        }
        return i;
    }

    /** Whether {@code trace} ends as {@code here} does, in {@code count} frames of which the topmost is a driver. */
    private static boolean isBelow(StackTraceElement[] here, int count, StackTraceElement[] trace) {
        int driver = trace.length - count;
        return count > 0
                && driver > 0
                && isDriver(trace, driver)
                && Arrays.equals(
                        trace, driver + 1, trace.length, here, here.length - count + 1, here.length);
    }

    /**
     * Where the program goes on below the machinery at {@code from}: its next frame, or the next driver, whose turn is
     * yet to come. Below a scheduler's driver stands the loop, which has nothing to do with why the code runs: the end.
     */
    private static int below(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && isMachinery(trace[i].getClassName()) && !isDriver(trace, i)) {
            if (trace[i].getClassName().equals("dev.backstitch.Driver")) {
                return trace.length;
            }
            i++;
        }
        return i;
    }

    /** Whether the driver at {@code driver} runs the body of {@code frame}, and not a body further down the stack. */
    private static boolean isFrom(StackTraceElement[] trace, int driver, Frame frame) {
        StackTraceElement own = frame.where();
        if (own == null) {
            return true;
        }
        int i = driver - 1;
        while (i >= 0 && isMachinery(trace[i].getClassName())) {
            i--;
        }
        return i >= 0 && isSameMethod(own, trace[i]);
    }

    private static boolean isSameMethod(StackTraceElement a, StackTraceElement b) {
        return a.getClassName().equals(b.getClassName()) && a.getMethodName().equals(b.getMethodName());
    }

    private static void addProgram(List<StackTraceElement> to, StackTraceElement[] trace, int end) {
        StackTraceElement above = null;
        for (int i = 0; i < end; i++) {
            StackTraceElement e = trace[i];
            if (!isMachinery(e.getClassName()) && !isStub(e, above)) {
                to.add(e);
                above = e;
            }
        }
    }

    /** Whether {@code e} is the method that a hot body's caller called, and {@code above} the body: only that has lines. */
    private static boolean isStub(StackTraceElement e, StackTraceElement above) {
        return e.getLineNumber() < 0 && above != null && above.getLineNumber() >= 0 && isSameMethod(e, above);
    }

    private static StackTraceElement[] join(List<StackTraceElement> upper, StackTraceElement[] lower, int from) {
        StackTraceElement[] both = upper.toArray(new StackTraceElement[upper.size() + lower.length - from]);
        System.arraycopy(lower, from, both, upper.size(), lower.length - from);
        return both;
    }

    // ---------------------------------------------------------------- reading frames

    /** The elements of {@code innermost} and of all that wait for it. */
    static List<StackTraceElement> chain(Frame innermost) {
        List<StackTraceElement> chain = new ArrayList<>();
        addChain(chain, innermost);
        return chain;
    }

    /** The elements of {@code root}, which a scheduler drives now on this thread: those that run, then those that wait. */
    static List<StackTraceElement> running(Frame root) {
        Frame outermost = root;
        while (outermost.phase == Frame.WAITING && outermost.link instanceof Frame child) {
            outermost = child;
        }
        StackTraceElement[] here = here();
        int scheduler = 0;
        while (scheduler < here.length && !here[scheduler].getClassName().equals("dev.backstitch.Driver")) {
            scheduler++;
        }
        if (scheduler < here.length && here[scheduler].getMethodName().equals("runningStack")) {
            scheduler++; // that is who asks
            while (scheduler < here.length && !here[scheduler].getClassName().equals("dev.backstitch.Driver")) {
                scheduler++;
            }
        }
        List<StackTraceElement> elements = new ArrayList<>();
        addProgram(elements, here, scheduler);
        addChain(elements, outermost.parent);
        return elements;
    }

    private static void addChain(List<StackTraceElement> to, Frame innermost) {
        if (innermost instanceof SharedGenFrame shared) {
            addChain(to, shared.gen.leaf == null ? shared.gen : shared.gen.leaf);
        }
        for (Frame f = innermost; f != null; f = f.parent) {
            StackTraceElement where = f.where();
            if (where != null && !isMachinery(where.getClassName())) {
                to.add(where);
            }
        }
    }

    /** Recorded on a failure that more than one coroutine awaits: where one of the later ones did. */
    static final class AwaitedAt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwaitedAt() {
            super("also awaited at", null, false, true);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
