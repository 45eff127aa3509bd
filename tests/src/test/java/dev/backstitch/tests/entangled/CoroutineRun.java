package dev.backstitch.tests.entangled;

import dev.backstitch.Coroutine;
import dev.backstitch.GeneratorExit;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run of a program of coroutines, which await where generators delegate. What is awaited is left alone by all others:
 * CPython would resume it, this library refuses.
 */
final class CoroutineRun extends EntangledRun {
    private final List<Coroutine<Object>> coroutines = new ArrayList<>();
    private final Set<Integer> awaited = new HashSet<>();

    @Override
    void make(int self, List<Statement> script) {
        coroutines.add(body(self, script));
    }

    @Async
    private Coroutine<Object> body(int self, List<Statement> script) {
        log(self, "starts", "");
        for (Statement statement : script) {
            Operation operation = statement.operation();
            Handling handling = statement.handling();
            if (handling == Handling.PLAIN) {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Coroutine.suspend(operation.number()));
                    case DELEGATE -> {
                        if (awaited.add(operation.number())) {
                            try {
                                log(self, "result", Coroutine.await(coroutines.get(operation.number())));
                            } finally {
                                awaited.remove(operation.number());
                            }
                        }
                    }
                    case RETURN -> {
                        return Coroutine.of(operation.number());
                    }
                    case RAISE -> throw new Failure(operation.number());
                    default -> drive(operation);
                }
                continue;
            }
            try {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Coroutine.suspend(operation.number()));
                    case DELEGATE -> {
                        if (awaited.add(operation.number())) {
                            try {
                                log(self, "result", Coroutine.await(coroutines.get(operation.number())));
                            } finally {
                                awaited.remove(operation.number());
                            }
                        }
                    }
                    case RETURN -> {
                        return Coroutine.of(operation.number());
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
                    case YIELD -> log(self, "then got", Coroutine.suspend(90 + self));
                    case RETURN -> {
                        return Coroutine.of(80 + self);
                    }
                    case DELEGATE -> {
                        if (awaited.add(statement.delegate())) {
                            try {
                                log(self, "then result", Coroutine.await(coroutines.get(statement.delegate())));
                            } finally {
                                awaited.remove(statement.delegate());
                            }
                        }
                    }
                    default -> throw t;
                }
            } finally {
                if (handling == Handling.FINALLY) {
                    log(self, "finally", "");
                } else if (handling == Handling.FINALLY_YIELD) {
                    log(self, "finally got", Coroutine.suspend(40 + self));
                }
            }
        }
        log(self, "ends", "");
        return Coroutine.of(50 + self);
    }

    @Override
    Object outcome(Operation operation) {
        if (awaited.contains(operation.number())) {
            return "awaited";
        }
        Coroutine<Object> target = coroutines.get(operation.number());
        return switch (operation.verb()) {
            case NEXT, LOOK_AHEAD -> target.send(null);
            case SEND -> target.send(operation.value());
            case THROW -> target.raise(new Failure(operation.value()));
            case CLOSE -> {
                target.close();
                yield null;
            }
            default -> state(operation.number());
        };
    }

    @Override
    String state(int number) {
        Coroutine<Object> coroutine = coroutines.get(number);
        return state(coroutine.state(), coroutines.indexOf(coroutine.awaiting()));
    }
}
