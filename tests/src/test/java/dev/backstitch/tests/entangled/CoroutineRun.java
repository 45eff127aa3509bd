package dev.backstitch.tests.entangled;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.GeneratorExit;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.entangled.Operation.Verb;
import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run of a program of coroutines, which await where generators delegate. What is awaited is left alone by all others:
 * CPython would resume it, this library refuses.
 */
class CoroutineRun extends EntangledRun {
    /** By their numbers; null where there is another kind of body. */
    final List<Coroutine<Object>> coroutines = new ArrayList<>();
    final Set<Coroutine<Object>> awaited = new HashSet<>();

    @Override
    void make(int self, List<Statement> script) {
        coroutines.add(body(self, script));
    }

    /** What is to be awaited, which is awaited from now on; null when it must not be. */
    Coroutine<Object> take(int number) {
        Coroutine<Object> other = coroutines.get(number);
        return awaited.add(other) ? other : null;
    }

    /** As {@link #take}, of what is the last that is awaited. */
    Coroutine<Object> takeForGood(int number) {
        return take(number);
    }

    final void leave(Coroutine<Object> other) {
        awaited.remove(other);
    }

    /** Notes that {@code other} has failed, which was awaited. */
    void failed(Coroutine<Object> other, Throwable t) {}

    /** The asynchronous generator of that number. */
    AsyncGen<Object> generator(int number) {
        throw new IllegalArgumentException("there are none");
    }

    @Async
    private Coroutine<Object> body(int self, List<Statement> script) {
        log(self, "starts", "");
        for (Statement statement : script) {
            Operation operation = statement.operation();
            Handling handling = statement.handling();
            if (handling == Handling.PLAIN) {
                switch (operation.verb()) {
                    case YIELD, SUSPEND -> log(self, "got", Coroutine.suspend(operation.number()));
                    case DELEGATE -> {
                        Coroutine<Object> other = take(operation.number());
                        if (other != null) {
                            try {
                                log(self, "result", Coroutine.await(other));
                            } catch (Throwable t) {
                                failed(other, t);
                                throw t;
                            } finally {
                                leave(other);
                            }
                        }
                    }
                    case EACH -> {
                        for (Object item : Coroutine.awaitEach(generator(operation.number()))) {
                            log(self, "item", item);
                            if (operation.value() != null) {
                                break;
                            }
                        }
                    }
                    case RETURN -> {
                        return Coroutine.of(operation.number());
                    }
                    case RETURN_AWAITED -> {
                        Coroutine<Object> other = takeForGood(operation.number());
                        if (other != null) {
                            return other;
                        }
                    }
                    case RAISE -> throw new Failure(operation.number());
                    default -> drive(operation);
                }
                continue;
            }
            try {
                switch (operation.verb()) {
                    case YIELD, SUSPEND -> log(self, "got", Coroutine.suspend(operation.number()));
                    case DELEGATE -> {
                        Coroutine<Object> other = take(operation.number());
                        if (other != null) {
                            try {
                                log(self, "result", Coroutine.await(other));
                            } catch (Throwable t) {
                                failed(other, t);
                                throw t;
                            } finally {
                                leave(other);
                            }
                        }
                    }
                    case EACH -> {
                        for (Object item : Coroutine.awaitEach(generator(operation.number()))) {
                            log(self, "item", item);
                            if (operation.value() != null) {
                                break;
                            }
                        }
                    }
                    case RETURN -> {
                        return Coroutine.of(operation.number());
                    }
                    case RETURN_AWAITED -> {
                        Coroutine<Object> other = takeForGood(operation.number());
                        if (other != null) {
                            // Not a tail call, whose failure no handler here would see.
                        return Coroutine.of(Coroutine.await(other));
                        }
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
                    case YIELD, SUSPEND -> log(self, "then got", Coroutine.suspend(90 + self));
                    case RETURN -> {
                        return Coroutine.of(80 + self);
                    }
                    case DELEGATE -> {
                        Coroutine<Object> other = take(statement.delegate());
                        if (other != null) {
                            try {
                                log(self, "then result", Coroutine.await(other));
                            } catch (Throwable failure) {
                                failed(other, failure);
                                throw failure;
                            } finally {
                                leave(other);
                            }
                        }
                    }
                    default -> throw t;
                }
            } finally {
                switch (handling) {
                    case FINALLY -> log(self, "finally", "");
                    case FINALLY_YIELD, FINALLY_SUSPEND -> log(self, "finally got", Coroutine.suspend(40 + self));
                    case FINALLY_DELEGATE -> {
                        Coroutine<Object> other = take(statement.delegate());
                        if (other != null) {
                            try {
                                log(self, "finally result", Coroutine.await(other));
                            } catch (Throwable failure) {
                                failed(other, failure);
                                throw failure;
                            } finally {
                                leave(other);
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        log(self, "ends", "");
        return Coroutine.of(50 + self);
    }

    @Override
    Object outcome(Operation operation) {
        Coroutine<Object> target = coroutines.get(operation.number());
        if (awaited.contains(target)) {
            return "awaited";
        }
        return operation.verb() == Verb.STATE ? state(operation.number()) : step(target, operation);
    }

    /** What comes of driving {@code target} so. */
    static Object step(Coroutine<Object> target, Operation operation) {
        return switch (operation.verb()) {
            case NEXT, LOOK_AHEAD -> target.send(null);
            case SEND -> target.send(operation.value());
            case THROW -> target.raise(new Failure(operation.value()));
            case CLOSE -> {
                target.close();
                yield null;
            }
            case EXIT -> target.raise(new GeneratorExit());
            default -> throw new IllegalArgumentException(operation.toString());
        };
    }

    @Override
    String state(int number) {
        Coroutine<Object> coroutine = coroutines.get(number);
        return state(coroutine.state(), index(coroutine.awaiting()));
    }

    /** The number of what is awaited; negative when it has none. */
    int index(Object awaited) {
        return awaited == null ? -1 : coroutines.indexOf(awaited);
    }
}
