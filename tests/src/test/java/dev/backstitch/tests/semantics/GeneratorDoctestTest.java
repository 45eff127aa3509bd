package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The doctests fun and conjoin of CPython's test_generators.py: deep recursive generators; and G13. */
class GeneratorDoctestTest {

    @Generator
    static Gen<Integer> intsFrom(int n) {
        for (int i = n; ; i++) {
            Gen.yield(i);
        }
    }

    @Generator
    static Gen<Integer> firstN(Iterator<Integer> source, int n) {
        for (int i = 0; i < n; i++) {
            Gen.yield(source.next());
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> exclude(int n, Gen<Integer> ints) {
        for (int i : ints) {
            if (i % n != 0) {
                Gen.yield(i);
            }
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> sieve(Gen<Integer> ints) {
        int prime = ints.next();
        Gen.yield(prime);
        Gen.yieldFrom(sieve(exclude(prime, ints)));
        return Gen.end();
    }

    /** Doctest fun: sieve of Eratosthenes, here with yield from. */
    @Test
    void should_sieve_primes() {
        assertEquals(
                List.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71),
                list(firstN(sieve(intsFrom(2)), 20)));
    }

    @Generator
    static Gen<Integer> times(int n, Iterator<Integer> source) {
        while (source.hasNext()) {
            Gen.yield(n * source.next());
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> merge(Gen<Integer> g, Gen<Integer> h) {
        int ng = g.next();
        int nh = h.next();
        while (true) {
            if (ng < nh) {
                Gen.yield(ng);
                ng = g.next();
            } else if (ng > nh) {
                Gen.yield(nh);
                nh = h.next();
            } else {
                Gen.yield(ng);
                ng = g.next();
                nh = h.next();
            }
        }
    }

    @Generator
    static Gen<Integer> m235() {
        Gen.yield(1);
        Gen<Integer> threeAndFive = merge(times(3, m235()), times(5, m235()));
        Gen.yieldFrom(merge(times(2, m235()), threeAndFive));
        return Gen.end();
    }

    /** Doctest fun: the 2-3-5 numbers, each generator a consumer of three others of its kind. */
    @Test
    void should_generate_the_hamming_numbers() {
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 27, 30, 32, 36),
                list(firstN(m235(), 20)));
    }

    @Generator
    static Gen<int[]> conjoin(List<Supplier<Gen<Integer>>> gs, int[] values, int i) {
        if (i == gs.size()) {
            Gen.yield(values);
        } else {
            for (int x : gs.get(i).get()) {
                values[i] = x;
                Gen.yieldFrom(conjoin(gs, values, i + 1));
            }
        }
        return Gen.end();
    }

    static final class Queens {
        final int n;
        long columns;
        long down;
        long up;

        Queens(int n) {
            this.n = n;
        }

        @Generator
        Gen<Integer> row(int i) {
            for (int j = 0; j < n; j++) {
                long column = 1L << j;
                long a = 1L << (i + j);
                long b = 1L << (i - j + n - 1);
                if ((columns & column) == 0 && (up & a) == 0 && (down & b) == 0) {
                    columns |= column;
                    up |= a;
                    down |= b;
                    Gen.yield(j);
                    columns &= ~column;
                    up &= ~a;
                    down &= ~b;
                }
            }
            return Gen.end();
        }

        Gen<int[]> solve() {
            List<Supplier<Gen<Integer>>> rows = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int row = i;
                rows.add(() -> row(row));
            }
            return conjoin(rows, new int[n], 0);
        }
    }

    /** Doctest conjoin: the n queens, 8 queens have 92 solutions; the first one of the doctest is shown there. */
    @Test
    void should_place_eight_queens_in_92_ways() {
        List<String> solutions = new ArrayList<>();
        for (int[] solution : new Queens(8).solve()) {
            solutions.add(Arrays.toString(solution));
        }
        assertEquals(92, solutions.size());
        assertEquals("[0, 4, 7, 5, 2, 6, 1, 3]", solutions.get(0));
        assertEquals("[0, 5, 7, 2, 6, 3, 1, 4]", solutions.get(1));
        assertEquals(92, solutions.stream().distinct().count());
    }

    private static final int[][] JUMPS = {{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}};

    @Generator
    static Gen<List<Integer>> tours(int n, List<Integer> path) {
        if (path.size() == n * n) {
            Gen.yield(List.copyOf(path));
            return Gen.end();
        }
        int last = path.get(path.size() - 1);
        List<Integer> next = moves(n, last, path).stream()
                .sorted((a, b) -> moves(n, a, path).size() - moves(n, b, path).size())
                .collect(Collectors.toList());
        for (int square : next) {
            path.add(square);
            Gen.yieldFrom(tours(n, path));
            path.remove(path.size() - 1);
        }
        return Gen.end();
    }

    private static List<Integer> moves(int n, int from, List<Integer> path) {
        List<Integer> moves = new ArrayList<>();
        for (int[] jump : JUMPS) {
            int row = from / n + jump[0];
            int column = from % n + jump[1];
            if (row >= 0 && row < n && column >= 0 && column < n && !path.contains(row * n + column)) {
                moves.add(row * n + column);
            }
        }
        return moves;
    }

    /** Doctest conjoin: a knight's tour; delegation as deep as the board has squares. */
    @Test
    void should_tour_the_board_with_a_knight() {
        int n = 8;
        List<Integer> tour = tours(n, new ArrayList<>(List.of(0))).next();
        assertEquals(n * n, tour.stream().distinct().count());
        for (int i = 1; i < tour.size(); i++) {
            int rows = Math.abs(tour.get(i) / n - tour.get(i - 1) / n);
            int columns = Math.abs(tour.get(i) % n - tour.get(i - 1) % n);
            assertEquals(2, rows * columns);
        }
    }

    record Tree(String label, Tree left, Tree right) {
        static Tree of(String labels) {
            int i = labels.length() / 2;
            return labels.isEmpty()
                    ? null
                    : new Tree(labels.substring(i, i + 1), of(labels.substring(0, i)), of(labels.substring(i + 1)));
        }
    }

    @Generator
    static Gen<String> inorder(Tree t) {
        if (t != null) {
            for (String x : inorder(t.left())) {
                Gen.yield(x);
            }
            Gen.yield(t.label());
            for (String x : inorder(t.right())) {
                Gen.yield(x);
            }
        }
        return Gen.end();
    }

    /** Doctest pep: Guido's binary tree. */
    @Test
    void should_walk_the_tree_in_order() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        assertEquals(alphabet, inorder(Tree.of(alphabet)).stream().collect(Collectors.joining()));
    }

    @Generator
    static Gen<Integer> holding(Supplier<Object> maker, boolean useLater) {
        Object a = maker.get();
        Gen.yield(1);
        if (useLater) {
            Gen.yield(a.hashCode());
        }
        return Gen.end();
    }

    /** G13, test_close_releases_frame_locals; and a local that is dead while suspended is not held either. */
    @Test
    void should_hold_no_local_when_closed_or_when_it_is_dead() {
        List<WeakReference<Object>> made = new ArrayList<>();
        Supplier<Object> maker = () -> {
            Object big = new Object();
            made.add(new WeakReference<>(big));
            return big;
        };
        Gen<Integer> closed = holding(maker, true);
        closed.next();
        assertTrue(made.get(0).get() != null);
        closed.close();
        assertCollected(made.get(0));

        Gen<Integer> returned = holding(maker, true);
        list(returned);
        assertCollected(made.get(1));
        assertNull(returned.result());
    }

    private static void assertCollected(WeakReference<Object> reference) {
        for (int i = 0; i < 20 && reference.get() != null; i++) {
            System.gc();
        }
        assertNull(reference.get());
    }
}
