package dev.backstitch;

/**
 * An asynchronous generator (PEP 525), made by a method annotated {@code @Async @Generator}.
 *
 * <p>{@link #next}, {@link #send}, {@link #raise} and {@link #close} return cold coroutines that can be awaited once;
 * only one of them may be under way at a time. {@code for (var x : awaitEach(gen))} is {@code async for}. A suspended
 * generator that nobody closes is not finalised: close it, or exhaust it.
 *
 * @param <Y> what it yields
 */
public abstract class AsyncGen<Y> extends Frame {

    /** Whether one of the operations is under way: {@code ag_running}. */
    boolean busy;

    /** For generated subclasses. */
    protected AsyncGen() {}

    /** {@code return AsyncGen.end();} ends the body; {@code return null;} does the same. */
    public static <Y> AsyncGen<Y> end() {
        return null;
    }

    /** Checks what a body returned. Called by rewritten code. */
    protected static Object ending(Object returned) {
        if (returned != null) {
            throw new IllegalStateException("an asynchronous generator's body must return AsyncGen.end() or null, not a "
                    + returned.getClass().getName());
        }
        return null;
    }

    /** {@code __anext__}: awaits the next value; {@link StopAsyncIteration} at the end. */
    public final Coroutine<Y> next() {
        return new AsyncGenOperation<>(this, AsyncGenOperation.Kind.NEXT, null);
    }

    /** {@code asend}: as {@link #next}, and the {@code yield} the body waits at returns {@code value}. */
    public final Coroutine<Y> send(Object value) {
        return new AsyncGenOperation<>(this, AsyncGenOperation.Kind.SEND, value);
    }

    /** {@code athrow}: as {@link #next}, and {@code exception} is thrown at the {@code yield} the body waits at. */
    public final Coroutine<Y> raise(Throwable exception) {
        java.util.Objects.requireNonNull(exception, "exception");
        return new AsyncGenOperation<>(this, AsyncGenOperation.Kind.RAISE, exception);
    }

    /** {@code aclose}: ends the body where it waits, by a {@link GeneratorExit}; its {@code finally} blocks may await. */
    public final Coroutine<Void> close() {
        return new AsyncGenOperation<>(this, AsyncGenOperation.Kind.CLOSE, null);
    }

    /** What this generator is doing. */
    public final Gen.State state() {
        return Gen.stateOf(this);
    }

    @Override
    Throwable ended(Throwable t) {
        super.ended(t);
        return t instanceof StopIteration || t instanceof StopAsyncIteration ? escaped(t) : t;
    }

    @Override
    String kind() {
        return "async generator";
    }
}
