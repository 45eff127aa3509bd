package dev.backstitch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Drives a coroutine without the exceptions of {@link Coroutine#send}: for schedulers. Not thread-safe; a coroutine is
 * driven by one thread at a time.
 */
public final class Driver {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Driver() {}

    /**
     * Starts or resumes {@code coroutine} at its leaf, to its next suspension. Where the leaf waits for a
     * {@link Promise} or stage, that must be done: its value, not {@code value}, is delivered.
     *
     * @param value what the leaf's {@code suspend} returns
     * @return {@link Signal#SUSPENDED} or {@link Signal#YIELDED}, with the request in {@link #request}; else the result
     * @throws Throwable the coroutine's failure
     */
    public static Object resume(Coroutine<?> coroutine, Object value) throws Throwable {
        checkDrivable(coroutine);
        return ended(coroutine, ChainDriver.drive(coroutine, value));
    }

    /** As {@link #resume}, but {@code exception} is thrown where the leaf waits. */
    public static Object raise(Coroutine<?> coroutine, Throwable exception) throws Throwable {
        checkDrivable(coroutine);
        if (coroutine.phase != Frame.CREATED) {
            Traces.enteringFromLoop(exception, coroutine);
        }
        return ended(coroutine, ChainDriver.drive(coroutine, new Raised(exception)));
    }

    /**
     * As {@link #resume}, for a hot coroutine whose body has already run, on its caller's stack, to its first
     * suspension.
     */
    public static Object started(Coroutine<?> coroutine) throws Throwable {
        return ended(coroutine, ChainDriver.driveStarted(coroutine));
    }

    private static void checkDrivable(Coroutine<?> coroutine) {
        if (coroutine.place == Frame.INNER || coroutine.phase >= Frame.RUNNING) {
            throw coroutine.notStartable();
        }
    }

    private static Object ended(Coroutine<?> coroutine, Object out) {
        if (!(out instanceof Signal)) {
            coroutine.phase = Frame.CLOSED;
        }
        return out;
    }

    /**
     * What a coroutine awaits to let others run: never done, without a value, the same object for all. A scheduler that
     * gets it as a {@link #request} resumes the coroutine when it pleases.
     */
    public static Promise<Void> nextTurn() {
        return Turn.NEXT;
    }

    /** What the suspended {@code coroutine} asked for, after {@link #resume} returned {@code signal}. */
    public static Object request(Coroutine<?> coroutine, Object signal) {
        return signal == Signal.YIELDED ? coroutine.takeYielded() : coroutine.pending();
    }

    /**
     * What the leaf of {@code coroutine} waits for: a {@link Promise}, a stage or another request; null when the coroutine
     * runs, has not started, or waits for nothing. Costs a walk down the chain.
     */
    public static Object waiting(Coroutine<?> coroutine) {
        Coroutine<?> current = coroutine.current();
        return current.isRunning() ? null : current.pending();
    }

    /**
     * Puts the frames of the caller below the trace of {@code failure}, which ended the coroutine that the caller ran to
     * its end: what a blocking {@code run} does before it rethrows.
     */
    public static void appendCaller(Throwable failure) {
        Traces.appendCaller(failure);
    }

    /**
     * Completes the trace of {@code failure}, which ended the body of a hot coroutine before it suspended: on the stack of who
     * called that, and below is who that called.
     */
    public static void failedAtOnce(Throwable failure) {
        Traces.leavingHot(failure);
    }

    /**
     * Tells which coroutine is driven on the calling thread, null for none: traces then show what awaits it also where an
     * exception is caught far above.
     */
    public static void setRunning(Supplier<Coroutine<?>> running) {
        FrameChain.setRunning(running);
    }

    /** Has {@code told} hear of each failure of somebody else's stage that a coroutine receives, as it was thrown. */
    public static void setStageFailed(Consumer<Throwable> told) {
        Outcomes.setStageFailed(told);
    }

    /**
     * The innermost frame of the program below the caller, and not of what the JDK does for it, at the cost of a short walk;
     * null when there is none.
     */
    public static StackWalker.StackFrame caller() {
        return WALKER.walk(frames -> frames.filter(frame -> isProgram(frame.getClassName()))
                .findFirst()
                .orElse(null));
    }

    private static boolean isProgram(String className) {
        return !Stacks.isMachinery(className) && !className.startsWith("java.");
    }

    /** The frames of the program below the caller, innermost first. */
    public static List<StackTraceElement> callers() {
        return WALKER.walk(frames -> frames.filter(frame -> !Stacks.isMachinery(frame.getClassName()))
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
    }

    /** As {@link #stack}, of a coroutine that runs now, on this thread. */
    public static StackTraceElement[] runningStack(Coroutine<?> coroutine) {
        return FrameChain.running(coroutine).toArray(new StackTraceElement[0]);
    }

    /** {@code stack}, of a thread that runs a coroutine, without what runs it: from the top to the loop. */
    public static List<StackTraceElement> program(StackTraceElement[] stack) {
        List<StackTraceElement> program = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(Driver.class.getName())) {
                break;
            }
            if (!Stacks.isMachinery(frame.getClassName())) {
                program.add(frame);
            }
        }
        return program;
    }

    /**
     * A coroutine, and where it was made.
     *
     * @param at the frames of the program, innermost first
     */
    public record Made(Coroutine<?> coroutine, List<StackTraceElement> at) {}

    /**
     * In debug mode ({@code -Dbackstitch.debug=true}), the coroutines that were made on this thread since the last call and
     * that nobody has started; otherwise none.
     */
    public static List<Made> neverAwaited() {
        return Unawaited.RECORDED ? Unawaited.take() : List.of();
    }

    /** Where {@code coroutine} is suspended: its frames from the leaf outwards, as the trace of an exception thrown there. */
    public static StackTraceElement[] stack(Coroutine<?> coroutine) {
        Coroutine<?> current = coroutine.current();
        return FrameChain.of(current.leaf()).toArray(new StackTraceElement[0]);
    }
}
