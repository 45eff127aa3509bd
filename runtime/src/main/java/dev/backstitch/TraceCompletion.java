package dev.backstitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@link Traces} does with an exception that passes a driver, a handler, or the end of a hot coroutine's first run. */
final class TraceCompletion {
    private TraceCompletion() {}

    /** See {@link Traces#crossing}. */
    static void cross(Throwable exception, Frame bottom) {
        StackTraceElement[] trace = exception.getStackTrace();
        if (trace.length == 0) {
            return; // it has no trace by choice
        }
        StackTraceElement[] here = Stacks.here();
        int driver = Stacks.nextDriver(here, 0);
        int at = Stacks.find(trace, here, driver);
        if (at >= 0) {
            replaceBottom(exception, trace, at, bottom, here, driver);
        } else {
            changeCallers(exception, trace, bottom, here, driver);
        }
    }

    /** See {@link Traces#caught}. */
    static void complete(Throwable exception, Frame frame) {
        StackTraceElement[] trace = exception.getStackTrace();
        if (trace.length == 0 && (frame == null || !(exception instanceof GeneratorExit))) {
            return;
        }
        StackTraceElement[] here = Stacks.here();
        int lowest = Stacks.nextBottom(here, 0);
        if (trace.length == 0) {
            List<StackTraceElement> own = FrameChain.of(frame);
            set(exception, own, below(own.size(), here, lowest), frame);
            return;
        }
        int at = Stacks.find(trace, here, lowest);
        if (at < 0) {
            return;
        }
        if (!Stacks.isDriver(here, lowest)) {
            replaceBottom(exception, trace, at, null, here, lowest);
            return;
        }
        Frame bottom = frame;
        while (bottom != null && bottom.parent() != null && bottom.parent().phase == Frame.RUNNING) {
            bottom = bottom.parent();
        }
        if (bottom != null && Stacks.isFrom(here, lowest, bottom)) {
            replaceBottom(exception, trace, at, bottom, here, lowest);
        }
    }

    /** See {@link Traces#leavingHot}. */
    static void leaveHot(Throwable exception) {
        StackTraceElement[] trace = exception.getStackTrace();
        StackTraceElement[] here = Stacks.here();
        int call = Stacks.firstProgram(here);
        int at = trace.length == 0 ? -1 : Stacks.find(trace, here, call);
        if (at >= 0) {
            replaceBottom(exception, trace, at, null, here, call);
        } else {
            noteCallers(exception, trace, here, call);
        }
        OwnParts.noteEnd(exception);
    }

    /** Notes who in {@code trace}, which is complete, has called the hot coroutine whose call is at {@code call}. */
    private static void noteCallers(Throwable exception, StackTraceElement[] trace, StackTraceElement[] here, int call) {
        List<StackTraceElement> callers = below(0, here, call);
        int size = trace.length - callers.size();
        if (size > 0 && Stacks.part(trace, callers.toArray(new StackTraceElement[0])).trace() == size) {
            OwnParts.note(exception, size, trace.length, null);
        }
    }

    /**
     * Shows what waits for {@code outermost}, the lowest frame that runs here, or null under the call of a hot coroutine, in
     * the place of what is at {@code at} in the trace and at {@code bottom} on the stack.
     */
    private static void replaceBottom(
            Throwable exception,
            StackTraceElement[] trace,
            int at,
            Frame outermost,
            StackTraceElement[] here,
            int bottom) {
        List<StackTraceElement> own = new ArrayList<>(trace.length + 8);
        Stacks.addProgram(own, trace, at);
        FrameChain.add(own, outermost == null ? null : outermost.parent());
        set(exception, own, below(own.size(), here, bottom), outermost);
    }

    /**
     * The trace, complete already, may be so for who drove the chain of {@code bottom} before: a {@code finally} has suspended
     * since. Then it gets who drives it now.
     */
    private static void changeCallers(
            Throwable exception, StackTraceElement[] trace, Frame bottom, StackTraceElement[] here, int driver) {
        int noted = OwnParts.sizeOf(exception, trace.length);
        boolean cut = Stacks.mayBeCut(trace) || Stacks.mayBeCut(here);
        if (cut && !OwnParts.isOf(exception, bottom)) {
            return; // frames of its callers, between this driver and the one it has crossed, were cut off
        }
        List<StackTraceElement> callers = below(cut ? noted : 0, here, driver);
        if (cut) {
            if (!Stacks.startAlike(trace, noted, callers)) {
                set(exception, Arrays.asList(trace).subList(0, noted), callers, bottom);
            }
            return;
        }
        int size = trace.length - callers.size();
        if (callers.isEmpty() && noted == trace.length) {
            return;
        }
        if (!callers.isEmpty() && Stacks.part(trace, callers.toArray(new StackTraceElement[0])).trace() == size) {
            OwnParts.note(exception, size, trace.length, bottom); // it shows them already
            return;
        }
        if (Stacks.nextDriver(trace, 0) >= noted && FrameChain.endsAt(trace, noted, bottom)) {
            set(exception, Arrays.asList(trace).subList(0, noted), callers, bottom);
        }
    }

    /** What to show below the {@code own} frames of what the driver, or the call of a hot coroutine, at {@code bottom} runs. */
    private static List<StackTraceElement> below(int own, StackTraceElement[] here, int bottom) {
        int from = Stacks.below(here, bottom + 1);
        if (Stacks.mayBeCut(here)) {
            // As it is, the next driver is found again, with more below it; what is taken off now would make room for nothing.
            int room = Math.max(0, Math.max(Stacks.MAX_FRAMES, here.length) - own);
            return Arrays.asList(here).subList(from, Math.min(here.length, from + room));
        }
        List<StackTraceElement> below = new ArrayList<>();
        Stacks.addKnown(below, here, from);
        return below;
    }

    /** Sets the trace: {@code own}, of the chain of {@code frame}, null where that is not known, then {@code below}. */
    static void set(
            Throwable exception, List<StackTraceElement> own, List<StackTraceElement> below, Frame frame) {
        List<StackTraceElement> all = new ArrayList<>(own.size() + below.size());
        all.addAll(own);
        all.addAll(below);
        exception.setStackTrace(all.toArray(new StackTraceElement[0]));
        OwnParts.note(exception, own.size(), all.size(), frame);
    }
}
