package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md Y1 to Y5, with the tests of CPython's test_yield_from.py that they come from. */
class YieldFromTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    Gen<String> sending1() {
        trace.add("Starting g1");
        Object x = Gen.yield("g1 ham");
        trace.add("g1 received " + x);
        Gen.yieldFrom(sending2());
        x = Gen.yield("g1 eggs");
        trace.add("g1 received " + x);
        trace.add("Finishing g1");
        return Gen.end();
    }

    @Generator
    Gen<String> sending2() {
        trace.add("Starting g2");
        Object x = Gen.yield("g2 spam");
        trace.add("g2 received " + x);
        x = Gen.yield("g2 more spam");
        trace.add("g2 received " + x);
        trace.add("Finishing g2");
        return Gen.end();
    }

    /** Y1, test_delegation_of_send. */
    @Test
    void should_send_to_the_innermost() {
        Gen<String> g = sending1();
        g.next();
        stopValue(() -> {
            for (int x = 1; ; x++) {
                trace.add("Yielded " + g.send(x));
            }
        });
        assertEquals(
                List.of(
                        "Starting g1",
                        "g1 received 1",
                        "Starting g2",
                        "Yielded g2 spam",
                        "g2 received 2",
                        "Yielded g2 more spam",
                        "g2 received 3",
                        "Finishing g2",
                        "Yielded g1 eggs",
                        "g1 received 4",
                        "Finishing g1"),
                trace);
    }

    @Generator
    Gen<String> closing1(boolean fails, boolean saves) {
        try {
            trace.add("Starting g1");
            Gen.yield("g1 ham");
            Gen.yieldFrom(closing2(fails, saves));
            Gen.yield("g1 eggs");
        } finally {
            trace.add("Finishing g1");
        }
        return Gen.end();
    }

    @Generator
    Gen<String> closing2(boolean fails, boolean saves) {
        try {
            trace.add("Starting g2");
            Gen.yield("g2 spam");
            Gen.yield("g2 more spam");
        } catch (ArithmeticException e) {
            if (!saves) {
                throw e;
            }
            trace.add("Caught in g2");
            Gen.yield("g2 lunch saved");
            Gen.yield("g2 yet more spam");
        } finally {
            trace.add("Finishing g2");
            if (fails) {
                throw new IllegalArgumentException("nybbles have exploded with delight");
            }
        }
        return Gen.end();
    }

    private Gen<String> pulledTwice(boolean fails, boolean saves) {
        Gen<String> g = closing1(fails, saves);
        trace.add("Yielded " + g.next());
        trace.add("Yielded " + g.next());
        return g;
    }

    private static final List<Object> INNER_FIRST = List.of(
            "Starting g1", "Yielded g1 ham", "Starting g2", "Yielded g2 spam", "Finishing g2", "Finishing g1");

    /** Y2, test_delegating_close. */
    @Test
    void should_close_the_inner_before_the_outer() {
        pulledTwice(false, false).close();
        assertEquals(INNER_FIRST, trace);
    }

    /** Y3, test_handing_exception_while_delegating_close. */
    @Test
    void should_hand_on_the_inners_error_when_it_fails_to_close() {
        Gen<String> g = pulledTwice(true, false);
        var e = assertThrows(IllegalArgumentException.class, g::close);
        assertEquals("nybbles have exploded with delight", e.getMessage());
        assertEquals(INNER_FIRST, trace);
    }

    /** Y2, test_delegating_throw. */
    @Test
    void should_throw_into_the_innermost() {
        var tomato = new ArithmeticException("tomato ejected");
        Gen<String> g = pulledTwice(false, false);
        assertSame(tomato, assertThrows(ArithmeticException.class, () -> g.raise(tomato)));
        assertEquals(INNER_FIRST, trace);
    }

    /** Y2, test_returning_value_from_delegated_throw. */
    @Test
    void should_return_to_the_thrower_what_the_inner_yields_in_its_handler() {
        Gen<String> g = pulledTwice(false, true);
        assertEquals("g2 lunch saved", g.raise(new ArithmeticException()));
        assertEquals(List.of("g2 yet more spam", "g1 eggs"), list(g));
    }

    @Generator
    Gen<String> returns1() {
        Object ret = Gen.yieldFrom(returns2(null));
        trace.add("g2 returned " + ret);
        for (Object v : new Object[] {1, List.of(2), new StopIteration(3)}) {
            ret = Gen.yieldFrom(returns2(v));
            trace.add(ret == v);
        }
        Gen.yield("g1 eggs");
        return Gen.end();
    }

    @Generator
    Gen<String> returns2(Object v) {
        Gen.yield("g2 spam");
        return v == null ? Gen.end() : Gen.end(v);
    }

    /** Y1, test_generator_return_value. */
    @Test
    void should_give_the_inners_result_whatever_it_is() {
        assertEquals(List.of("g2 spam", "g2 spam", "g2 spam", "g2 spam", "g1 eggs"), list(returns1()));
        assertEquals(List.of("g2 returned null", true, true, true), trace);
    }

    @Generator
    Gen<Integer> overRange(Object range) {
        try {
            trace.add("starting g");
            Gen.yieldFrom(range);
            trace.add("done");
        } finally {
            trace.add("finishing g");
        }
        return Gen.end();
    }

    /** Y1, test_delegation_of_next_to_non_generator, test_conversion_of_sendNone_to_next. */
    @Test
    void should_pull_plain_iterables_iterators_and_streams() {
        assertEquals(List.of(0, 1, 2), list(overRange(List.of(0, 1, 2))));
        assertEquals(List.of(0, 1, 2), list(overRange(List.of(0, 1, 2).iterator())));
        assertEquals(List.of(0, 1, 2), list(overRange(IntStream.range(0, 3))));
        Gen<Integer> gen = overRange(List.of(0, 1));
        gen.next();
        assertEquals(1, gen.send(null));
    }

    /** Y2 and Y4, test_delegating_throw_to_non_generator, test_delegation_of_close_to_non_generator. */
    @Test
    void should_raise_in_the_outer_when_the_delegate_is_no_generator() {
        var tomato = new ArithmeticException();
        Gen<Integer> thrown = overRange(List.of(0, 1, 2));
        thrown.next();
        assertSame(tomato, assertThrows(ArithmeticException.class, () -> thrown.raise(tomato)));
        Gen<Integer> closed = overRange(List.of(0, 1, 2));
        closed.next();
        closed.close();
        assertEquals(List.of("starting g", "finishing g", "starting g", "finishing g"), trace);
    }

    /** Y1, test_attempting_to_send_to_non_generator. */
    @Test
    void should_raise_at_the_delegation_when_a_value_is_sent_to_a_plain_iterator() {
        Gen<Integer> gen = overRange(List.of(0, 1, 2));
        gen.next();
        var e = assertThrows(IllegalStateException.class, () -> gen.send(42));
        assertTrue(e.getMessage().contains("send"), e.getMessage());
        assertEquals(List.of("starting g", "finishing g"), trace);
    }

    @Generator
    Gen<String> loop1(Gen<?>[] gi) {
        Gen.yield("y1");
        Gen.yieldFrom(loop2(gi));
        trace.add("g1 should not be here");
        return Gen.end();
    }

    @Generator
    Gen<String> loop2(Gen<?>[] gi) {
        Gen.yield("y2");
        Gen.yieldFrom(gi[0]);
        trace.add("g2 should not be here");
        return Gen.end();
    }

    /** test_attempted_yield_from_loop. */
    @Test
    void should_fail_and_not_hang_when_delegation_goes_round() {
        Gen<?>[] gi = new Gen<?>[1];
        gi[0] = loop1(gi);
        List<Object> values = new ArrayList<>();
        var e = assertThrows(IllegalStateException.class, () -> gi[0].forEach(values::add));
        assertEquals("generator already executing", e.getMessage());
        assertEquals(List.of("y1", "y2"), values);
        assertEquals(List.of(), trace);
    }

    @Generator
    Gen<Object> exiting(String how) {
        try {
            Gen.yield(null);
        } catch (GeneratorExit e) {
            trace.add("exit");
            switch (how) {
                case "returns":
                    return Gen.end();
                case "yields":
                    Gen.yield(null);
                    break;
                default:
                    throw new IllegalArgumentException("Vorpal bunny encountered");
            }
        }
        return Gen.end();
    }

    @Generator
    Gen<Object> overExiting(String how) {
        Gen.yieldFrom(exiting(how));
        trace.add("Exit g");
        return Gen.end();
    }

    /**
     * Y3, test_throwing_GeneratorExit_into_subgen_that_returns, _that_raises,
     * test_throwing_GeneratorExit_into_subgenerator_that_yields.
     */
    @Test
    void should_treat_a_thrown_generator_exit_as_a_close_of_the_inner() {
        var exit = new GeneratorExit();
        assertSame(exit, assertThrows(GeneratorExit.class, () -> started("returns").raise(exit)));
        assertEquals(
                "generator ignored GeneratorExit",
                assertThrows(IllegalStateException.class, () -> started("yields").raise(exit)).getMessage());
        assertEquals(
                "Vorpal bunny encountered",
                assertThrows(IllegalArgumentException.class, () -> started("raises").raise(exit)).getMessage());
        assertEquals(List.of("exit", "exit", "exit"), trace);
    }

    private Gen<Object> started(String how) {
        Gen<Object> gen = overExiting(how);
        gen.next();
        return gen;
    }

    @Generator
    Gen<String> yieldsInFinally(Object inner, String name) {
        try {
            Gen.yieldFrom(inner);
        } catch (IllegalStateException e) {
            trace.add(name + ": " + e.getMessage());
        } finally {
            Gen.yield(name);
        }
        return Gen.end();
    }

    /** Y3: each frame of the chain is closed by the one outside it, whatever the inner one answered. */
    @Test
    void should_complain_to_each_outer_one_in_turn_when_all_yield_to_their_close() {
        Gen<Object> innermost = exiting("yields");
        Gen<String> gen = yieldsInFinally(yieldsInFinally(innermost, "inner"), "outer");
        gen.next();
        var e = assertThrows(IllegalStateException.class, gen::close);
        assertEquals("generator ignored GeneratorExit", e.getMessage());
        assertEquals(
                List.of("exit", "inner: generator ignored GeneratorExit", "outer: generator ignored GeneratorExit"),
                trace);
        assertEquals(Gen.State.SUSPENDED, innermost.state());
        assertEquals(List.of(), list(gen));
    }

    @Generator
    static Gen<Integer> running1(Gen<?>[] self, boolean catching) {
        try {
            Gen.yield(0);
        } catch (ArithmeticException e) {
            assertTrue(catching);
        }
        Gen.yieldFrom(running2(self, catching));
        try {
            Gen.yield(3);
        } catch (ArithmeticException e) {
            assertTrue(catching);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> running2(Gen<?>[] self, boolean catching) {
        try {
            Gen.yield(1);
        } catch (ArithmeticException e) {
            assertTrue(catching);
        }
        assertEquals(Gen.State.RUNNING, self[0].state());
        try {
            Gen.yieldFrom(self[0]);
        } catch (IllegalStateException e) {
            assertEquals("generator already executing", e.getMessage());
        }
        try {
            Gen.yield(2);
        } catch (ArithmeticException e) {
            assertTrue(catching);
        }
        return Gen.end();
    }

    /** test_delegating_generators_claim_to_be_running: with next, send and throw. */
    @Test
    void should_be_running_in_every_frame_of_the_chain() {
        Gen<?>[] self = new Gen<?>[1];
        self[0] = running1(self, false);
        assertEquals(List.of(0, 1, 2, 3), list(self[0]));

        self[0] = running1(self, false);
        List<Object> sent = new ArrayList<>(List.of(self[0].next()));
        stopValue(() -> {
            while (true) {
                sent.add(self[0].send(42));
            }
        });
        assertEquals(List.of(0, 1, 2, 3), sent);

        self[0] = running1(self, true);
        List<Object> thrown = new ArrayList<>(List.of(self[0].next()));
        stopValue(() -> {
            while (true) {
                thrown.add(self[0].raise(new ArithmeticException()));
            }
        });
        assertEquals(List.of(0, 1, 2, 3), thrown);
    }

    @Generator
    static Gen<Object> fails(boolean late) {
        if (late) {
            Gen.yield(null);
        }
        throw new IllegalArgumentException();
    }

    @Generator
    static Gen<Object> eggs(boolean late) {
        Gen.yieldFrom(fails(late));
        return Gen.end();
    }

    @Generator
    static Gen<Object> spam(boolean late) {
        Gen.yieldFrom(eggs(late));
        return Gen.end();
    }

    /** test_delegator_is_visible_to_debugger, test_send_with_yield_from, test_throw_with_yield_from. */
    @Test
    void should_show_every_delegator_in_a_trace() {
        var atOnce = assertThrows(IllegalArgumentException.class, () -> spam(false).next());
        assertEquals(List.of("fails", "eggs", "spam"), methods(atOnce));
        Gen<Object> sent = spam(true);
        sent.next();
        assertEquals(
                List.of("fails", "eggs", "spam"),
                methods(assertThrows(IllegalArgumentException.class, () -> sent.send(1))));
        Gen<Object> thrown = spam(true);
        thrown.next();
        assertEquals(
                List.of("fails", "eggs", "spam"),
                methods(assertThrows(ArithmeticException.class, () -> thrown.raise(new ArithmeticException()))));
    }

    private static List<String> methods(Throwable t) {
        return Arrays.stream(t.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .limit(3)
                .toList();
    }

    @Generator
    static Gen<Integer> countdown(int n) {
        if (n > 0) {
            Gen.yield(n);
            Gen.yieldFrom(countdown(n - 1));
        }
        return Gen.end(n);
    }

    /** Y5: where CPython raises RecursionError. */
    @Test
    void should_delegate_a_hundred_thousand_deep() {
        int count = 0;
        for (Iterator<Integer> it = countdown(100_000); it.hasNext(); it.next()) {
            count++;
        }
        assertEquals(100_000, count);
        assertNull(countdown(3).result());
    }
}
