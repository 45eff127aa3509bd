package dev.backstitch.tests.entangled;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.List;

/** One run of a program of generators. */
final class GeneratorRun extends EntangledRun {
    private final List<Gen<Object>> generators = new ArrayList<>();

    @Override
    void make(int self, List<Statement> script) {
        generators.add(body(self, script));
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

    @Override
    Object outcome(Operation operation) {
        Gen<Object> target = generators.get(operation.number());
        return switch (operation.verb()) {
            case NEXT -> next(target);
            case SEND -> target.send(operation.value());
            case THROW -> target.raise(new Failure(operation.value()));
            case CLOSE -> close(target);
            case LOOK_AHEAD -> target.hasNext() ? "yes" : "no";
            default -> state(operation.number());
        };
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

    @Override
    String state(int number) {
        Gen<Object> generator = generators.get(number);
        return state(generator.state(), generators.indexOf(generator.delegate()));
    }
}
