package dev.backstitch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An asynchronous generator (PEP 525), made by a method annotated {@code @Async @Generator}.
 *
 * <p>{@link #next}, {@link #send}, {@link #raise} and {@link #close} return cold coroutines that can be awaited once;
 * only one of them may be under way at a time. {@code for (var x : awaitEach(gen))} is {@code async for}. A suspended
 * generator that nobody closes is not finalised: close it, or exhaust it.
 *
 * @param <Y> what it yields
 */
public abstract non-sealed class AsyncGen<Y> extends AsyncComprehension<Y> {

    private static final ThreadLocal<AsyncGenHooks> HOOKS = new ThreadLocal<>();

    /** Whether one of the operations is under way: {@code ag_running}. */
    boolean busy;
    /** What a hook wants to be called when this has ended; null if nothing, or when it was called. */
    private Runnable onEnd;

    /** For generated subclasses. */
    protected AsyncGen() {
        if (Leaks.ON) {
            Leaks.made(this);
        }
    }

    static AsyncGenHooks setHooks(AsyncGenHooks hooks) {
        AsyncGenHooks before = HOOKS.get();
        if (hooks == null) {
            HOOKS.remove();
        } else {
            HOOKS.set(hooks);
        }
        return before;
    }

    /** Called before the body runs for the first time. */
    final void begun() {
        AsyncGenHooks hooks = cleansUp() ? HOOKS.get() : null;
        if (hooks != null) {
            onEnd = hooks.firstIteration(this);
            if (Leaks.ON) {
                Leaks.hooked(this);
            }
        }
    }

    /** Called by an operation at its end: tells the hook if this has come to its own. */
    final void paused() {
        busy = false;
        if (Leaks.ON && phase == YIELDED) {
            Leaks.suspended(this);
        }
        if (phase == CLOSED && onEnd != null) {
            Runnable told = onEnd;
            onEnd = null;
            told.run();
        }
    }

    // ---------------------------------------------------------------- made from other things

    /** A generator of {@code values}, which it reads as it goes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <Y> AsyncGen<Y> of(Y... values) {
        return from(Arrays.asList(values));
    }

    /**
     * A generator of what {@code source} iterates over; {@code iterator()} is called at once, as for the outermost
     * iterable of a comprehension. A {@link Gen} is closed with it.
     *
     * @param source not null
     */
    public static <Y> AsyncGen<Y> from(Iterable<? extends Y> source) {
        Iterator<? extends Y> iterator = source.iterator();
        return AsyncSources.iterator(Objects.requireNonNull(iterator, "iterator() returned null"));
    }

    /** A generator of the elements of {@code stream}; it closes the stream at its end. */
    public static <Y> AsyncGen<Y> from(Stream<? extends Y> stream) {
        return AsyncSources.stream(Objects.requireNonNull(stream, "stream"));
    }

    /**
     * A generator of what {@code publisher} sends. It subscribes when it is first pulled and asks for an element when
     * one is pulled, so the publisher never runs ahead; closing it cancels the subscription. The publisher's failure is
     * thrown as it is. Elements may be sent by any thread: the awaiting coroutine goes on where its driver runs it.
     *
     * @param publisher not null
     */
    public static <Y> AsyncGen<Y> from(Flow.Publisher<? extends Y> publisher) {
        return AsyncSources.publisher(Objects.requireNonNull(publisher, "publisher"));
    }

    /** {@code source} itself, seen as a generator of a wider type. */
    @SuppressWarnings("unchecked")
    public static <Y> AsyncGen<Y> from(AsyncGen<? extends Y> source) {
        return (AsyncGen<Y>) Objects.requireNonNull(source, "source");
    }

    // ---------------------------------------------------------------- made into other things

    /**
     * A publisher of this generator's values, pulled as its subscriber asks for them: see {@link AsyncGenPublisher}. A
     * generator runs once, so there can be one subscriber; a method that returns {@code Flow.Publisher} serves many.
     */
    public final Flow.Publisher<Y> toPublisher() {
        return AsyncGenPublisher.once(this);
    }

    /**
     * A sequential stream of this generator's values, for code outside any coroutine: to get one, the calling thread
     * blocks and runs an event loop. The loop stands still between two values. Closing the stream closes this generator;
     * do so unless the stream is read to its end.
     *
     * @throws IllegalStateException when it is read, if an event loop runs on the calling thread, which must not block
     */
    public final Stream<Y> toStream() {
        BlockingIterator<Y> values = new BlockingIterator<>(this);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED), false)
                .onClose(values::close);
    }

    /** {@link #toStream} for a {@code for} loop, which must be left at its end only: nothing else closes the generator. */
    public final Iterable<Y> toIterable() {
        BlockingIterator<Y> values = new BlockingIterator<>(this);
        return () -> values;
    }

    // ---------------------------------------------------------------- in the body

    /** {@code return AsyncGen.end();} ends the body; {@code return null;} does the same. */
    public static <Y> AsyncGen<Y> end() {
        return new End<>();
    }

    /** What {@link #end} returns, only to be returned from a body: not null, because Kotlin checks that. */
    private static final class End<Y> extends AsyncGen<Y> {
        @Override
        protected Object run() {
            return null;
        }
    }

    /** Checks what a body returned. Called by rewritten code. */
    protected static Object ending(Object returned) {
        if (returned != null && !(returned instanceof End)) {
            throw new IllegalStateException("an asynchronous generator's body must return AsyncGen.end() or null, not a "
                    + returned.getClass().getName());
        }
        return null;
    }

    // ---------------------------------------------------------------- the protocol

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
        Objects.requireNonNull(exception, "exception");
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
