package dev.backstitch;

import java.util.Arrays;
import java.util.List;

/**
 * Reads Java stacks: which of their frames are the program's, and where one part of them ends that runs without a break.
 *
 * <p>The bottom of such a part is a <em>driver</em>, which has a frame's body run; or the <em>call of a hot coroutine</em>,
 * whose body runs as its caller's. Within a part the bodies are nested on the Java stack; below a driver, more of them may
 * wait in the heap.
 */
final class Stacks {
    private Stacks() {}

    private static final String CHAIN_DRIVER = "dev.backstitch.ChainDriver";
    private static final String GEN = "dev.backstitch.Gen";
    private static final String PULL_DRIVER = "dev.backstitch.PullDriver";
    private static final String SCHEDULERS_DRIVER = "dev.backstitch.Driver";

    /** By what line, which is beyond those of most sources, the rewriter marks a method that calls a body without lines. */
    private static final int HOT_CALL = 65_535;

    /** The JVM's limit for the traces it fills, {@code MaxJavaStackTraceDepth}. */
    static final int MAX_FRAMES = 1_024;

    /** A trace may be this much shorter than the limit and still not show the whole stack: something was taken off its top. */
    private static final int MARGIN = 64;

    static StackTraceElement[] here() {
        return new Throwable().getStackTrace();
    }

    // ---------------------------------------------------------------- what a frame is

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
                || rest.startsWith("testing.") && !isTest(rest)
                || rest.startsWith("compat.")
                || rest.contains("$$Frame");
    }

    /** Whether the class is one of the test kit's own tests, which are programs. */
    private static boolean isTest(String className) {
        int nested = className.indexOf('$');
        return (nested < 0 ? className : className.substring(0, nested)).endsWith("Test");
    }

    /** Whether {@code trace[i]} is what a scheduler calls to have a coroutine driven. */
    static boolean isSchedulers(StackTraceElement[] trace, int i) {
        return trace[i].getClassName().equals(SCHEDULERS_DRIVER);
    }

    /**
     * Whether {@code trace[i]} runs bodies: {@code ChainDriver.drive} or {@code PullDriver.advanceFrom}, or the {@code hasNext} of a
     * generator, or its part {@code $step}, where it does not call any of those.
     */
    static boolean isDriver(StackTraceElement[] trace, int i) {
        String type = trace[i].getClassName();
        return switch (trace[i].getMethodName()) {
            case "drive" -> type.equals(CHAIN_DRIVER);
            case "advanceFrom" -> type.equals(PULL_DRIVER);
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

    /** Whether the driver at {@code i} runs the body of a root, below which nothing waits in the heap. */
    private static boolean runsRoot(StackTraceElement driver) {
        return !driver.getMethodName().equals("drive") && !driver.getMethodName().equals("advanceFrom");
    }

    /**
     * Whether {@code trace[i]} is the method that a hot body's caller called, and above it the body. Only the body has lines;
     * where there are none in the class file, what was called has the line {@link #HOT_CALL}, and nothing else has one.
     */
    static boolean isHotCall(StackTraceElement[] trace, int i) {
        if (i == 0 || !isSameMethod(trace[i], trace[i - 1])) {
            return false;
        }
        int line = trace[i].getLineNumber();
        int above = trace[i - 1].getLineNumber();
        return line == HOT_CALL ? above < 0 : line < 0 && above >= 0 && above != HOT_CALL;
    }

    static boolean isSameMethod(StackTraceElement a, StackTraceElement b) {
        return a.getClassName().equals(b.getClassName()) && a.getMethodName().equals(b.getMethodName());
    }

    // ---------------------------------------------------------------- where parts end

    static int nextDriver(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && !isDriver(trace, i)) {
            i++;
        }
        return i;
    }

    /** The next driver or call of a hot coroutine. */
    static int nextBottom(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && !isDriver(trace, i) && !isHotCall(trace, i)) {
            i++;
        }
        return i;
    }

    /**
     * Where the program goes on below the machinery at {@code from}: its next frame, or the next driver, whose turn is
     * yet to come. Below a scheduler's driver stands the loop, which has nothing to do with why the code runs: the end.
     */
    static int below(StackTraceElement[] trace, int from) {
        int i = from;
        while (i < trace.length && isMachinery(trace[i].getClassName()) && !isDriver(trace, i)) {
            if (isSchedulers(trace, i)) {
                return trace.length;
            }
            i++;
        }
        return i;
    }

    /** The topmost frame of the program, or the topmost driver. */
    static int firstProgram(StackTraceElement[] here) {
        int i = 0;
        while (i < here.length && isMachinery(here[i].getClassName()) && !isDriver(here, i)) {
            i++;
        }
        return i;
    }

    /** Whether the driver at {@code driver} runs the body of {@code frame}, and not a body further down the stack. */
    static boolean isFrom(StackTraceElement[] trace, int driver, Frame frame) {
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

    // ---------------------------------------------------------------- comparing two stacks

    /** Whether the JVM may have left out the lowest frames. */
    static boolean mayBeCut(StackTraceElement[] trace) {
        return trace.length >= MAX_FRAMES - MARGIN;
    }

    /**
     * Where {@code trace} shows the very frame that {@code here} has at {@code bottom}; -1 if it does not. This is never
     * guessed: all that is below it here is below it there, frame by frame. Where a trace may be cut, the frame is the first
     * bottom in it, since parts are completed from the top down, and as much is compared as both show.
     */
    static int find(StackTraceElement[] trace, StackTraceElement[] here, int bottom) {
        if (bottom == here.length) {
            return -1;
        }
        boolean cut = mayBeCut(trace) || mayBeCut(here);
        int at = cut ? nextBottom(trace, 0) : trace.length - (here.length - bottom);
        return at > 0
                        && at < trace.length
                        && isSameBottom(trace, at, here, bottom)
                        && goOnAlike(trace, at + 1, here, bottom + 1, cut)
                ? at
                : -1;
    }

    private static boolean isSameBottom(StackTraceElement[] trace, int at, StackTraceElement[] here, int bottom) {
        return isDriver(here, bottom)
                ? isDriver(trace, at)
                : trace[at].equals(here[bottom]) && isSameMethod(trace[at], trace[at - 1]);
    }

    /** Whether {@code a} from {@code i} on equals {@code b} from {@code k} on; if {@code cut}, one may end before the other. */
    private static boolean goOnAlike(StackTraceElement[] a, int i, StackTraceElement[] b, int k, boolean cut) {
        int count = cut ? Math.min(a.length - i, b.length - k) : a.length - i;
        return count <= b.length - k && Arrays.equals(a, i, i + count, b, k, cut ? k + count : b.length);
    }

    /** Whether {@code trace} from {@code from} on shows what {@code callers} does, as far as neither is cut. */
    static boolean startAlike(StackTraceElement[] trace, int from, List<StackTraceElement> callers) {
        return goOnAlike(trace, from, callers.toArray(new StackTraceElement[0]), 0, true);
    }

    /**
     * How two stacks part.
     *
     * @param trace how many of the topmost frames of the one are not on the other
     * @param here how many of the other's are not on the one
     */
    record Parting(int trace, int here) {}

    /** How {@code trace} and {@code here}, of the same thread, part. */
    static Parting part(StackTraceElement[] trace, StackTraceElement[] here) {
        if (mayBeCut(trace) && mayBeCut(here)) {
            for (int both = 0; both <= 2 * MARGIN; both++) {
                for (int own = 0; own <= both; own++) {
                    if (goOnAlike(trace, own, here, both - own, true)) {
                        return new Parting(own, both - own);
                    }
                }
            }
        }
        int shared = 0;
        while (shared < trace.length
                && shared < here.length
                && isSameLine(trace[trace.length - 1 - shared], here[here.length - 1 - shared])) {
            shared++;
        }
        return new Parting(trace.length - shared, here.length - shared);
    }

    /** Whether the two stand for the same place; elements of frames in the heap do not say which loader has the class. */
    private static boolean isSameLine(StackTraceElement a, StackTraceElement b) {
        return a.getLineNumber() == b.getLineNumber() && isSameMethod(a, b);
    }

    // ---------------------------------------------------------------- what the program shows

    /** Adds the program's frames of the first {@code end} of {@code trace}. */
    static void addProgram(List<StackTraceElement> to, StackTraceElement[] trace, int end) {
        for (int i = 0; i < end; i++) {
            if (!isMachinery(trace[i].getClassName()) && !isHotCall(trace, i)) {
                to.add(trace[i]);
            }
        }
    }

    /**
     * Adds the program's frames of {@code stack} from {@code from} on, with those that wait in the heap, as long as it is
     * known which those are: below a generator that does not delegate none, and below the coroutine that the scheduler of this
     * thread runs now its awaiters. From the first driver of another kind on, all is left as it is, for when an exception
     * crosses that.
     */
    static void addKnown(List<StackTraceElement> to, StackTraceElement[] stack, int from) {
        for (int i = from; i < stack.length; i++) {
            if (isDriver(stack, i) && !runsRoot(stack[i])) {
                Frame outermost = below(stack, i + 1) == stack.length ? FrameChain.runningNow() : null;
                if (outermost != null && isFrom(stack, i, outermost)) {
                    FrameChain.add(to, outermost.parent());
                } else {
                    to.addAll(Arrays.asList(stack).subList(i, stack.length));
                }
                return;
            }
            if (!isMachinery(stack[i].getClassName()) && !isHotCall(stack, i)) {
                to.add(stack[i]);
            }
        }
    }
}
