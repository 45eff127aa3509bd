package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.annotations.Generator;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The doctests of test_genexps.py: a generator expression is a generator method whose outermost source is its argument.
 * Not those of syntax, of the addresses of tuples and of attributes.
 */
class GeneratorExpressionTest {
    private static Iterable<Integer> range(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    @Generator
    static Gen<Integer> squares(Iterable<Integer> source) {
        for (int i : source) {
            Gen.yield(i * i);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> oddSquares(Iterable<Integer> source) {
        for (int i : source) {
            if ((i & 1) == 1) {
                Gen.yield(i * i);
            }
        }
        return Gen.end();
    }

    private static int sum(Gen<Integer> gen) {
        return gen.stream().mapToInt(i -> i).sum();
    }

    /** Doctest doctests: "simple loop with conditional", "make sure the induction variable is not exposed". */
    @Test
    void should_sum_what_a_condition_lets_through() {
        assertEquals(166_650, sum(oddSquares(range(100))));
        int i = 20;
        assertEquals(328_350, sum(squares(range(100))));
        assertEquals(20, i);
    }

    @Generator
    static Gen<List<Integer>> pairs(Iterable<Integer> outer, IntSupplier inner) {
        for (int i : outer) {
            for (int j : range(inner.getAsInt())) {
                Gen.yield(List.of(i, j));
            }
        }
        return Gen.end();
    }

    @Generator
    static Gen<List<Integer>> triangle(Iterable<Integer> outer) {
        for (int i : outer) {
            for (int j : range(i)) {
                Gen.yield(List.of(i, j));
            }
        }
        return Gen.end();
    }

    @Generator
    static Gen<List<Integer>> pairsBelow(int n) {
        for (int i : range(3)) {
            for (int j : range(4)) {
                if (j < n) {
                    Gen.yield(List.of(i, j));
                }
            }
        }
        return Gen.end();
    }

    private static List<Object> product(int a, int b) {
        return IntStream.range(0, a * b).mapToObj(n -> (Object) List.of(n / b, n % b)).toList();
    }

    /** Doctest doctests: "simple nesting", "the inner expression dependent on the outer", "defining function is out of scope". */
    @Test
    void should_nest() {
        assertEquals(product(3, 4), list(pairs(range(3), () -> 4)));
        assertEquals(
                List.of(List.of(1, 0), List.of(2, 0), List.of(2, 1), List.of(3, 0), List.of(3, 1), List.of(3, 2)),
                list(triangle(range(4))));
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64, 81), list(squares(range(10))));
        assertEquals(product(3, 4), list(pairsBelow(4)));
        assertEquals(product(3, 2), list(pairsBelow(2)));
    }

    @Generator
    static Gen<Integer> temporaries(Iterable<Integer> source, boolean twice) {
        for (int i : source) {
            for (int j : List.of(i + 1)) {
                if (twice) {
                    for (int k : List.of(j + 1)) {
                        Gen.yield(j * k);
                    }
                } else {
                    Gen.yield(j * j);
                }
            }
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> unpacked(Iterable<Integer> source) {
        for (int i : source) {
            for (int[] jk : List.of(new int[] {i + 1, i + 2})) {
                Gen.yield(jk[0] * jk[1]);
            }
        }
        return Gen.end();
    }

    /** Doctest doctests: "the idiom for temporary variable assignment in comprehensions", "not assignment". */
    @Test
    void should_take_a_loop_over_one_element_for_a_variable() {
        assertEquals(List.of(1, 4, 9, 16), list(temporaries(range(4), false)));
        assertEquals(List.of(2, 6, 12, 20), list(temporaries(range(4), true)));
        assertEquals(List.of(2, 6, 12, 20), list(unpacked(range(4))));
        assertEquals(List.of(0, 1, 4, 9), list(squares(new ArrayList<>((List<Integer>) range(4)))));
    }

    /** Doctest doctests: "first class", "direct calls to next()", "does it stay stopped?", "defined to return self". */
    @Test
    void should_stay_stopped_when_it_is_pulled_by_hand() {
        Gen<Integer> g = squares(range(3));
        assertSame(g, g.iterator());
        assertEquals(List.of(0, 1, 4), List.of(g.next(), g.next(), g.next()));
        assertNull(stopValue(g::next));
        assertNull(stopValue(g::next));
        assertEquals(List.of(), list(g));
    }

    @Generator
    static Gen<Integer> squaresIn(Iterable<Integer> source, List<List<Integer>> include) {
        for (int i : source) {
            if (include.get(0).contains(i)) {
                Gen.yield(i * i);
            }
        }
        return Gen.end();
    }

    /** Doctest doctests: early binding of the outermost source, late binding of conditions and of inner sources. */
    @Test
    void should_evaluate_the_outermost_source_at_once_and_the_rest_late() {
        int[] x = {10};
        Gen<Integer> g = squares(range(x[0]));
        x[0] = 5;
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64, 81), list(g));

        List<List<Integer>> include = new ArrayList<>(List.of(List.of(2, 4, 6, 8)));
        Gen<Integer> filtered = squaresIn(range(10), include);
        include.set(0, List.of(1, 3, 5, 7, 9));
        assertEquals(List.of(1, 9, 25, 49, 81), list(filtered));

        Gen<List<Integer>> inner = pairs(range(3), () -> x[0]);
        x[0] = 4;
        assertEquals(product(3, 4), list(inner));
    }

    @Generator
    static Gen<Integer> each(Iterable<Integer> source) {
        for (int i : source) {
            Gen.yield(i);
        }
        return Gen.end();
    }

    private final List<String> trace = new ArrayList<>();

    private Gen<Integer> creator() {
        Gen<Integer> r = each(range(5));
        trace.add("creator " + r.next());
        return r;
    }

    /** Doctest doctests and doctest tut: an alternate range(), the most recent caller, generators that call generators. */
    @Test
    void should_return_to_the_most_recent_caller() {
        for (int i : creator()) {
            trace.add("caller " + i);
        }
        assertEquals(List.of("creator 0", "caller 1", "caller 2", "caller 3", "caller 4"), trace);
        assertEquals(List.of(0, 1, 2, 3, 4), list(each(each(range(5)))));
    }

    @Generator
    static Gen<Object> pulls(Gen<?>[] me) {
        for (int i : range(10)) {
            Gen.yield(me[0].next());
        }
        return Gen.end();
    }

    @Generator
    static Gen<Object> stateOf(Gen<?>[] me) {
        for (int i : range(2)) {
            Gen.yield(me[0].state());
        }
        return Gen.end();
    }

    /** Doctest doctests and doctest email: "cannot be resumed while it is actively running", the running flag. */
    @Test
    void should_be_running_only_while_it_runs() {
        Gen<?>[] me = new Gen<?>[1];
        me[0] = pulls(me);
        var e = assertThrows(IllegalStateException.class, () -> me[0].next());
        assertEquals("generator already executing", e.getMessage());

        me[0] = stateOf(me);
        assertEquals(State.CREATED, me[0].state());
        assertEquals(State.RUNNING, me[0].next());
        assertEquals(State.SUSPENDED, me[0].state());
    }

    @Generator
    static Gen<Integer> tenBy(Iterable<Integer> source) {
        for (int i : source) {
            Gen.yield(10 / i);
        }
        return Gen.end();
    }

    /** Doctest doctests: "exception propagation". */
    @Test
    void should_be_closed_when_an_element_fails() {
        Gen<Integer> g = tenBy(List.of(5, 0, 2));
        assertEquals(2, g.next());
        assertThrows(ArithmeticException.class, g::next);
        assertNull(stopValue(g::next));
    }

    @Generator
    static Gen<Object> nothings(Iterable<Integer> source) {
        for (int i : source) {
            Gen.yield(null);
        }
        return Gen.end();
    }

    /** Doctest doctests and doctest email: "None is a valid return value". */
    @Test
    void should_yield_null() {
        assertEquals(Collections.nCopies(10, null), list(nothings(range(10))));
    }

    /** Doctest doctests: "weakly referencable". */
    @Test
    void should_be_reachable_by_a_weak_reference() {
        Gen<Integer> g = squares(range(4));
        var reference = new WeakReference<>(g);
        assertTrue(reference.refersTo(g));
        assertEquals(List.of(0, 1, 4, 9), list(reference.get()));
    }
}
