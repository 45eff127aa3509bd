package dev.backstitch.benchmarks.peers;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.PrimitiveIterator;

/** The generators that are measured, as a user writes them. */
public final class Generators {
    private Generators() {}

    @Generator
    public static Gen<Long> range(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(i);
        }
        return Gen.end();
    }

    @Generator
    public static PrimitiveIterator.OfLong rangeOfLong(long n) {
        for (long i = 0; i < n; i++) {
            Gen.yield(i);
        }
        return null;
    }

    @Generator
    public static PrimitiveIterator.OfInt rangeOfInt(int n) {
        for (int i = 0; i < n; i++) {
            Gen.yield(i);
        }
        return null;
    }

    @Generator
    public static Gen<Long> fibonacci() {
        long a = 0;
        long b = 1;
        while (true) {
            Gen.yield(a);
            long t = a + b;
            a = b;
            b = t;
        }
    }

    @Generator
    public static PrimitiveIterator.OfLong fibonacciOfLong() {
        long a = 0;
        long b = 1;
        while (true) {
            Gen.yield(a);
            long t = a + b;
            a = b;
            b = t;
        }
    }

    @Generator
    public static Gen<Integer> everySixtyFourth(int turns) {
        int x = 1;
        for (int i = 0; i < turns; i++) {
            x ^= i;
            if ((i & 63) == 63) {
                Gen.yield(x);
            }
        }
        return Gen.end();
    }

    @Generator
    public static Gen<Integer> walk(Tree node) {
        if (node.left != null) {
            Gen.yieldFrom(walk(node.left));
        }
        Gen.yield(node.value);
        if (node.right != null) {
            Gen.yieldFrom(walk(node.right));
        }
        return Gen.end();
    }

    @Generator
    public static PrimitiveIterator.OfInt walkOfInt(Tree node) {
        if (node.left != null) {
            Gen.yieldFrom(walkOfInt(node.left));
        }
        Gen.yield(node.value);
        if (node.right != null) {
            Gen.yieldFrom(walkOfInt(node.right));
        }
        return null;
    }

    /** Counts for ever, {@code depth} generators deep. */
    @Generator
    public static Gen<Long> nested(int depth) {
        if (depth == 0) {
            for (long i = 0; ; i++) {
                Gen.yield(i);
            }
        }
        Gen.yieldFrom(nested(depth - 1));
        return Gen.end();
    }

    /** Yields its depth on the way in and on the way out, {@code depth} generators deep. */
    @Generator
    public static Gen<Integer> inAndOut(int depth) {
        Gen.yield(depth);
        if (depth > 0) {
            Gen.yieldFrom(inAndOut(depth - 1));
        }
        Gen.yield(depth);
        return Gen.end();
    }
}
