package dev.backstitch.tests.harness.reference;

import dev.backstitch.Awaitable;
import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Twin of the runtime's coroutine: awaited, it runs over a {@link Strand} of its own, as when driven. */
public class Coroutine<T> {
    private final Body body;
    private final Strand strand = new Strand(this::runBody);
    private boolean used;

    Coroutine(Body body) {
        this.body = body;
    }

    // ---------------------------------------------------------------- in the body

    @SuppressWarnings("unchecked")
    public static <R> R await(Coroutine<? extends R> coroutine) {
        return (R) awaitAny(coroutine);
    }

    @SuppressWarnings("unchecked")
    public static <R> R await(CompletionStage<? extends R> stage) {
        return (R) awaitAny(stage);
    }

    @SuppressWarnings("unchecked")
    public static <R> R await(Awaitable<? extends R> awaitable) {
        return (R) awaitAny(awaitable);
    }

    @SuppressWarnings("unchecked")
    public static <R, X extends Exception> R await(CompletionStage<? extends R> stage, Class<X> failure) throws X {
        return (R) awaitAny(stage);
    }

    @SuppressWarnings("unchecked")
    public static <R, X extends Exception> R await(Coroutine<? extends R> coroutine, Class<X> failure) throws X {
        return (R) awaitAny(coroutine);
    }

    @SuppressWarnings("unchecked")
    public static <R, X extends Exception> R await(Awaitable<? extends R> awaitable, Class<X> failure) throws X {
        return (R) awaitAny(awaitable);
    }

    static Object awaitAny(Object awaitable) {
        if (awaitable instanceof Coroutine<?> coroutine) {
            return coroutine.awaited();
        }
        if (awaitable instanceof CompletionStage<?> stage) {
            return awaitStage(stage);
        }
        if (awaitable instanceof Awaitable<?> other) {
            Iterator<?> requests = other.requests();
            if (requests instanceof Gen<?> gen) {
                return converse(gen);
            }
            while (requests.hasNext()) {
                if (suspend(requests.next()) != null) {
                    throw new IllegalStateException("an iterator cannot be sent anything");
                }
            }
            return null;
        }
        throw new NullPointerException("null can't be used in 'await' expression");
    }

    /** {@code yield from gen}, but what it yields are requests to the driver. */
    private static Object converse(Gen<?> gen) {
        try {
            Object request = gen.send(null);
            for (;;) {
                Object answer;
                try {
                    answer = suspend(request);
                } catch (GeneratorExit exit) {
                    gen.close();
                    throw exit;
                } catch (Throwable t) {
                    request = gen.raise(t);
                    continue;
                }
                request = gen.send(answer);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }

    private static Object awaitStage(CompletionStage<?> stage) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            Strand.suspend(Strand.Kind.REQUESTED, future);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("resumed before what it awaits was done");
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable t = e.getCause();
            while (t instanceof CompletionException && t.getCause() != null) {
                t = t.getCause();
            }
            throw Strand.sneaky(t);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    public static <S> S suspend(Object request) {
        return (S) Strand.suspend(Strand.Kind.REQUESTED, request);
    }

    public static <Y> Each<Y> awaitEach(AsyncGen<? extends Y> gen) {
        return new Each<>(gen);
    }

    public static <T> Coroutine<T> of(T value) {
        return new Coroutine<>(() -> value);
    }

    public static <T> Coroutine<T> done() {
        return of(null);
    }

    // ---------------------------------------------------------------- from outside

    /** {@code yield from} this coroutine, by the body that runs on the current strand. */
    private Object awaited() {
        if (used) {
            throw new IllegalStateException("cannot reuse already awaited coroutine");
        }
        used = true;
        try {
            Object request = send(null);
            for (;;) {
                Object answer;
                try {
                    answer = suspend(request);
                } catch (GeneratorExit exit) {
                    close();
                    throw exit;
                } catch (Throwable t) {
                    request = raise(t);
                    continue;
                }
                request = send(answer);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }

    private Object runBody() throws Throwable {
        try {
            return tail(call());
        } catch (StopIteration stop) {
            throw new IllegalStateException("coroutine raised StopIteration", stop);
        }
    }

    Object call() throws Throwable {
        return body.run();
    }

    /** Whether this, not started, makes use of what is sent or raised first; only an operation of a generator does. */
    boolean takesFirst(Object value, Throwable raised) {
        return false;
    }

    /** What a body that returned {@code returned} gives: a returned awaitable is awaited. */
    static Object tail(Object returned) {
        return returned instanceof Coroutine || returned instanceof CompletionStage || returned instanceof Awaitable
                ? awaitAny(returned)
                : returned;
    }

    public Object send(Object value) {
        return step(value, null);
    }

    public Object raise(Throwable raised) {
        return step(null, raised);
    }

    private void refuseWhileRunning() {
        if (strand.isRunning()) {
            throw new IllegalStateException("coroutine already executing");
        }
    }

    private Object step(Object sent, Throwable raised) {
        refuseWhileRunning();
        if (strand.isEnded()) {
            throw new IllegalStateException("cannot reuse already awaited coroutine");
        }
        boolean first = !strand.isStarted() && (sent != null || raised != null);
        boolean taken = first && takesFirst(sent, raised);
        if (first && !taken && sent != null) {
            throw new IllegalArgumentException("can't send non-None value to a just-started coroutine");
        }
        Strand.Event event = taken ? strand.resume(null, null) : strand.resume(sent, raised);
        return switch (event.kind()) {
            case RETURNED -> throw new StopIteration(event.value());
            case THREW -> throw Strand.sneaky((Throwable) event.value());
            default -> event.value();
        };
    }

    public void close() {
        refuseWhileRunning();
        GeneratorExit exit = new GeneratorExit();
        boolean taken = !strand.isStarted() && !strand.isEnded() && takesFirst(null, exit);
        if (!strand.isStarted() && !taken) {
            strand.end();
        }
        if (strand.isEnded()) {
            return;
        }
        Strand.Event event = strand.resume(null, taken ? null : exit);
        if (!strand.isEnded()) {
            throw new IllegalStateException("coroutine ignored GeneratorExit");
        }
        boolean quiet = event.value() instanceof GeneratorExit || taken && event.value() instanceof StopAsyncIteration;
        if (event.kind() == Strand.Kind.THREW && !quiet) {
            throw Strand.sneaky((Throwable) event.value());
        }
    }

    public Gen.State state() {
        return Gen.stateOf(strand);
    }
}
