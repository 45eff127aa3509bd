package dev.backstitch;

import dev.backstitch.annotations.Suspends;

/**
 * A cold coroutine: Python's coroutine object (PEP 492), made by a method annotated {@code @Async} that returns this type.
 *
 * <p>Calling the method runs nothing. Awaiting the coroutine in another one runs it, without a turn of the scheduler; a
 * scheduler runs it as a task. It can be awaited once.
 *
 * <p>{@link #send}, {@link #raise}, {@link #close}, {@link #state} and {@link #awaiting} are for those who write
 * schedulers; see also {@link Driver}. Not thread-safe: driven by one thread at a time, with a happens-before edge between two
 * of them. While it runs it cannot be driven or closed, from its own body or by another thread: a call by who knows that it
 * runs, by such an edge, throws an {@code IllegalStateException} and changes nothing. Without such an edge two calls at once
 * are a data race, and nothing is promised. What cancels from any thread are the futures and tasks that run coroutines.
 *
 * @param <T> what it returns
 */
public abstract class Coroutine<T> extends Frame {

    /** For generated subclasses. */
    protected Coroutine() {
        if (Unawaited.RECORDED) {
            Unawaited.add(this);
        }
        if (Leaks.ON) {
            Leaks.made(this);
        }
    }

    // ---------------------------------------------------------------- in the body

    /** Awaits a coroutine: runs it and returns its result; its failure is thrown as it is. */
    @Suspends
    public static <R> R await(Coroutine<? extends R> coroutine) {
        throw NotWovenError.at("Coroutine.await");
    }

    /** Awaits a stage: its value, or its original failure, never wrapped. */
    @Suspends
    public static <R> R await(java.util.concurrent.CompletionStage<? extends R> stage) {
        throw NotWovenError.at("Coroutine.await");
    }

    /** Awaits anything awaitable. */
    @Suspends
    public static <R> R await(Awaitable<? extends R> awaitable) {
        throw NotWovenError.at("Coroutine.await");
    }

    /** Awaits {@code stage} and declares that it may fail with the checked exception {@code failure}. */
    @Suspends
    public static <R, X extends Exception> R await(
            java.util.concurrent.CompletionStage<? extends R> stage, Class<X> failure) throws X {
        throw NotWovenError.at("Coroutine.await");
    }

    /** Awaits {@code coroutine} and declares that it may fail with the checked exception {@code failure}. */
    @Suspends
    public static <R, X extends Exception> R await(Coroutine<? extends R> coroutine, Class<X> failure) throws X {
        throw NotWovenError.at("Coroutine.await");
    }

    /** Awaits {@code awaitable} and declares that it may fail with the checked exception {@code failure}. */
    @Suspends
    public static <R, X extends Exception> R await(Awaitable<? extends R> awaitable, Class<X> failure) throws X {
        throw NotWovenError.at("Coroutine.await");
    }

    /**
     * {@code async for}: {@code for (var x : awaitEach(gen))} awaits each value of {@code gen}. Leaving the loop early
     * does not close {@code gen}, as in Python.
     *
     * @return to be iterated by an enhanced {@code for} in a rewritten method, and nothing else
     */
    public static <Y> Each<Y> awaitEach(AsyncGen<? extends Y> gen) {
        return new Each<>(gen);
    }

    /** Hands {@code request} to the driver; returns what the driver sends back. Python's {@code yield} in an {@code __await__}. */
    @Suspends
    public static <S> S suspend(Object request) {
        throw NotWovenError.at("Coroutine.suspend");
    }

    /** {@code return Coroutine.of(value);} ends the body with {@code value}. Elsewhere, a coroutine that returns it. */
    public static <T> Coroutine<T> of(T value) {
        return new Completed<>(value);
    }

    /** {@code return Coroutine.done();} ends the body without a value. */
    public static <T> Coroutine<T> done() {
        return new Completed<>(null);
    }

    /** A coroutine that returns a value it has had from the start. */
    static final class Completed<T> extends Coroutine<T> {
        private final T value;

        Completed(T value) {
            this.value = value;
        }

        @Override
        protected Object run() {
            return value;
        }

        T consume() {
            if (phase != CREATED) {
                throw notStartable();
            }
            phase = CLOSED;
            return value;
        }
    }

    // ---------------------------------------------------------------- started by a call

    /**
     * Starts this under {@code runner}. What the rewriter generates runs the body without a frame, from the arguments, which
     * this forgets: if this is what the call of {@code method} has made, and so nobody else has it. Both names are constants,
     * and the JIT leaves out the path on which this object is needed.
     *
     * @param method name and descriptor of the method whose result is awaited
     * @return the outcome; this, if it has been started as a frame, and {@link Frame#stops stops}
     */
    protected Object call(Frame runner, int nested, String method) throws Throwable {
        phase = CREATED;
        return startUnder(runner, nested);
    }

    /**
     * Notes that the body, run by {@link #call}, has returned. Rewritten code says so of a body without suspension point, of
     * which it need not be asked whether it has suspended.
     */
    protected final void returned() {
        phase = CLOSED;
    }

    /** Notes that the body, run by {@link #call}, has suspended and made itself {@code frame}. */
    final void movedTo(Object frame) {
        link = frame;
        phase = MOVED;
        if (Unawaited.RECORDED) {
            Unawaited.started(this);
        }
    }

    /** This coroutine, or the one that took over from it. */
    @SuppressWarnings("unchecked")
    final Coroutine<T> current() {
        return phase == MOVED ? (Coroutine<T>) link : this;
    }

    // ---------------------------------------------------------------- for schedulers

    /**
     * Starts or resumes the coroutine; what it waits for at its leaf gets {@code value}.
     *
     * @return the request the leaf hands to the driver: what was given to {@link #suspend}, or a pending
     *     {@link Promise} or {@code CompletionStage}
     * @throws StopIteration when the coroutine returns, with its result
     * @throws IllegalArgumentException if {@code value} is not null and the body has not started
     * @throws IllegalStateException if it is running, being awaited or has ended
     */
    public final Object send(Object value) {
        if (phase == MOVED) {
            return current().send(value);
        }
        checkStartable();
        if (phase == CREATED && value != null && !takesFirst(value)) {
            throw new IllegalArgumentException("can't send non-None value to a just-started coroutine");
        }
        return step(value);
    }

    /** Throws {@code exception} where the leaf waits; otherwise as {@link #send}. */
    public final Object raise(Throwable exception) {
        java.util.Objects.requireNonNull(exception, "exception");
        if (phase == MOVED) {
            return current().raise(exception);
        }
        checkStartable();
        if (phase != CREATED) {
            Traces.entering(exception, this);
        }
        return step(new Raised(exception));
    }

    private Object step(Object in) {
        Object out;
        try {
            out = ChainDriver.drive(this, in);
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        }
        if (out instanceof Signal signal) {
            return signal == Signal.YIELDED ? takeYielded() : pending();
        }
        phase = CLOSED;
        throw new StopIteration(out);
    }

    /**
     * Ends the coroutine where it waits, by a {@link GeneratorExit}. Does nothing when it has not started or has ended.
     *
     * @throws IllegalStateException if the body suspends again instead of ending, or is running
     */
    public final void close() {
        if (phase == CLOSED) {
            return;
        }
        if (phase == MOVED) {
            current().close();
            return;
        }
        if (isRunning()) {
            throw executing();
        }
        if (phase == CREATED && !exitsUnstarted()) {
            ended(null);
            return;
        }
        if (place == INNER) {
            throw new IllegalStateException("coroutine is being awaited already");
        }
        Object out;
        try {
            out = ChainDriver.drive(this, new Raised(new GeneratorExit()));
        } catch (GeneratorExit exit) {
            return;
        } catch (Throwable t) {
            if (t instanceof StopAsyncIteration && exitsUnstarted()) {
                return;
            }
            throw Throwables.sneaky(t);
        }
        if (out instanceof Signal) {
            throw ignoredExit();
        }
        phase = CLOSED;
    }

    /** Whether this makes use of a value that is sent before it has started. */
    boolean takesFirst(Object value) {
        return false;
    }

    /** Whether {@link #close} throws its exit even when this has not started: into what this would operate on. */
    boolean exitsUnstarted() {
        return false;
    }

    /** What this coroutine is doing. */
    public final Gen.State state() {
        return Gen.stateOf(current());
    }

    /** Python's {@code cr_await}: what this coroutine waits for; null while it runs or does not wait. */
    public final Object awaiting() {
        if (phase == MOVED) {
            return current().awaiting();
        }
        return isRunning() || phase != WAITING ? null : Gen.delegateOf(link);
    }

    private void checkStartable() {
        if (isRunning() || phase == CLOSED || place == INNER) {
            throw notStartable();
        }
    }

    @Override
    IllegalStateException notStartable() {
        if (phase == MOVED) {
            return current().notStartable();
        }
        if (phase == CLOSED) {
            return new IllegalStateException("cannot reuse already awaited coroutine");
        }
        return isRunning() ? executing() : new IllegalStateException("coroutine is being awaited already");
    }

    /** That this cannot be driven while it runs. */
    IllegalStateException executing() {
        return new IllegalStateException("coroutine already executing");
    }

    @Override
    Throwable ended(Throwable t) {
        super.ended(t);
        return t instanceof StopIteration ? escaped(t) : t;
    }

    @Override
    String kind() {
        return "coroutine";
    }
}
