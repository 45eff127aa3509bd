package dev.backstitch.tests.harness.reference;

import java.util.PrimitiveIterator;

/** Twins of the runtime's primitive generators; they box, which nobody can see. */
final class PrimitiveGens {
    private PrimitiveGens() {}

    static final class OfInt extends Gen<Integer> implements PrimitiveIterator.OfInt {
        OfInt(Body body) {
            super(body);
        }

        @Override
        public int nextInt() {
            return super.next();
        }

        @Override
        public Integer next() {
            return super.next();
        }
    }

    static final class OfLong extends Gen<Long> implements PrimitiveIterator.OfLong {
        OfLong(Body body) {
            super(body);
        }

        @Override
        public long nextLong() {
            return super.next();
        }

        @Override
        public Long next() {
            return super.next();
        }
    }

    static final class OfDouble extends Gen<Double> implements PrimitiveIterator.OfDouble {
        OfDouble(Body body) {
            super(body);
        }

        @Override
        public double nextDouble() {
            return super.next();
        }

        @Override
        public Double next() {
            return super.next();
        }
    }
}
