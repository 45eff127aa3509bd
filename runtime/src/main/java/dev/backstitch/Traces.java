package dev.backstitch;

import java.util.Arrays;

/**
 * Makes stack traces read like the program: each delegating or awaiting frame at the line where it waits, in order, with
 * no machinery in between. Nothing here runs until something is thrown.
 *
 * <p>The JVM fills a trace when the exception is made. From the top, it then shows the bodies that run nested on the Java
 * stack, the driver that runs them, and what called the driver; the frames that wait in the heap are missing. So, when an
 * exception crosses a driver (or when a rewritten body catches it, or ends with it before it has one), that driver's frames
 * in the trace are replaced by the elements of the waiting frames. Drivers are crossed from the top down, one at a time;
 * those below one are replaced at once, where it is known what waits there.
 *
 * <p>A trace that does not end as the stack does now was made elsewhere or is complete already; {@link Stacks#find}.
 */
final class Traces {
    private Traces() {}

    /** {@code -Dbackstitch.traces=raw} leaves every trace as the JVM made it. */
    private static final boolean RAW = "raw".equals(System.getProperty("backstitch.traces"));

    // ---------------------------------------------------------------- where nothing may fail

    private static final int CROSSING = 0;
    private static final int CAUGHT = 1;
    private static final int ENTERING = 2;
    private static final int ENTERING_FROM_LOOP = 3;
    private static final int DELIVERING = 4;
    private static final int AWAITED = 5;
    private static final int APPEND_CALLER = 6;
    private static final int LEAVING_HOT = 7;

    /**
     * All work on traces that goes on between a program's throw and its handler. The heap may be full, the stack too, and
     * the exception's class may answer as it likes: the trace is then left as it is, and the program never sees why.
     */
    private static void work(int what, Throwable exception, Frame frame, Object source) {
        if (RAW) {
            return;
        }
        try {
            switch (what) {
                case CROSSING -> TraceCompletion.cross(exception, frame);
                case CAUGHT -> TraceCompletion.complete(exception, frame);
                case ENTERING -> TraceExtension.enter(exception, frame);
                case ENTERING_FROM_LOOP -> TraceExtension.enterFromLoop(exception, frame);
                case DELIVERING -> TraceExtension.deliver(exception, frame);
                case APPEND_CALLER -> TraceExtension.addCaller(exception);
                case LEAVING_HOT -> TraceCompletion.leaveHot(exception);
                default -> TraceExtension.addAwaiter(exception, frame, source);
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

    /** A handler in a body has caught {@code exception}; {@code frame} is the nearest that runs, null under a hot call. */
    static void caught(Throwable exception, Frame frame) {
        work(CAUGHT, exception, frame, null);
    }

    /** {@code exception} ended the body of a hot coroutine on its caller's stack; called by what that caller called. */
    static void leavingHot(Throwable exception) {
        work(LEAVING_HOT, exception, null, null);
    }

    // ---------------------------------------------------------------- exceptions that come in from outside

    /**
     * {@code exception} is about to be thrown, by a caller of this runtime, into the suspended chain of {@code root}. An
     * exit is raised in the root itself, once all that the root waits for was closed by exits of its own (PEP 380).
     */
    static void entering(Throwable exception, Frame root) {
        work(ENTERING, exception, root, null);
    }

    /**
     * As {@link #entering}, when a scheduler throws it: nothing below is the program's. Costs no walk of the stack for an
     * exception without a trace, of which a cancellation makes one for each task.
     */
    static void enteringFromLoop(Throwable exception, Frame root) {
        work(ENTERING_FROM_LOOP, exception, root, null);
    }

    /** The driver itself is about to throw {@code exception} into the suspended {@code leaf}. */
    static void delivering(Throwable exception, Frame leaf) {
        work(DELIVERING, exception, leaf, null);
    }

    /**
     * {@code failure} of {@code source}, which others may await as well, is delivered to {@code awaiter}; null is a hot
     * coroutine that has no frame yet. The first awaiter's chain is put below the origin's frames; a later one is
     * recorded beside them, so that none is lost.
     */
    static void awaited(Throwable failure, Frame awaiter, Object source) {
        work(AWAITED, failure, awaiter, source);
    }

    /** Takes the machinery and the body on top of it off the trace of {@code made}, which stands for what left that body. */
    static void withoutBody(Throwable made) {
        StackTraceElement[] trace = made.getStackTrace();
        int body = 0;
        while (body < trace.length && Stacks.isMachinery(trace[body].getClassName())) {
            body++;
        }
        if (!RAW && body < trace.length) {
            made.setStackTrace(Arrays.copyOfRange(trace, body + 1, trace.length));
        }
    }

    /** See {@link Driver#appendCaller}. */
    static void appendCaller(Throwable failure) {
        work(APPEND_CALLER, failure, null, null);
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
