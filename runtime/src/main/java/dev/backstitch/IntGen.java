package dev.backstitch;

import java.util.PrimitiveIterator;

/**
 * A generator whose body yields only {@code int} values: they are kept as they are and boxed, if at all, by whoever pulls
 * with {@link #next}. What a method annotated {@code @Generator} that returns {@link PrimitiveIterator.OfInt} makes, and
 * one that returns {@code Gen<Integer>} or {@code Iterator<Integer>} where every {@code yield} boxes.
 */
public abstract class IntGen extends Gen<Integer> implements PrimitiveIterator.OfInt {
    /** The value last yielded. */
    private int value;

    /** For generated subclasses. */
    protected IntGen() {}

    /** {@code Gen.yield(value)}. */
    protected final Object yielding(int value) {
        this.value = value;
        return Signal.YIELDED;
    }

    @Override
    protected final Object take() {
        return value;
    }

    @Override
    public final Integer next() {
        return nextInt();
    }

    @Override
    public final int nextInt() {
        return pull() ? value : taken(parentOrLeaf);
    }

    private static int taken(Frame leaf) {
        return leaf instanceof IntGen gen ? gen.value : ((Number) leaf.take()).intValue();
    }
}
