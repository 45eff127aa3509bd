package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.Stream;

/** Every return type of {@code @Generator}; delegation; sent values. */
public class GeneratorsTarget {

    @HardCase(0)
    @Generator
    static Gen<Long> fibonacci() {
        long a = 0;
        long b = 1;
        while (true) {
            Gen.yield(a);
            long t = a + b;
            a = b;
            b = t;
        }
    }

    @HardCase(0)
    @Generator
    static Iterator<String> iterator() {
        Gen.yield(log("a"));
        Gen.yield(log("b"));
        return null;
    }

    @HardCase(0)
    @Generator
    static Iterable<Integer> iterable() {
        for (int i = 0; i < 3; i++) {
            Gen.yield(num(i));
        }
        return Gen.end();
    }

    @HardCase(0)
    static Object freshRuns() { // logs("called, value 3 4 3 4 ")
        Iterable<Integer> numbers = numbers(3);
        StringBuilder s = new StringBuilder();
        for (int i : numbers) {
            s.append(i).append(' ');
        }
        for (int i : numbers) {
            s.append(i).append(' ');
        }
        return s;
    }

    @Generator
    private static Iterable<Integer> numbers(int from) {
        Gen.yield(from);
        from++;
        Gen.yield(from);
        return null;
    }

    @HardCase(10)
    @Generator
    static PrimitiveIterator.OfInt ints() {
        for (int i = 0; i < 3; i++) {
            Gen.yield(i * i);
        }
        byte b = 5;
        char c = 'c';
        Gen.yield((int) b);
        Gen.yield((int) c);
        Gen.yield(Integer.valueOf(7));
        Gen.yield(t() ? 8 : 9);
        return null;
    }

    @HardCase(10)
    @Generator
    static PrimitiveIterator.OfLong longs() {
        long a = 1;
        for (int i = 0; i < 4; i++) {
            Gen.yield(a);
            a *= 1_000_000_007L;
        }
        Long boxed = a;
        Gen.yield(boxed);
        return null;
    }

    @HardCase(10)
    @Generator
    static PrimitiveIterator.OfDouble doubles() {
        for (double d = 1; d < 100; d *= 3.5) {
            Gen.yield(d);
        }
        Gen.yield(Double.valueOf(-0.0));
        return null;
    }

    @HardCase(10)
    @Generator
    static Gen<Object> mixedPrimitives() {
        Gen.yield(1);
        Gen.yield(2L);
        Gen.yield(3f);
        Gen.yield(4d);
        Gen.yield('5');
        Gen.yield((byte) 6);
        Gen.yield((short) 7);
        Gen.yield(true);
        Gen.yield(null);
        return Gen.end(8);
    }

    @HardCase(10)
    @Generator
    static Gen<Integer> boxedInts() {
        for (int i = 0; i < 3; i++) {
            Object sent = Gen.yield(i);
            log("sent " + sent);
        }
        return Gen.end(null);
    }

    @HardCase(10)
    @Generator
    static Gen<Double> boxedDoubles() {
        double sum = 0;
        for (int i = 1; i < 4; i++) {
            sum += 1.0 / i;
            Gen.yield(sum);
        }
        return Gen.end(sum);
    }

    @HardCase(0)
    @Generator
    static Gen<Object> empty() {
        return Gen.end("nothing yielded");
    }

    @HardCase(0)
    @Generator
    static Gen<Object> endsWithNull() {
        Gen.yield(1);
        if (t()) {
            return null;
        }
        return Gen.end("not here");
    }

    @HardCase(0)
    @Generator
    static Gen<Object> accumulates() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            Object sent = Gen.yield(all.toString());
            all.append(sent);
        }
        return Gen.end(all);
    }

    @HardCase({0, 57})
    @Generator
    static Gen<Object> delegates() {
        Object result = Gen.yieldFrom(accumulates());
        log("result " + result);
        Gen.yieldFrom(Arrays.asList("list", "of", 3));
        Gen.yieldFrom(Stream.of("stream"));
        Gen.yieldFrom(iterator());
        Gen.yieldFrom(ints());
        try {
            Gen.yieldFrom(endsWithNull());
        } catch (RuntimeException e) {
            Gen.yield("caught " + e.getMessage());
        } finally {
            Gen.yield("finally");
        }
        return Gen.end("sum " + (num(1) + (Gen.yieldFrom(empty()) == null ? 0 : 1)));
    }

    static final class Tree {
        final Tree left;
        final int value;
        final Tree right;

        Tree(Tree left, int value, Tree right) {
            this.left = left;
            this.value = value;
            this.right = right;
        }

        static Tree of(int from, int to) {
            int mid = (from + to) >>> 1;
            return from > to ? null : new Tree(of(from, mid - 1), mid, of(mid + 1, to));
        }

        @Generator
        Gen<Integer> inOrder() {
            if (left != null) {
                Gen.yieldFrom(left.inOrder());
            }
            Gen.yield(value);
            if (right != null) {
                Gen.yieldFrom(right.inOrder());
            }
            return Gen.end();
        }
    }

    @HardCase(57)
    @Generator
    static Gen<Object> treeWalk() {
        for (int i : Tree.of(1, 15).inOrder()) {
            Gen.yield(i);
        }
        Gen.yieldFrom(Tree.of(20, 26).inOrder());
        return Gen.end();
    }

    @HardCase(57)
    @Generator
    static Gen<Object> permutations() {
        List<Integer> items = Arrays.asList(1, 2, 3);
        Gen.yieldFrom(permute(items, 0));
        return Gen.end(items);
    }

    @Generator
    private static Gen<String> permute(List<Integer> items, int from) {
        if (from == items.size()) {
            Gen.yield(items.toString());
            return Gen.end();
        }
        for (int i = from; i < items.size(); i++) {
            java.util.Collections.swap(items, from, i);
            Gen.yieldFrom(permute(items, from + 1));
            java.util.Collections.swap(items, from, i);
        }
        return Gen.end();
    }

    @HardCase(0)
    static Object drivenByHand() {
        Gen<Object> gen = accumulates();
        StringBuilder s = new StringBuilder();
        s.append(gen.state()).append(gen.hasNext()).append(gen.next()).append(gen.send("x")).append(gen.state());
        gen.close();
        return s.append(gen.state()).append(gen.hasNext());
    }
}
