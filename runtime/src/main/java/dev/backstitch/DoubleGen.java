package dev.backstitch;

import java.util.PrimitiveIterator;

/**
 * A generator whose body yields only {@code double} values: they are kept as they are and boxed, if at all, by whoever pulls
 * with {@link #next}. What a method annotated {@code @Generator} that returns {@link PrimitiveIterator.OfDouble} makes, and
 * one that returns {@code Gen<Double>} or {@code Iterator<Double>} where every {@code yield} boxes.
 */
public abstract class DoubleGen extends Gen<Double> implements PrimitiveIterator.OfDouble {
    /** The value last yielded. */
    private double value;

    /** For generated subclasses. */
    protected DoubleGen() {}

    /** {@code Gen.yield(value)}. */
    protected final Object yielding(double value) {
        this.value = value;
        return Signal.YIELDED;
    }

    @Override
    protected final Object take() {
        return value;
    }

    @Override
    public final Double next() {
        return nextDouble();
    }

    @Override
    public final double nextDouble() {
        return pull() ? value : taken(parentOrLeaf);
    }

    private static double taken(Frame leaf) {
        return leaf instanceof DoubleGen gen ? gen.value : ((Number) leaf.take()).doubleValue();
    }
}
