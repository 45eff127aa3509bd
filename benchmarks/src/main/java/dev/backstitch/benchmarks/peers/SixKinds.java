package dev.backstitch.benchmarks.peers;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * Six kinds of sequence of {@code n} numbers, as generators and as iterators written by hand, with the check that
 * {@link Iterator#next} asks for.
 */
public final class SixKinds {
    public static final int COUNT = 6;

    private SixKinds() {}

    /** Kind {@code kind} as a generator. */
    public static Gen<Long> generator(int kind, long n) {
        return switch (kind) {
            case 0 -> up(n);
            case 1 -> down(n);
            case 2 -> even(n);
            case 3 -> squares(n);
            case 4 -> sums(n);
            default -> scrambled(n);
        };
    }

    @Generator
    static Gen<Long> up(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(i);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Long> down(long n) {
        for (long i = n; i > 0; ) {
            i--;
            Gen.yield(i);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Long> even(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(2 * i);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Long> squares(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(i * i);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Long> sums(long n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum += i;
            Gen.yield(sum);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Long> scrambled(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(i ^ 0x55);
        }
        return Gen.end();
    }

    /** Kind {@code kind} as an iterator written by hand. */
    public static Iterator<Long> handWritten(int kind, long n) {
        return handWrittenOfLong(kind, n);
    }

    /** Kind {@code kind} as a primitive iterator written by hand. */
    public static PrimitiveIterator.OfLong handWrittenOfLong(int kind, long n) {
        return switch (kind) {
            case 0 -> new HandWritten.RangeOfLong(n);
            case 1 -> new Down(n);
            case 2 -> new Even(n);
            case 3 -> new Squares(n);
            case 4 -> new Sums(n);
            default -> new Scrambled(n);
        };
    }

    private static final class Down implements PrimitiveIterator.OfLong {
        private long i;

        Down(long n) {
            i = n;
        }

        @Override
        public boolean hasNext() {
            return i > 0;
        }

        @Override
        public Long next() {
            return nextLong();
        }

        @Override
        public long nextLong() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return --i;
        }
    }

    private static final class Even implements PrimitiveIterator.OfLong {
        private final long n;
        private long i;

        Even(long n) {
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
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return 2 * i++;
        }
    }

    private static final class Squares implements PrimitiveIterator.OfLong {
        private final long n;
        private long i;

        Squares(long n) {
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
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long at = i++;
            return at * at;
        }
    }

    private static final class Sums implements PrimitiveIterator.OfLong {
        private final long n;
        private long i;
        private long sum;

        Sums(long n) {
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
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return sum += i++;
        }
    }

    private static final class Scrambled implements PrimitiveIterator.OfLong {
        private final long n;
        private long i;

        Scrambled(long n) {
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
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return i++ ^ 0x55;
        }
    }
}
