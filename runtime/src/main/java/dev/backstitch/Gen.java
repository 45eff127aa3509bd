package dev.backstitch;

import dev.backstitch.annotations.Suspends;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A generator: Python's generator object (PEP 255, 342, 380, 479), made by a method annotated {@code @Generator}.
 *
 * <p>Calling the method runs nothing. {@link #hasNext} and {@link #next} run the body to its next {@link #yield}; a
 * {@code for} loop over the generator does that. {@link #send}, {@link #raise} and {@link #close} are Python's
 * {@code send}, {@code throw} and {@code close}. A generator is iterated once: {@link #iterator()} returns itself.
 *
 * <p>Not thread-safe. It may be driven by different threads one after the other, if each hand-over is a happens-before
 * edge. While it runs it cannot be driven or closed, from its own body or by another thread: a call by who knows that it
 * runs, by such an edge, throws an {@code IllegalStateException} and changes nothing. Without such an edge two calls at once
 * are a data race, and nothing is promised.
 *
 * @param <Y> what it yields
 */
public abstract class Gen<Y> extends Frame implements Iterator<Y>, Iterable<Y>, AutoCloseable {

    /** What a generator, coroutine or asynchronous generator is doing: the values of {@code inspect.getgeneratorstate}. */
    public enum State {
        /** Made, not started. */
        CREATED,
        /** Waiting at a suspension point. */
        SUSPENDED,
        /** Running now. */
        RUNNING,
        /** Returned, failed or closed. */
        CLOSED
    }

    /** For generated subclasses. */
    protected Gen() {
        if (Leaks.ON) {
            Leaks.made(this);
        }
    }

    // ---------------------------------------------------------------- in the body

    /**
     * Yields {@code value} to whoever pulls, and waits.
     *
     * @return what was sent: null for {@link #next}
     * @throws NotWovenError always, where the calling method was not rewritten
     */
    @Suspends
    public static <S> S yield(Object value) {
        throw NotWovenError.at("Gen.yield");
    }

    /**
     * Delegates to a {@code Gen}, {@code Iterable}, {@code Iterator} or {@code Stream} until its end (PEP 380): values,
     * {@code send}, {@code raise} and {@code close} go to it directly, at the same cost at any depth.
     *
     * @return the delegate's result; null when it is not a generator
     * @throws NotWovenError always, where the calling method was not rewritten
     */
    @Suspends
    public static <R> R yieldFrom(Object iterable) {
        throw NotWovenError.at("Gen.yieldFrom");
    }

    /** {@code return Gen.end();} ends the body without a result; {@code return null;} does the same. */
    public static <Y> Gen<Y> end() {
        return end(null);
    }

    /** {@code return Gen.end(result);} ends the body with {@code result}. */
    public static <Y> Gen<Y> end(Object result) {
        return new End<>(result);
    }

    /** What {@link #end(Object)} returns: only to be returned from a body. */
    static final class End<Y> extends Gen<Y> {
        private final Object result;

        End(Object result) {
            this.result = result;
        }

        @Override
        protected Object run() {
            return result;
        }
    }

    /** The result in what a body returned. Called by rewritten code. */
    protected static Object ending(Object returned) {
        if (returned == null) {
            return null;
        }
        if (returned instanceof End<?> end) {
            return end.result;
        }
        throw new IllegalStateException("a generator's body must return Gen.end(), Gen.end(result) or null, not a "
                + returned.getClass().getName() + "; to go on with another one, use Gen.yieldFrom(...)");
    }

    // ---------------------------------------------------------------- pulling

    /**
     * Runs the body to its next value, if it has not been run there yet. A {@link #send} or {@link #raise} that follows
     * answers the {@code yield} of that value, which is then not delivered.
     *
     * <p>Not final, for rewritten code alone: each generated frame has these steps as a method of its own, in which
     * {@code run()} is the body itself, and what cannot happen is left out: a body that does not delegate never
     * {@link #settle settles}. So a call site that sees many kinds of iterator dispatches once, and the JIT profiles each
     * generator by itself and can keep it off the heap.
     */
    @Override
    public boolean hasNext() {
        if (!begin()) {
            return hasNextElsewhere();
        }
        Object out;
        try {
            out = run();
        } catch (Throwable t) {
            throw failed(t);
        }
        if (out == Signal.YIELDED) {
            return yielded();
        }
        if (phase == WAITING) {
            return settle(out);
        }
        clear();
        markClosed();
        keepResult(out);
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Y next() {
        return (Y) (pull() ? takeLink() : parentOrLeaf.take());
    }

    /**
     * Makes sure a value is there and counts it as delivered: the first half of {@code next()}.
     *
     * @return whether it is the body's own; else it is the leaf's
     */
    final boolean pull() {
        if (phase != READY) {
            if (place != ROOT_READY && !hasNext()) {
                throw stop();
            }
            if (place == ROOT_READY) {
                place = ROOT;
                return false;
            }
        }
        phase = YIELDED;
        return true;
    }

    // The steps of hasNext(), for generated frames. Where a step is rare, it has at most six bytes of bytecode: the JIT
    // does not inline anything larger that is called once for many elements, and a generator that is passed to a call
    // cannot stay off the heap.

    /**
     * Marks the body as running, if it can be resumed right here: it has no value ready, and is not in a chain, running or
     * at its end.
     */
    protected final boolean begin() {
        if (phase > YIELDED || parentOrLeaf != null) {
            return false;
        }
        phase = RUNNING;
        return true;
    }

    /** The body has yielded: true. */
    protected final boolean yielded() {
        phase = READY;
        if (Leaks.ON) {
            Leaks.suspended(this);
        }
        return true;
    }

    /** One of the constants of {@link Frame}, for a body that has not yielded: {@link #WAITING} where it has delegated. */
    protected final byte phase() {
        return phase;
    }

    /** The body has delegated, with {@code out}: runs the delegate to its first value. */
    protected final boolean settle(Object out) {
        if (Leaks.ON) {
            Leaks.suspended(this);
        }
        Frame delegate = (Frame) (out == Signal.SUSPENDED ? link : out);
        parentOrLeaf = delegate;
        return PullDriver.advanceFrom(this, delegate);
    }

    /** The body has returned, and its slots are empty. */
    protected final void markClosed() {
        phase = CLOSED;
    }

    /** The body has returned {@code result}. */
    protected final void keepResult(Object result) {
        link = result;
    }

    /** The body has thrown {@code t}: what {@code hasNext()} throws. */
    protected final RuntimeException failed(Throwable t) {
        Traces.crossing(t, this);
        Throwable ended = ended(t);
        if (ended != t) {
            Traces.crossing(ended, this);
        }
        return Throwables.sneaky(ended);
    }

    /** Whether the body delegates or is delegated to: it is resumed by {@link #hasNextElsewhere}. */
    protected final boolean inChain() {
        return parentOrLeaf != null;
    }

    /**
     * Lets a frame, which will be its parent, delegate to this one itself, if nobody has touched it. One that is delegated to is
     * started at once: none waits for that.
     *
     * @return false: it has been started
     */
    final boolean adopt() {
        if (phase != CREATED) {
            return false;
        }
        place = INNER;
        return true;
    }

    /** For a frame that is made to be what {@code parent} delegates to: as {@link #delegate(Object)}, when nobody has it yet. */
    protected final void under(Frame parent) {
        if (Leaks.ON) {
            Leaks.suspended(this);
        }
        parentOrLeaf = parent;
        place = INNER;
        parent.phase = WAITING;
    }

    /** Whether the leaf of this chain holds a value that {@link #hasNext} has made ready. */
    final boolean isLeafReady() {
        return place == ROOT_READY;
    }

    /** {@code hasNext()} of a body that is not to be resumed here, but at the leaf of its chain, or not at all. */
    protected final boolean hasNextElsewhere() {
        Frame other = parentOrLeaf;
        if (other == null) {
            return phase == READY || advanceOtherwise();
        }
        if (place != ROOT) {
            return place == ROOT_READY || advanceOtherwise();
        }
        return other.phase == YIELDED ? PullDriver.advanceFrom(this, other) : advanceOtherwise();
    }

    private boolean advanceOtherwise() {
        if (phase == CLOSED) {
            return false;
        }
        checkNotRunning();
        if (place == INNER) {
            SharedGenFrame.replace(this);
            return hasNext();
        }
        try {
            return settled(ChainDriver.drive(this, null));
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        }
    }

    /** The leaf of this chain has yielded: true. */
    final boolean leafYielded() {
        place = ROOT_READY;
        return true;
    }

    /** Whether there is a value, after a step of the chain that gave {@code out}. */
    final boolean settled(Object out) {
        if (out == Signal.YIELDED) {
            return parentOrLeaf == null ? yielded() : leafYielded();
        }
        if (out == Signal.SUSPENDED) {
            throw new IllegalStateException("a generator cannot await: " + link);
        }
        phase = CLOSED;
        link = out;
        return false;
    }

    // ---------------------------------------------------------------- the generator protocol

    /**
     * Resumes the body; the {@code yield} it waits at returns {@code value}.
     *
     * @return the next value yielded
     * @throws StopIteration at the end, with the result
     * @throws IllegalArgumentException if {@code value} is not null and the body has not started
     * @throws IllegalStateException if the generator is running
     */
    public final Y send(Object value) {
        checkNotRunning();
        if (phase == CLOSED) {
            throw new StopIteration(null);
        }
        if (phase == CREATED && value != null) {
            throw new IllegalArgumentException("can't send non-None value to a just-started generator");
        }
        return step(value);
    }

    /**
     * Python's {@code throw}: {@code exception} is thrown at the {@code yield} the body waits at.
     *
     * @return the next value yielded, if the body catches it and goes on
     * @throws StopIteration if the body catches it and ends
     * @throws IllegalStateException if the generator is running
     */
    public final Y raise(Throwable exception) {
        java.util.Objects.requireNonNull(exception, "exception");
        checkNotRunning();
        if (phase != CREATED && phase != CLOSED) {
            Traces.entering(exception, this);
        }
        return raiseTraced(exception);
    }

    /** As {@link #raise} of an exception whose trace shows already where this generator waits. */
    final Y raiseTraced(Throwable exception) {
        checkNotRunning();
        if (phase == CLOSED) {
            throw Throwables.sneaky(exception);
        }
        return step(new Raised(exception));
    }

    private Y step(Object in) {
        if (place == INNER) {
            SharedGenFrame.replace(this);
        }
        place = ROOT;
        Object out;
        try {
            out = ChainDriver.drive(this, in);
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        }
        if (!settled(out)) {
            throw new StopIteration(out);
        }
        return next();
    }

    /**
     * Ends the body where it waits: {@link GeneratorExit} is thrown there, so that its {@code finally} blocks run. Does
     * nothing when the body has not started or has ended. The result, if the body returns one, is in {@link #result}.
     *
     * @throws IllegalStateException if the body answers with a {@code yield}, or is running
     */
    @Override
    public final void close() {
        checkNotRunning();
        if (phase == CLOSED) {
            return;
        }
        if (phase == CREATED) {
            ended(null);
            return;
        }
        if (place == INNER) {
            SharedGenFrame.replace(this);
        }
        place = ROOT;
        Object out;
        try {
            out = ChainDriver.drive(this, new Raised(new GeneratorExit()));
        } catch (GeneratorExit exit) {
            return;
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        }
        if (settled(out)) {
            pull();
            takeYielded();
            throw ignoredExit();
        }
    }

    /** What the body returned; null while it has not ended, or ended without a result. */
    public final Object result() {
        return phase == CLOSED ? link : null;
    }

    /** What this generator is doing. */
    public final State state() {
        return Gen.stateOf(this);
    }

    /** Python's {@code gi_yieldfrom}: what this generator delegates to; null while it runs or does not delegate. */
    public final Object delegate() {
        return isRunning() || phase != WAITING ? null : delegateOf(link instanceof Frame ? link : child());
    }

    /** The frame that this one, which is not the leaf, delegates to: found from below. */
    private Frame child() {
        Frame child = root().leaf();
        while (child.parentOrLeaf != this) {
            child = child.parentOrLeaf;
        }
        return child;
    }

    /** A chain of generators that is not running waits at its leaf, which has yielded. */
    @Override
    final boolean isRunning() {
        return phase == RUNNING || phase == WAITING && root().leaf().phase != YIELDED;
    }

    /** As any frame's, with the delegate {@linkplain #delegate(Object) linked}, as the {@link ChainDriver} wants it. */
    @Override
    final Object resume(Object in) throws Throwable {
        Object out = super.resume(in);
        if (out instanceof Gen<?> child && phase == WAITING) {
            link = child;
            return Signal.SUSPENDED;
        }
        return out;
    }

    static Object delegateOf(Object link) {
        if (link instanceof SharedGenFrame shared) {
            return shared.gen;
        }
        return link instanceof IteratorFrame foreign ? foreign.source : link;
    }

    static State stateOf(Frame frame) {
        return switch (frame.phase) {
            case CREATED -> State.CREATED;
            case RUNNING -> State.RUNNING;
            case CLOSED -> State.CLOSED;
            default -> frame.isRunning() ? State.RUNNING : State.SUSPENDED;
        };
    }

    // ---------------------------------------------------------------- as an Iterable

    /** This generator itself: it can be iterated once. */
    @Override
    public final Iterator<Y> iterator() {
        return this;
    }

    @Override
    public final void forEach(Consumer<? super Y> action) {
        forEachRemaining(action);
    }

    @Override
    public final Spliterator<Y> spliterator() {
        return Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
    }

    /** The remaining values as a sequential stream; closing it closes this generator. */
    public final Stream<Y> stream() {
        return StreamSupport.stream(spliterator(), false).onClose(this::close);
    }

    // ---------------------------------------------------------------- messages

    private void checkNotRunning() {
        if (leaf().phase == YIELDED) {
            return; // a chain of generators waits where its leaf has yielded, however many are above it
        }
        if (isRunning()) {
            throw new IllegalStateException("generator already executing");
        }
    }

    private NoSuchElementException stop() {
        return new StopIteration(null);
    }

    @Override
    Throwable ended(Throwable t) {
        super.ended(t);
        return t instanceof StopIteration ? escaped(t) : t;
    }

    @Override
    String kind() {
        return "generator";
    }
}
