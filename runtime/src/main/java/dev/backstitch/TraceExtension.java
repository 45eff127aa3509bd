package dev.backstitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What {@link Traces} does with an exception that comes in from outside: it gets the frames that it is thrown into. */
final class TraceExtension {
    private TraceExtension() {}

    /** How many later awaiters of one failure are recorded on it. */
    private static final int MAX_AWAITERS = 8;

    /**
     * A trace as long as the JVM's own may be gets no more awaiters. Each would copy it again, and a failure may pass through
     * any number of tasks.
     */
    private static boolean isFull(Throwable exception) {
        return exception.getStackTrace().length >= Stacks.MAX_FRAMES;
    }

    /** See {@link Traces#entering}. */
    static void enter(Throwable exception, Frame root) {
        StackTraceElement[] here = Stacks.here();
        if (!isFull(exception) || Stacks.mayBeCut(here)) {
            extend(exception, FrameChain.of(raising(exception, root)), here, Stacks.below(here, 0), root);
        }
    }

    private static Frame raising(Throwable exception, Frame root) {
        if (exception instanceof GeneratorExit) {
            return root instanceof AsyncGenOperation<?> && root.link instanceof AsyncGen<?> gen ? gen : root;
        }
        return root.leaf();
    }

    /** See {@link Traces#enteringFromLoop}. */
    static void enterFromLoop(Throwable exception, Frame root) {
        if (exception.getStackTrace().length > 0) {
            enter(exception, root);
        } else {
            exception.setStackTrace(FrameChain.of(root.leaf()).toArray(new StackTraceElement[0]));
        }
    }

    /** See {@link Traces#delivering}. */
    static void deliver(Throwable exception, Frame leaf) {
        StackTraceElement[] here = Stacks.here();
        extend(exception, FrameChain.of(leaf), here, Stacks.below(here, Stacks.nextDriver(here, 0) + 1), leaf);
    }

    /** See {@link Traces#awaited}. */
    static void addAwaiter(Throwable failure, Frame awaiter, Object source) {
        if (!(source instanceof Promise || source instanceof CompletionStage) || isFull(failure)) {
            return;
        }
        StackTraceElement[] here = Stacks.here();
        boolean running = awaiter == null || awaiter.phase == Frame.RUNNING;
        List<StackTraceElement> chain = running ? List.of() : FrameChain.of(awaiter);
        int rest = Stacks.below(here, running ? 0 : Stacks.nextDriver(here, 0) + 1);
        if (SharedFailures.continues(failure, source, awaiter)) {
            StackTraceElement[] trace = failure.getStackTrace();
            int ended = OwnParts.sizeOfEnded(failure, trace.length);
            if (ended < trace.length) {
                List<StackTraceElement> own = new ArrayList<>(Arrays.asList(trace).subList(0, ended));
                own.addAll(chain);
                TraceCompletion.set(failure, own, Arrays.asList(here).subList(rest, here.length), awaiter);
            } else {
                extend(failure, chain, here, rest, awaiter);
            }
        } else if (awaiters(failure) < MAX_AWAITERS) {
            Traces.AwaitedAt record = new Traces.AwaitedAt();
            TraceCompletion.set(record, chain, Arrays.asList(here).subList(rest, here.length), awaiter);
            if (running) {
                Traces.caught(record, awaiter);
            }
            failure.addSuppressed(record);
        }
    }

    private static int awaiters(Throwable failure) {
        int count = 0;
        for (Throwable suppressed : failure.getSuppressed()) {
            count += suppressed instanceof Traces.AwaitedAt ? 1 : 0;
        }
        return count;
    }

    /** See {@link Driver#appendCaller}. */
    static void addCaller(Throwable failure) {
        StackTraceElement[] here = Stacks.here();
        extend(failure, List.of(), here, Stacks.firstProgram(here), null);
    }

    /**
     * Gives {@code exception} the trace: where it came from, then {@code chain}, then {@code here} from {@code rest} on.
     * Where it came from is what its trace does not share with the stack here, without machinery.
     *
     * @param frame one of the chain; null where that is empty
     */
    private static void extend(
            Throwable exception, List<StackTraceElement> chain, StackTraceElement[] here, int rest, Frame frame) {
        StackTraceElement[] trace = exception.getStackTrace();
        int size = OwnParts.sizeOf(exception, trace.length);
        if (size < trace.length && areCallers(trace, size, here, rest)) {
            List<StackTraceElement> own = new ArrayList<>(Arrays.asList(trace).subList(0, size));
            own.addAll(chain);
            TraceCompletion.set(exception, own, Arrays.asList(here).subList(rest, here.length), frame);
            return;
        }
        Stacks.Parting parting = Stacks.part(trace, here);
        boolean same = parting.here() < here.length && isSameActivation(parting, trace, here);
        StackTraceElement next = !chain.isEmpty() ? chain.get(0) : rest < here.length ? here[rest] : null;
        List<StackTraceElement> own = origin(trace, parting.trace(), same, next);
        own.addAll(chain);
        TraceCompletion.set(exception, own, Arrays.asList(here).subList(rest, here.length), frame);
    }

    /** Whether {@code trace} shows, from {@code size} on, who is on the stack from {@code rest} on, if on another line. */
    private static boolean areCallers(StackTraceElement[] trace, int size, StackTraceElement[] here, int rest) {
        List<StackTraceElement> known = new ArrayList<>();
        Stacks.addKnown(known, here, rest);
        StackTraceElement[] callers = known.toArray(new StackTraceElement[0]);
        StackTraceElement[] shown = Arrays.copyOfRange(trace, size, trace.length);
        Stacks.Parting parting = Stacks.part(shown, callers);
        return parting.trace() == 0 || parting.trace() == 1 && isSameActivation(parting, shown, callers);
    }

    private static boolean isSameActivation(Stacks.Parting parting, StackTraceElement[] trace, StackTraceElement[] other) {
        return parting.trace() > 0
                && parting.here() > 0
                && Stacks.isSameMethod(trace[parting.trace() - 1], other[parting.here() - 1]);
    }

    /**
     * The program's frames of the first {@code end} of {@code trace}, where that parts from the stack.
     *
     * @param same whether the frame in which the two part is on both: what comes next shows it
     * @param next what comes next
     */
    private static List<StackTraceElement> origin(
            StackTraceElement[] trace, int end, boolean same, StackTraceElement next) {
        List<StackTraceElement> own = new ArrayList<>(end + 8);
        Stacks.addProgram(own, trace, end);
        if (same && !own.isEmpty()) {
            // Where that frame is a driver, it is the one that the driver runs.
            boolean driver = Stacks.isMachinery(trace[end - 1].getClassName());
            StackTraceElement last = own.get(own.size() - 1);
            if (!driver || next != null && Stacks.isSameMethod(last, next)) {
                own.remove(own.size() - 1);
            }
        }
        return own;
    }
}
