package dev.backstitch.tests.entangled;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.entangled.Operation.Verb;
import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run of a program of asynchronous generators, and of coroutines that use them: bodies of even numbers are generators,
 * those of odd numbers coroutines. From the number of the bodies on, numbers are operations: first those that have not ended,
 * then those that have, of both the one made last first.
 */
final class AsyncGeneratorRun extends CoroutineRun {
    /** By their numbers; null where there is a coroutine. */
    private final List<AsyncGen<Object>> generators = new ArrayList<>();
    private final List<AsyncOperation> operations = new ArrayList<>();

    static boolean isGenerator(int body) {
        return body % 2 == 0;
    }

    @Override
    void make(int self, List<Statement> script) {
        if (isGenerator(self)) {
            generators.add(generatorBody(self, script));
            coroutines.add(null);
        } else {
            generators.add(null);
            super.make(self, script);
        }
    }

    @Async
    @Generator
    private AsyncGen<Object> generatorBody(int self, List<Statement> script) {
        log(self, "starts", "");
        for (Statement statement : script) {
            Operation operation = statement.operation();
            Handling handling = statement.handling();
            if (handling == Handling.PLAIN) {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Gen.yield(operation.number()));
                    case SUSPEND -> log(self, "got", Coroutine.suspend(operation.number()));
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
                        return AsyncGen.end();
                    }
                    case RAISE -> throw new Failure(operation.number());
                    default -> drive(operation);
                }
                continue;
            }
            try {
                switch (operation.verb()) {
                    case YIELD -> log(self, "got", Gen.yield(operation.number()));
                    case SUSPEND -> log(self, "got", Coroutine.suspend(operation.number()));
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
                        return AsyncGen.end();
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
                    case SUSPEND -> log(self, "then got", Coroutine.suspend(90 + self));
                    case RETURN -> {
                        return AsyncGen.end();
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
                    case FINALLY_YIELD -> log(self, "finally got", Gen.yield(40 + self));
                    case FINALLY_SUSPEND -> log(self, "finally got", Coroutine.suspend(40 + self));
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
        return AsyncGen.end();
    }

    @Override
    AsyncGen<Object> generator(int number) {
        return generators.get(number);
    }

    private boolean isOperation(int number) {
        return number >= generators.size();
    }

    /** The operation called so now; null when not so many were made. */
    private AsyncOperation operation(int number) {
        Comparator<AsyncOperation> order = Comparator.comparing(operation -> operation.state() == State.CLOSED);
        return IntStream.rangeClosed(1, operations.size()).mapToObj(back -> operations.get(operations.size() - back))
                .sorted(order).skip(number - generators.size()).findFirst().orElse(null);
    }

    private AsyncOperation make(Verb verb, int number, Integer value) {
        AsyncGen<Object> generator = generators.get(number);
        Coroutine<?> made = switch (verb) {
            case NEXT -> generator.next();
            case SEND -> generator.send(value);
            case THROW -> generator.raise(new Failure(value));
            case EXIT -> generator.raise(new GeneratorExit());
            default -> generator.close();
        };
        @SuppressWarnings("unchecked") // whatever it gives is logged
        AsyncOperation operation = new AsyncOperation(verb, generator, (Coroutine<Object>) made);
        operations.add(operation);
        return operation;
    }

    @Override
    Coroutine<Object> take(int number) {
        AsyncOperation taken;
        if (isOperation(number)) {
            taken = operation(number);
            if (taken == null || excluded(taken, null) != null) {
                return null;
            }
        } else if (isGenerator(number)) {
            taken = make(Verb.NEXT, number, null);
        } else {
            return super.take(number);
        }
        taken.awaited();
        awaited.add(taken.made());
        return taken.made();
    }

    @Override
    Coroutine<Object> takeForGood(int number) {
        // How it ends would not be seen, which must be known of a close().
        return isOperation(number) && operation(number) != null && operation(number).closes() ? null : take(number);
    }

    @Override
    void failed(Coroutine<Object> other, Throwable t) {
        operations.stream().filter(operation -> operation.made() == other).forEach(operation -> operation.failed(t));
    }

    private String excluded(AsyncOperation operation, Verb verb) {
        return awaited.contains(operation.made()) ? "awaited"
                : operation.excluded(verb, operations.stream().anyMatch(made -> made.isIgnoredBy(operation.generator())));
    }

    @Override
    Object outcome(Operation operation) {
        int number = operation.number();
        if (isOperation(number)) {
            AsyncOperation target = operation(number);
            if (target == null) {
                return "none";
            }
            if (operation.verb() == Verb.STATE) {
                return target.state();
            }
            String excluded = excluded(target, operation.verb());
            return excluded == null ? target.step(operation) : excluded;
        }
        if (!isGenerator(number)) {
            return super.outcome(operation);
        }
        if (operation.verb() == Verb.STATE) {
            return state(number);
        }
        make(operation.verb(), number, operation.value());
        return "operation " + (operations.size() - 1);
    }

    @Override
    List<String> states() {
        return Stream.concat(super.states().stream(), operations.stream().map(AsyncOperation::state).map(State::toString))
                .toList();
    }

    @Override
    String state(int number) {
        return isGenerator(number) ? generators.get(number).state().toString() : super.state(number);
    }

    @Override
    int index(Object awaited) {
        for (int index = 0; index < operations.size(); index++) {
            if (operations.get(index).made() == awaited) {
                return generators.size() + index;
            }
        }
        return super.index(awaited);
    }
}
