package dev.backstitch.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** The generators of {@link Generators} as iterators written by hand, each with the checks a careful author makes. */
public final class HandWritten {
    private HandWritten() {}

    public static Iterator<Long> range(long n) {
        return new Range(n);
    }

    private static final class Range implements Iterator<Long> {
        private final long n;
        private long i;

        Range(long n) {
            this.n = n;
        }

        @Override
        public boolean hasNext() {
            return i < n;
        }

        @Override
        public Long next() {
            if (i >= n) {
                throw new NoSuchElementException();
            }
            return i++;
        }
    }

    public static final class RangeOfLong implements PrimitiveIterator.OfLong {
        private final long n;
        private long i;

        public RangeOfLong(long n) {
            this.n = n;
        }

        @Override
        public boolean hasNext() {
            return i < n;
        }

        @Override
        public Long next() {
            return nextLong();
        }

        @Override
        public long nextLong() {
            if (i >= n) {
                throw new NoSuchElementException();
            }
            return i++;
        }
    }

    public static final class RangeOfInt implements PrimitiveIterator.OfInt {
        private final int n;
        private int i;

        public RangeOfInt(int n) {
            this.n = n;
        }

        @Override
        public boolean hasNext() {
            return i < n;
        }

        @Override
        public Integer next() {
            return nextInt();
        }

        @Override
        public int nextInt() {
            if (i >= n) {
                throw new NoSuchElementException();
            }
            return i++;
        }
    }

    public static final class Fibonacci implements PrimitiveIterator.OfLong {
        private long a;
        private long b = 1;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Long next() {
            return nextLong();
        }

        @Override
        public long nextLong() {
            long result = a;
            a = b;
            b += result;
            return result;
        }
    }

    public static final class EverySixtyFourth implements Iterator<Integer> {
        private final int turns;
        private int i;
        private int x = 1;
        private boolean ready;

        public EverySixtyFourth(int turns) {
            this.turns = turns;
        }

        @Override
        public boolean hasNext() {
            return ready || advance();
        }

        @Override
        public Integer next() {
            if (!ready && !advance()) {
                throw new NoSuchElementException();
            }
            ready = false;
            return x;
        }

        private boolean advance() {
            int at = i;
            int value = x;
            while (at < turns) {
                value ^= at;
                if ((at++ & 63) == 63) {
                    i = at;
                    x = value;
                    return ready = true;
                }
            }
            i = at;
            return false;
        }
    }

    public static final class Walk implements PrimitiveIterator.OfInt {
        private final ArrayDeque<Tree> path = new ArrayDeque<>();

        public Walk(Tree root) {
            descend(root);
        }

        private void descend(Tree from) {
            for (Tree node = from; node != null; node = node.left) {
                path.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Integer next() {
            return nextInt();
        }

        @Override
        public int nextInt() {
            Tree node = path.pop();
            descend(node.right);
            return node.value;
        }
    }
}
