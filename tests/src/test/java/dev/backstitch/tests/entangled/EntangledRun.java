package dev.backstitch.tests.entangled;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs a program, and logs what each generator sees, what each operation gives, and all states after those from outside. */
final class EntangledRun {
    private final List<Gen<Object>> generators = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private EntangledRun() {}

    /** What {@code program} logs. */
    static List<String> run(EntangledProgram program) {
        EntangledRun run = new EntangledRun();
        for (List<Statement> script : program.scripts()) {
            run.generators.add(run.body(run.generators.size(), script));
        }
        for (Operation operation : program.operations()) {
            run.log.add("from outside");
            try {
                run.drive(operation);
            } catch (Throwable logged) {
                // by drive()
            }
            run.log.add(run.generators.stream().map(run::state).collect(Collectors.joining(" ")));
        }
        return run.log;
    }

    @Generator
    private Gen<Object> body(int self, List<Statement> script) {
        log(self, "starts", "");
        for (Statement statement : script) {
            Operation operation = statement.operation();
            Handling handling = statement.handling();
            if (handling == Handling.PLAIN) {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Gen.yield(operation.number()));
                    case DELEGATE -> log(self, "result", Gen.yieldFrom(generators.get(operation.number())));
                    case RETURN -> {
                        return Gen.end(operation.number());
                    }
                    case RAISE -> throw new Failure(operation.number());
                    default -> drive(operation);
                }
                continue;
            }
            try {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Gen.yield(operation.number()));
                    case DELEGATE -> log(self, "result", Gen.yieldFrom(generators.get(operation.number())));
                    case RETURN -> {
                        return Gen.end(operation.number());
                    }
                    case RAISE -> throw new Failure(operation.number());
                    default -> drive(operation);
                }
            } catch (Throwable t) {
                log(self, "caught", name(t));
                switch (handling) {
                    case SWALLOW -> {}
                    case SWALLOW_FAILURES -> {
                        if (t instanceof GeneratorExit) {
                            throw t;
                        }
                    }
                    case RAISE_ANOTHER -> throw new Failure(70 + self);
                    case YIELD -> log(self, "then got", Gen.yield(90 + self));
                    case RETURN -> {
                        return Gen.end(80 + self);
                    }
                    case DELEGATE -> log(self, "then result", Gen.yieldFrom(generators.get(statement.delegate())));
                    default -> throw t;
                }
            } finally {
                if (handling == Handling.FINALLY) {
                    log(self, "finally", "");
                } else if (handling == Handling.FINALLY_YIELD) {
                    log(self, "finally got", Gen.yield(40 + self));
                }
            }
        }
        log(self, "ends", "");
        return Gen.end(50 + self);
    }

    private void drive(Operation operation) {
        Gen<Object> target = generators.get(operation.number());
        try {
            Object given = switch (operation.verb()) {
                case NEXT -> next(target);
                case SEND -> target.send(operation.value());
                case THROW -> target.raise(new Failure(operation.value()));
                case CLOSE -> close(target);
                case LOOK_AHEAD -> target.hasNext() ? "yes" : "no";
                default -> state(target);
            };
            log.add(" " + operation + " -> " + shown(given));
        } catch (Throwable t) {
            log.add(" " + operation + " ! " + name(t));
            throw t;
        }
    }

    /** As {@code next()}, but its end tells the result, as in Python. */
    private static Object next(Gen<Object> target) {
        boolean ended = target.state() == Gen.State.CLOSED;
        try {
            return target.next();
        } catch (StopIteration stop) {
            throw new StopIteration(ended ? null : target.result());
        }
    }

    /** What the body returned, if it did so now: what Python's {@code close()} returns. */
    private static Object close(Gen<Object> target) {
        boolean ended = target.state() == Gen.State.CLOSED;
        target.close();
        return ended ? null : target.result();
    }

    /** Whether a line of a log tells what an operation gave. */
    static boolean isOperation(String line) {
        return line.startsWith(" ");
    }

    private String state(Gen<Object> generator) {
        Object delegate = generator.delegate();
        return generator.state() + (delegate == null ? "" : ">" + generators.indexOf(delegate));
    }

    private void log(int self, String event, Object value) {
        log.add((self + " " + event + " " + shown(value)).strip());
    }

    private static String shown(Object value) {
        return value == null ? "None" : value.toString();
    }

    private static String name(Throwable t) {
        return t instanceof StopIteration stop
                ? "StopIteration " + shown(stop.value())
                : t instanceof GeneratorExit ? "GeneratorExit" : t instanceof IllegalStateException
                        || t instanceof IllegalArgumentException || t instanceof Failure ? t.getMessage() : t.toString();
    }

    /** What the programs raise. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(int number) {
            super("Failure " + number);
        }
    }
}
