package dev.backstitch.tests.fuzz;

import dev.backstitch.AsyncGen;
import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Does a program's operations to its root, and logs what comes of each; with the awaitables that programs use. Loaded anew
 * beside each program, over the runtime or over its twin on threads.
 */
public final class FuzzDriver {
    private static final int MOST_VALUES = 12;

    private static Object root;

    private final Object made;
    /** Shows the frames of an exception's trace that are the program's. */
    private final Function<Throwable, String> frames;
    /** The operation of an asynchronous generator that is under way. */
    private Coroutine<?> awaitable;
    private boolean ended;
    /** What the last operation was handed. */
    private Object handed;
    /** Whether an asynchronous generator was told to close: CPython then loses what is thrown into it. */
    private boolean exited;
    /** The futures that the objects driven wait for. */
    private final Map<Object, FuzzRig.Later> waiting = new IdentityHashMap<>();

    private FuzzDriver(Object made, Function<Throwable, String> frames) {
        this.made = made;
        this.frames = frames;
    }

    // ---------------------------------------------------------------- for programs

    /** Hands {@code value} to the driver, by the iterator of an awaitable. */
    public static Awaitable<Object> request(int value) {
        return () -> requests(value);
    }

    @Generator
    private static Iterator<?> requests(int value) {
        if (!FuzzRig.isPending(false)) {
            return Gen.end(null);
        }
        Object got = Gen.yield(value);
        return Gen.end(got);
    }

    /** Hands {@code value} to the driver, as a coroutine. */
    @Async
    public static Coroutine<Object> ask(int value) {
        if (!FuzzRig.isPending(false)) {
            return Coroutine.of(null);
        }
        Object got = Coroutine.suspend(value);
        return Coroutine.of(got);
    }

    /** Resumes what is running. */
    public static String reenter() {
        if (root instanceof AsyncGen) {
            return "no";
        }
        try {
            if (root instanceof Gen<?> gen) {
                gen.send(null);
            } else {
                ((Coroutine<?>) root).send(null);
            }
            return "resumed";
        } catch (Throwable t) {
            return FuzzRig.X(t);
        }
    }

    // ---------------------------------------------------------------- driving

    /** Runs all of {@code operations} on {@code made}. */
    public static void drive(Object made, List<Operation> operations, Function<Throwable, String> frames) {
        root = made;
        new FuzzDriver(made, frames).drive(operations);
    }

    /** Runs {@code made} to its end; what is logged does not tell what had to be waited for. */
    public static void complete(Object made) {
        root = made;
        try {
            for (int values = 0; values < MOST_VALUES; values++) {
                FuzzRig.event("gave " + (made instanceof Gen<?> gen ? gen.send(null) : made instanceof AsyncGen<?> gen
                        ? complete(gen.next())
                        : complete((Coroutine<?>) made)));
            }
        } catch (StopIteration stop) {
            FuzzRig.event("returned " + stop.value());
        } catch (Throwable t) {
            FuzzRig.event("raised " + FuzzRig.X(t));
        }
    }

    private static Object complete(Coroutine<?> coroutine) throws Throwable {
        for (;;) {
            Object request;
            try {
                request = coroutine.send(null);
            } catch (StopIteration stop) {
                return stop.value();
            }
            if (request instanceof CompletableFuture<?> future) {
                FuzzRig.complete(future);
            }
        }
    }

    private void drive(List<Operation> operations) {
        int after = 0;
        for (Operation operation : operations) {
            if (FuzzRig.isSpent()) {
                FuzzRig.event("fuel");
                return;
            }
            if (made instanceof AsyncGen<?> gen) {
                operate(gen, operation);
            } else {
                String outcome = step(made, operation.verb(), operation);
                FuzzRig.event(name(operation.verb()) + " " + outcome + " " + state());
            }
            FuzzRig.suspended(awaitable == null ? made : awaitable);
            if (awaitable == null && state() == Gen.State.CLOSED && ++after == 3) {
                return;
            }
        }
    }

    private Gen.State state() {
        return made instanceof Gen<?> gen
                ? gen.state()
                : made instanceof Coroutine<?> coroutine ? coroutine.state() : ((AsyncGen<?>) made).state();
    }

    private static String name(Operation.Verb verb) {
        return verb.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void operate(AsyncGen<?> gen, Operation operation) {
        Operation.Verb verb = operation.verb();
        Coroutine<?> opened = null;
        if (verb.name().startsWith("OPEN_")) {
            boolean over = exited || gen.state() == Gen.State.CLOSED;
            if (over && (verb == Operation.Verb.OPEN_THROW || verb == Operation.Verb.OPEN_CLOSE)) {
                verb = Operation.Verb.OPEN_NEXT;
            }
            opened = open(gen, verb, operation);
            exited |= verb == Operation.Verb.OPEN_CLOSE;
            if (awaitable != null) {
                FuzzRig.event(name(verb) + " while another is under way");
            }
            verb = Operation.Verb.NEXT;
        } else if (awaitable == null) {
            opened = open(gen, Operation.Verb.OPEN_NEXT, operation);
        }
        String outcome = step(opened == null ? awaitable : opened, verb, operation);
        if (awaitable == null) {
            awaitable = ended ? null : opened;
        } else if (opened == null && ended) {
            awaitable = null;
        }
        FuzzRig.event(name(verb) + " " + outcome + (awaitable == null ? " " + state() : ""));
    }

    private static Coroutine<?> open(AsyncGen<?> gen, Operation.Verb verb, Operation operation) {
        return switch (verb) {
            case OPEN_NEXT -> gen.next();
            case OPEN_SEND -> gen.send(operation.value());
            case OPEN_THROW -> gen.raise(FuzzRig.exception(operation.exception()));
            default -> gen.close();
        };
    }

    private String step(Object target, Operation.Verb verb, Operation operation) {
        FuzzRig.Later before = FuzzRig.newestPending();
        String outcome = outcome(target, verb, operation);
        // One that ignores its exit does not hand out what it waits for: what was made last, while others may be left pending.
        FuzzRig.Later newest = FuzzRig.newestPending();
        Object pending = !ended ? handed : newest == before ? null : newest;
        if (pending instanceof FuzzRig.Later later) {
            waiting.put(target, later);
        }
        return outcome;
    }

    private String outcome(Object target, Operation.Verb verb, Operation operation) {
        ended = true;
        FuzzRig.Later later = waiting.remove(target);
        try {
            if (verb == Operation.Verb.CLOSE) {
                return close(target);
            }
            if (later != null && (verb == Operation.Verb.NEXT || verb == Operation.Verb.SEND)) {
                later.arrive();
                verb = Operation.Verb.NEXT;
            }
            handed = switch (verb) {
                case NEXT -> send(target, null);
                case SEND -> send(target, operation.value());
                case THROW -> raise(target, FuzzRig.exception(operation.exception()));
                default -> raise(target, new GeneratorExit());
            };
            ended = false;
            return "yielded " + handed;
        } catch (StopIteration stop) {
            return "returned " + (stop.value() == null ? "None" : stop.value());
        } catch (Throwable t) {
            return "raised " + FuzzRig.X(t) + frames.apply(t);
        }
    }

    private static Object send(Object target, Object value) {
        return target instanceof Gen<?> gen ? gen.send(value) : ((Coroutine<?>) target).send(value);
    }

    private static Object raise(Object target, Throwable exception) {
        return target instanceof Gen<?> gen ? gen.raise(exception) : ((Coroutine<?>) target).raise(exception);
    }

    private static String close(Object target) {
        if (target instanceof Coroutine<?> coroutine) {
            coroutine.close();
            return "closed";
        }
        Gen<?> gen = (Gen<?>) target;
        boolean suspended = gen.state() == Gen.State.SUSPENDED;
        gen.close();
        return !suspended || gen.result() == null ? "closed" : "closed " + gen.result();
    }
}
