package dev.backstitch.tests.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Driver;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

/** Generators that delegate to themselves, which the rewriter does without calling them, and what a chain knows of its frames. */
class SelfDelegationTest {
    private final List<Object> log = new ArrayList<>();

    /** Arguments of all sizes, and one that the body does not need. */
    @Generator
    static PrimitiveIterator.OfLong sums(long sum, double unused, int depth, byte step, String name, boolean last) {
        if (depth > 0) {
            Gen.yieldFrom(sums(sum + step, unused * 2, depth - 1, (byte) (step + 1), name + depth, !last));
        }
        Gen.yield(sum * 10 + (last ? 1 : 0) + name.length() * 1000L);
        return null;
    }

    interface Walks {
        @Generator
        static Iterator<String> below(String prefix, int depth) {
            Gen.yield(prefix);
            for (int i = 0; i < 2 && depth > 0; i++) {
                Gen.yieldFrom(
                        below(prefix + i, depth - 1));
            }
            return Gen.end();
        }
    }

    @Generator
    static Iterable<Integer> again(int n) {
        if (n > 0) {
            Gen.yieldFrom(again(n - 1));
        }
        Gen.yield(n);
        return Gen.end();
    }

    @Generator
    static Gen<Object> echo(List<Object> log, int depth) {
        try {
            Object result = depth > 0 ? Gen.yieldFrom(echo(log, depth - 1)) : null;
            log.add(depth + " has " + result);
            for (int i = 0; i < 2; i++) {
                log.add(depth + " gets " + Gen.yield(depth));
            }
        } catch (IllegalStateException e) {
            log.add(depth + " catches " + e.getMessage());
        } finally {
            log.add(depth + " ends");
        }
        return Gen.end("result of " + depth);
    }

    @Generator
    static Gen<Integer> forEver(int n) {
        Gen.yield(n);
        Gen.yieldFrom(forEver(n + 1));
        return Gen.end();
    }

    /** Delegates to itself, and asks the outermost of its chain, which runs, for what it is doing. */
    @Generator
    static Gen<State> asking(List<Gen<?>> outermost, int depth) {
        if (depth > 0) {
            Gen.yieldFrom(asking(outermost, depth - 1));
        }
        Gen.yield(outermost.get(0).state());
        return Gen.end();
    }

    @Generator
    static Gen<Integer> three(List<Gen<Integer>> made, int depth) {
        if (depth > 0) {
            Gen<Integer> inner = three(made, depth - 1);
            made.add(inner);
            Gen.yieldFrom(inner);
        } else {
            Gen.yield(1);
            Gen.yield(2);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> reenters(List<Gen<Integer>> outermost, int depth) {
        if (depth > 0) {
            Gen.yieldFrom(reenters(outermost, depth - 1));
        } else {
            outermost.get(0).next();
        }
        return Gen.end();
    }

    @Test
    void should_pass_the_arguments_when_a_generator_delegates_to_itself() {
        List<Long> values = new ArrayList<>();
        sums(1, 2.0, 3, (byte) 4, "n", true).forEachRemaining((long value) -> values.add(value));
        assertEquals(List.of(4160L, 3101L, 2050L, 1011L), values);
    }

    @Test
    void should_go_in_order_when_it_is_a_method_of_an_interface_and_the_call_stands_on_a_line_of_its_own() {
        List<String> values = new ArrayList<>();
        Walks.below("", 2).forEachRemaining(values::add);
        assertEquals(List.of("", "0", "00", "01", "1", "10", "11"), values);
    }

    @Test
    void should_run_anew_each_time_when_it_returns_an_iterable() {
        Iterable<Integer> numbers = again(2);
        for (int round = 0; round < 2; round++) {
            List<Integer> values = new ArrayList<>();
            numbers.forEach(values::add);
            assertEquals(List.of(0, 1, 2), values);
        }
    }

    @Test
    void should_send_to_the_innermost_and_return_results_outwards() {
        Gen<Object> gen = echo(log, 1);
        assertEquals(0, gen.next());
        assertEquals(0, gen.send("a"));
        assertEquals(1, gen.send("b"));
        assertEquals(1, gen.send("c"));
        assertEquals("result of 1", assertThrows(StopIteration.class, () -> gen.send("d")).value());
        assertEquals(
                List.of("0 has null", "0 gets a", "0 gets b", "0 ends", "1 has result of 0", "1 gets c", "1 gets d", "1 ends"),
                log);
    }

    @Test
    void should_raise_at_the_innermost_and_close_from_there_outwards() {
        Gen<Object> gen = echo(log, 2);
        gen.next();
        assertEquals(1, gen.raise(new IllegalStateException("raised")));
        gen.close();
        assertEquals(
                List.of("0 has null", "0 catches raised", "0 ends", "1 has result of 0", "1 ends", "2 ends"), log);
        assertEquals(State.CLOSED, gen.state());
    }

    @Test
    void should_go_as_deep_as_memory_allows() {
        Gen<Integer> gen = forEver(0);
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, gen.next());
        }
        gen.close();
    }

    @Test
    void should_tell_that_the_outermost_runs_when_an_inner_one_does() {
        List<Gen<?>> outermost = new ArrayList<>();
        Gen<State> gen = asking(outermost, 2);
        outermost.add(gen);
        for (int i = 0; i < 3; i++) {
            assertEquals(State.RUNNING, gen.next());
            assertEquals(State.SUSPENDED, gen.state());
        }
    }

    @Test
    void should_tell_what_each_frame_of_a_chain_delegates_to() {
        List<Gen<Integer>> made = new ArrayList<>();
        Gen<Integer> gen = three(made, 3);
        assertEquals(1, gen.next());
        assertEquals(3, made.size());
        assertSame(made.get(0), gen.delegate());
        assertSame(made.get(1), made.get(0).delegate());
        assertSame(made.get(2), made.get(1).delegate());
        assertNull(made.get(2).delegate());
        made.forEach(inner -> assertEquals(State.SUSPENDED, inner.state()));
        assertEquals(2, gen.next());
        assertSame(made.get(2), made.get(1).delegate());
    }

    @Test
    void should_go_on_at_the_right_frame_when_somebody_else_pulls_one_in_the_middle_of_a_chain() {
        List<Gen<Integer>> made = new ArrayList<>();
        Gen<Integer> gen = three(made, 3);
        assertEquals(1, gen.next());
        assertEquals(2, made.get(1).next());
        assertSame(made.get(1), made.get(0).delegate());
        assertSame(made.get(2), made.get(1).delegate());
        assertThrows(StopIteration.class, gen::next);
        made.forEach(inner -> assertEquals(State.CLOSED, inner.state()));
    }

    @Generator
    static Gen<Object> turns() {
        Gen.yield("turns");
        return Gen.end(Driver.nextTurn());
    }

    @Generator
    static Gen<Object> afterTurns(List<Gen<Object>> made) {
        Gen.yieldFrom(turns());
        made.add(turns());
        Gen.yieldFrom(made.get(0));
        return Gen.end();
    }

    @Generator
    static Gen<Object> over(Gen<Object> inner) {
        Gen.yieldFrom(inner);
        return Gen.end();
    }

    @Test
    void should_tell_what_it_delegates_to_when_the_last_result_was_a_schedulers_next_turn() {
        List<Gen<Object>> made = new ArrayList<>();
        Gen<Object> middle = afterTurns(made);
        Gen<Object> gen = over(middle);
        gen.next();
        gen.next();
        assertSame(made.get(0), middle.delegate());
    }

    @Test
    void should_refuse_to_be_pulled_by_what_it_delegates_to() {
        List<Gen<Integer>> outermost = new ArrayList<>();
        Gen<Integer> gen = reenters(outermost, 3);
        outermost.add(gen);
        var failure = assertThrows(IllegalStateException.class, gen::next);
        assertTrue(failure.getMessage().contains("generator already executing"), failure.getMessage());
    }
}
