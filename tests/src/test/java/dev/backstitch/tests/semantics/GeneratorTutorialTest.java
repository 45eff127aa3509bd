package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Deque;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is left of the doctests of CPython's test_generators.py: tut, pep, email, fun, conjoin and coroutine. */
class GeneratorTutorialTest {
    @Generator
    static Gen<Integer> oneTwo(boolean returns) {
        Gen.yield(1);
        if (returns) {
            return Gen.end();
        }
        Gen.yield(2);
        return Gen.end();
    }

    /** Doctest tut: "falling off the end" and "return" stop the generator. */
    @Test
    void should_stop_at_the_end_and_at_a_return() {
        assertEquals(List.of(1, 2), list(oneTwo(false)));
        for (boolean returns : new boolean[] {false, true}) {
            Gen<Integer> g = oneTwo(returns);
            assertEquals(1, g.next());
            if (!returns) {
                assertEquals(2, g.next());
            }
            assertNull(stopValue(g::next));
            assertNull(stopValue(g::next));
        }
    }

    @Generator
    static Gen<Integer> catchesStop() {
        Gen.yield(1);
        try {
            throw new StopIteration(null);
        } catch (Throwable t) {
            Gen.yield(2);
        }
        Gen.yield(3);
        return Gen.end();
    }

    /** Doctest email: "explicitly raising StopIteration acts like any other exception". */
    @Test
    void should_catch_a_stop_that_it_raises() {
        assertEquals(List.of(1, 2, 3), list(catchesStop()));
    }

    @Generator
    static Gen<List<Integer>> combinations(List<Integer> x, int k) {
        if (k > x.size()) {
            return Gen.end();
        }
        if (k == 0) {
            Gen.yield(new ArrayList<>());
        } else {
            List<Integer> rest = x.subList(1, x.size());
            for (List<Integer> c : combinations(rest, k - 1)) {
                c.add(0, x.get(0));
                Gen.yield(c);
            }
            for (List<Integer> c : combinations(rest, k)) {
                Gen.yield(c);
            }
        }
        return Gen.end();
    }

    /** Doctest email: gcomb. */
    @Test
    void should_generate_all_combinations() {
        List<Integer> four = List.of(1, 2, 3, 4);
        List<String> all = new ArrayList<>();
        for (int k = 0; k <= 5; k++) {
            all.add(list(combinations(four, k)).toString());
        }
        assertEquals(
                List.of("[[]]", "[[1], [2], [3], [4]]", "[[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]]",
                        "[[1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]]", "[[1, 2, 3, 4]]", "[]"),
                all);
    }

    private static final class DisjointSet {
        final String name;
        DisjointSet parent;
        final Gen<DisjointSet> generator = generate();

        DisjointSet(String name) {
            this.name = name;
        }

        @Generator
        Gen<DisjointSet> generate() {
            while (parent == null) {
                Gen.yield(this);
            }
            for (DisjointSet x : parent.generator) {
                Gen.yield(x);
            }
            return Gen.end();
        }

        DisjointSet find() {
            return generator.next();
        }

        DisjointSet root() {
            return parent == null ? this : parent.root();
        }
    }

    /** Doctest email: union and find, each set a generator that others iterate. Merged at random, compared with the parents. */
    @Test
    void should_find_the_root_when_generators_share_generators() {
        List<DisjointSet> sets = "ABCDEFGHIJKLM".chars().mapToObj(c -> new DisjointSet(Character.toString(c))).toList();
        List<DisjointSet> roots = new ArrayList<>(sets);
        Random random = new Random(42);
        while (roots.size() > 1) {
            for (DisjointSet set : sets) {
                assertEquals(set.root().name, set.find().name);
            }
            DisjointSet merged = roots.remove(random.nextInt(roots.size()));
            merged.parent = roots.get(random.nextInt(roots.size()));
        }
        assertEquals(1, sets.stream().map(set -> set.find().name).distinct().count());
    }

    /** A list of what a generator has given so far; as many iterators as one likes. */
    private static final class LazyList implements Iterable<Integer> {
        private final List<Integer> soFar = new ArrayList<>();
        private Iterator<Integer> source;

        private int get(int i) {
            while (i >= soFar.size()) {
                soFar.add(source.next());
            }
            return soFar.get(i);
        }

        @Override
        @Generator
        public Iterator<Integer> iterator() {
            for (int i = 0; ; i++) {
                Gen.yield(get(i));
            }
        }
    }

    @Generator
    static Gen<Integer> sum(Iterator<Integer> g, Iterator<Integer> h) {
        while (true) {
            Gen.yield(g.next() + h.next());
        }
    }

    @Generator
    static Gen<Integer> fibonacci(LazyList fib) {
        Gen.yield(1);
        Gen.yield(2);
        Iterator<Integer> tail = fib.iterator();
        tail.next();
        Gen.yieldFrom(sum(fib.iterator(), tail));
        return Gen.end();
    }

    @Generator
    static Gen<Integer> times(int n, Iterator<Integer> source) {
        while (true) {
            Gen.yield(n * source.next());
        }
    }

    @Generator
    static Gen<Integer> shared(LazyList m235) {
        Gen.yield(1);
        Gen<Integer> rest = GeneratorDoctestTest.merge(
                GeneratorDoctestTest.merge(times(2, m235.iterator()), times(3, m235.iterator())), times(5, m235.iterator()));
        for (int i : rest) {
            Gen.yield(i);
        }
        return Gen.end();
    }

    /** Doctest fun: the 2-3-5 and Fibonacci numbers, "LazyList style": lists that are made from themselves. */
    @Test
    void should_run_after_its_own_tail() {
        var fib = new LazyList();
        fib.source = fibonacci(fib);
        assertEquals(
                List.of(1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584),
                list(GeneratorDoctestTest.firstN(fib.iterator(), 17)));

        var m235 = new LazyList();
        m235.source = shared(m235);
        List<Object> numbers = list(GeneratorDoctestTest.firstN(m235.iterator(), 75));
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24), numbers.subList(0, 15));
        assertEquals(
                List.of(400, 405, 432, 450, 480, 486, 500, 512, 540, 576, 600, 625, 640, 648, 675),
                numbers.subList(60, 75));
    }

    @Generator
    static Gen<List<Integer>> product(int n, List<Integer> digits) {
        if (n == 0) {
            Gen.yield(digits);
        } else {
            for (int bit = 0; bit < 2; bit++) {
                digits.add(bit);
                Gen.yieldFrom(product(n - 1, digits));
                digits.remove(digits.size() - 1);
            }
        }
        return Gen.end();
    }

    /** Doctest conjoin: the binary numbers in order, of 0 to 9 bits. */
    @Test
    void should_count_in_binary() {
        for (int n = 0; n < 10; n++) {
            List<String> all = product(n, new ArrayList<>()).stream()
                    .map(digits -> digits.stream().map(String::valueOf).collect(Collectors.joining()))
                    .toList();
            assertEquals(1 << n, all.size());
            assertEquals("0".repeat(n), all.get(0));
            assertEquals("1".repeat(n), all.get(all.size() - 1));
            assertEquals(all.stream().sorted().toList(), all);
        }
    }

    @Generator
    static Gen<String> inorder(GeneratorDoctestTest.Tree root) {
        Deque<GeneratorDoctestTest.Tree> stack = new ArrayDeque<>();
        GeneratorDoctestTest.Tree node = root;
        while (node != null) {
            while (node.left() != null) {
                stack.push(node);
                node = node.left();
            }
            Gen.yield(node.label());
            while (node.right() == null) {
                if (stack.isEmpty()) {
                    return Gen.end();
                }
                node = stack.pop();
                Gen.yield(node.label());
            }
            node = node.right();
        }
        return Gen.end();
    }

    /** Doctest pep: "a non-recursive generator". */
    @Test
    void should_walk_the_tree_without_recursion() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        assertEquals(
                alphabet, inorder(GeneratorDoctestTest.Tree.of(alphabet)).stream().collect(Collectors.joining()));
    }

    @Generator
    static Gen<Void> counts(List<Integer> seen) {
        int count = 0;
        while (count < 200) {
            count += Gen.<Integer>yield(null);
            seen.add(count);
        }
        return Gen.end();
    }

    /** Doctest coroutine: "a yield expression with augmented assignment". */
    @Test
    void should_add_what_is_sent_to_what_was_read_before() {
        List<Integer> seen = new ArrayList<>();
        Gen<Void> c = counts(seen);
        c.next();
        assertEquals(List.of(), seen);
        for (int i = 0; i < 3; i++) {
            c.send(10);
        }
        assertEquals(List.of(10, 20, 30), seen);
    }

    @Generator
    static Gen<Object> rethrows() {
        try {
            Gen.yield(null);
        } catch (ArithmeticException e) {
            throw e;
        }
        return Gen.end();
    }

    private static int byZero(int zero) {
        return 1 / zero;
    }

    /** Doctest coroutine: "plain raise inside a generator should preserve the traceback", and where it passed the generator. */
    @Test
    void should_keep_the_frames_of_what_is_thrown_in_when_it_is_raised_again() {
        Gen<Object> g = rethrows();
        g.next();
        var thrown = assertThrows(ArithmeticException.class, () -> byZero(0));
        var raised = assertThrows(ArithmeticException.class, () -> g.raise(thrown));
        Map<String, Integer> frames = new LinkedHashMap<>();
        for (StackTraceElement frame : raised.getStackTrace()) {
            frames.merge(frame.getMethodName(), 1, Integer::sum);
        }
        assertEquals(1, frames.get("byZero"), frames.toString());
        assertEquals(1, frames.get("rethrows"), frames.toString());
    }

    @Generator
    static Gen<Object> failsToExit() {
        try {
            Gen.yield(null);
        } catch (dev.backstitch.GeneratorExit e) {
            throw new UnsupportedOperationException("fie!");
        }
        return Gen.end();
    }

    /** Doctest coroutine: "errors thrown during closing should propagate". */
    @Test
    void should_let_out_what_is_raised_in_answer_to_its_exit() {
        Gen<Object> g = failsToExit();
        g.next();
        assertEquals("fie!", assertThrows(UnsupportedOperationException.class, g::close).getMessage());
    }
}
