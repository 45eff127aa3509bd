package dev.backstitch.tests.entangled;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs a program, and logs what each body sees, what each operation gives, and all states after those from outside. */
abstract class EntangledRun {
    private final List<String> log = new ArrayList<>();
    private int bodies;

    /** What {@code program} logs. */
    static List<String> run(EntangledProgram program) {
        EntangledRun run = switch (program.kind()) {
            case GENERATORS -> new GeneratorRun();
            case COROUTINES -> new CoroutineRun();
            case ASYNC_GENERATORS -> new AsyncGeneratorRun();
        };
        run.bodies = program.scripts().size();
        for (int self = 0; self < run.bodies; self++) {
            run.make(self, program.scripts().get(self));
        }
        for (Operation operation : program.operations()) {
            run.log.add("from outside");
            try {
                run.drive(operation);
            } catch (Throwable logged) {
                // by drive()
            }
            run.log.add(String.join(" ", run.states()));
        }
        return run.log;
    }

    /** Makes the body that is called {@code self}. */
    abstract void make(int self, List<Statement> script);

    /** What {@code operation} gives. */
    abstract Object outcome(Operation operation);

    /** The states of all. */
    List<String> states() {
        return IntStream.range(0, bodies).mapToObj(this::state).toList();
    }

    /** Its state, and whom it delegates to. */
    abstract String state(int number);

    final void drive(Operation operation) {
        try {
            log.add(" " + operation + " -> " + shown(outcome(operation)));
        } catch (Throwable t) {
            log.add(" " + operation + " ! " + name(t));
            throw t;
        }
    }

    /** Whether a line of a log tells what an operation gave. */
    static boolean isOperation(String line) {
        return line.startsWith(" ");
    }

    static String state(Gen.State state, int delegate) {
        return state + (delegate < 0 ? "" : ">" + delegate);
    }

    final void log(int self, String event, Object value) {
        log.add((self + " " + event + " " + shown(value)).strip());
    }

    private static String shown(Object value) {
        return value == null ? "None" : value.toString();
    }

    static String name(Throwable t) {
        return t instanceof StopIteration stop
                ? "StopIteration " + shown(stop.value())
                : t instanceof GeneratorExit || t instanceof StopAsyncIteration ? t.getClass().getSimpleName()
                : t instanceof IllegalStateException
                        || t instanceof IllegalArgumentException || t instanceof Failure ? t.getMessage() : t.toString();
    }

    /** What the programs raise. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(int number) {
            super("Failure " + number);
        }
    }
}
