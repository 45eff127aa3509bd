package dev.backstitch;

import java.util.Iterator;
import java.util.Objects;

/**
 * What a generator method that returns {@link Iterable} gives: each {@link #iterator()} is a run of its own, with the
 * arguments of the call. Made by rewritten code.
 */
public final class FreshIterable<T> implements Iterable<T> {
    private final Gen<T> prototype;

    private FreshIterable(Gen<T> prototype) {
        this.prototype = prototype;
    }

    /**
     * Called by rewritten code.
     *
     * @param prototype the frame of the call, which is never run itself; not null
     */
    public static <T> Iterable<T> of(Gen<T> prototype) {
        return new FreshIterable<>(Objects.requireNonNull(prototype, "prototype"));
    }

    /** A new run of the generator, not started: a {@link Gen}. */
    @Override
    @SuppressWarnings("unchecked")
    public Iterator<T> iterator() {
        return (Gen<T>) prototype.fresh();
    }
}
