package dev.backstitch;

import dev.backstitch.annotations.Suspends;
import java.util.Iterator;

/**
 * What {@link Coroutine#awaitEach} returns: the iteration of an asynchronous generator by an enhanced {@code for} loop of
 * a rewritten method, where {@code hasNext()} is a suspension point.
 */
public final class Each<Y> implements Iterable<Y> {
    private final AsyncGen<? extends Y> gen;

    Each(AsyncGen<? extends Y> gen) {
        this.gen = java.util.Objects.requireNonNull(gen, "the generator of awaitEach");
    }

    @Override
    public Iterator<Y> iterator() {
        return new AsyncIterator<>(gen);
    }

    /** The iterator of the loop: {@code __anext__} per element, until {@link StopAsyncIteration}. */
    static final class AsyncIterator<Y> implements Iterator<Y> {
        final AsyncGen<? extends Y> gen;
        Y value;

        AsyncIterator(AsyncGen<? extends Y> gen) {
            this.gen = gen;
        }

        @Override
        @Suspends
        public boolean hasNext() {
            throw NotWovenError.at("for (... : awaitEach(gen))");
        }

        @Override
        public Y next() {
            Y taken = value;
            value = null;
            return taken;
        }
    }
}
