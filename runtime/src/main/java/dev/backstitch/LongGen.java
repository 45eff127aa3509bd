package dev.backstitch;

import java.util.PrimitiveIterator;

/**
 * A generator whose body yields only {@code long} values: they are kept as they are and boxed, if at all, by whoever pulls
 * with {@link #next}. What a method annotated {@code @Generator} that returns {@link PrimitiveIterator.OfLong} makes, and
 * one that returns {@code Gen<Long>} or {@code Iterator<Long>} where every {@code yield} boxes.
 */
public abstract class LongGen extends Gen<Long> implements PrimitiveIterator.OfLong {
    /** The value last yielded. */
    private long value;

    /** For generated subclasses. */
    protected LongGen() {}

    /** {@code Gen.yield(value)}. */
    protected final Object yielding(long value) {
        this.value = value;
        return Signal.YIELDED;
    }

    @Override
    protected final Object take() {
        return value;
    }

    @Override
    public final Long next() {
        return nextLong();
    }

    @Override
    public final long nextLong() {
        return pull() ? value : taken(parentOrLeaf);
    }

    private static long taken(Frame leaf) {
        return leaf instanceof LongGen gen ? gen.value : ((Number) leaf.take()).longValue();
    }
}
