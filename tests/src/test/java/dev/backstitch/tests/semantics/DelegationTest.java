package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md Y1: what happens in which order, by the tests of TestPEP380Operation in test_yield_from.py that {@link YieldFromTest} leaves. */
class DelegationTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    Gen<Integer> plain1() {
        trace.add("Starting g1");
        Gen.yieldFrom(plain2());
        trace.add("Finishing g1");
        return Gen.end();
    }

    @Generator
    Gen<Integer> plain2() {
        trace.add("Starting g2");
        Gen.yield(42);
        trace.add("Finishing g2");
        return Gen.end();
    }

    private void each(Gen<?> gen) {
        for (Object x : gen) {
            trace.add("Yielded " + x);
        }
    }

    /** test_delegation_of_initial_next_to_subgenerator. */
    @Test
    void should_begin_the_inner_when_it_is_pulled_first() {
        each(plain1());
        assertEquals(List.of("Starting g1", "Starting g2", "Yielded 42", "Finishing g2", "Finishing g1"), trace);
    }

    @Generator
    Gen<String> raising1(boolean atOnce) {
        try {
            trace.add("Starting g1");
            if (!atOnce) {
                Gen.yield("g1 ham");
            }
            Gen.yieldFrom(raising2(atOnce));
            Gen.yield("g1 eggs");
        } finally {
            trace.add("Finishing g1");
        }
        return Gen.end();
    }

    @Generator
    Gen<String> raising2(boolean atOnce) {
        try {
            trace.add("Starting g2");
            if (!atOnce) {
                Gen.yield("g2 spam");
            }
            throw new IllegalArgumentException("hovercraft is full of eels");
        } finally {
            trace.add("Finishing g2");
        }
    }

    /** test_raising_exception_in_initial_next_call, test_raising_exception_in_delegated_next_call. */
    @Test
    void should_leave_the_inner_before_the_outer_when_the_inner_raises() {
        var e = assertThrows(IllegalArgumentException.class, () -> each(raising1(true)));
        assertEquals("hovercraft is full of eels", e.getMessage());
        assertEquals(List.of("Starting g1", "Starting g2", "Finishing g2", "Finishing g1"), trace);

        trace.clear();
        assertThrows(IllegalArgumentException.class, () -> each(raising1(false)));
        assertEquals(
                List.of("Starting g1", "Yielded g1 ham", "Starting g2", "Yielded g2 spam", "Finishing g2", "Finishing g1"),
                trace);
    }

    @Generator
    Gen<String> alternating1() {
        trace.add("Starting g1");
        Gen.yield("g1 ham");
        Gen.yieldFrom(alternating2());
        Gen.yield("g1 eggs");
        trace.add("Finishing g1");
        return Gen.end();
    }

    @Generator
    Gen<String> alternating2() {
        trace.add("Starting g2");
        Gen.yield("g2 spam");
        Gen.yield("g2 more spam");
        trace.add("Finishing g2");
        return Gen.end();
    }

    /** test_delegation_of_next_call_to_subgenerator. */
    @Test
    void should_pull_the_inner_until_it_ends_and_then_the_outer() {
        each(alternating1());
        assertEquals(
                List.of("Starting g1", "Yielded g1 ham", "Starting g2", "Yielded g2 spam", "Yielded g2 more spam",
                        "Finishing g2", "Yielded g1 eggs", "Finishing g1"),
                trace);
    }

    @Generator
    Gen<String> received1() {
        trace.add("Starting g1");
        Object x = Gen.yield("g1 ham");
        trace.add("g1 received " + x);
        Gen.yieldFrom(received2());
        trace.add("g1 should not be here");
        return Gen.end();
    }

    @Generator
    Gen<String> received2() {
        trace.add("Starting g2");
        Object x = Gen.yield("g2 spam");
        trace.add("g2 received " + x);
        throw new IllegalArgumentException("hovercraft is full of eels");
    }

    /** test_handling_exception_while_delegating_send. */
    @Test
    void should_let_out_what_the_inner_raises_when_a_value_is_sent() {
        Gen<String> g = received1();
        g.next();
        assertThrows(IllegalArgumentException.class, () -> {
            for (int x = 1; ; x++) {
                trace.add("Yielded " + g.send(x));
            }
        });
        assertEquals(
                List.of("Starting g1", "g1 received 1", "Starting g2", "Yielded g2 spam", "g2 received 2"), trace);
    }

    /** test_value_attribute_of_StopIteration_exception: the value; it cannot be set. */
    @Test
    void should_tell_the_value_that_it_was_made_with() {
        assertNull(new StopIteration(null).value());
        assertEquals("spam", new StopIteration("spam").value());
    }

    @Generator
    static Gen<String> overResult() {
        Gen.yieldFrom(result());
        return Gen.end();
    }

    @Generator
    static Gen<String> result() {
        Gen.yield("g2");
        return Gen.end(new int[] {42});
    }

    /** test_exception_value_crash: a result that nobody takes. */
    @Test
    void should_drop_the_result_when_nobody_takes_it() {
        assertEquals(List.of("g2"), list(overResult()));
    }

    @Generator
    Gen<Integer> aboutTo() {
        trace.add("g1 about to yield from g2");
        Gen.yieldFrom(divides(0));
        trace.add("g1 should not be here");
        return Gen.end();
    }

    @Generator
    static Gen<Integer> divides(int by) {
        Gen.yield(1 / by);
        return Gen.end();
    }

    /** test_exception_in_initial_next_call. */
    @Test
    void should_let_out_what_the_inner_raises_at_once() {
        assertThrows(ArithmeticException.class, () -> aboutTo().next());
        assertEquals(List.of("g1 about to yield from g2"), trace);
    }

    @Generator
    Gen<Object> returns(Object r) {
        trace.add("g starting");
        Object x = Gen.yield(null);
        trace.add("g received " + x);
        return Gen.end(r);
    }

    private static final Object[] RESULTS = {null, 1, List.of(2), new StopIteration(3)};

    /** test_next_and_return_with_value: the result is asked for. */
    @Test
    void should_stop_with_the_result_when_it_is_pulled() {
        for (Object result : RESULTS) {
            trace.clear();
            Gen<Object> g = returns(result);
            g.next();
            stopValue(g::next);
            assertSame(result, g.result());
            assertEquals(List.of("g starting", "g received null"), trace);
        }
    }

    /** test_send_and_return_with_value. */
    @Test
    void should_stop_with_the_result_when_a_value_is_sent() {
        for (Object result : RESULTS) {
            trace.clear();
            Gen<Object> g = returns(result);
            g.next();
            assertSame(result, stopValue(() -> g.send("spam")));
            assertEquals(List.of("g starting", "g received spam"), trace);
        }
    }

    @Generator
    Gen<Object> catching(Object value) {
        try {
            Gen.yield(1);
        } catch (IllegalArgumentException e) {
            trace.add("inner caught");
        }
        return Gen.end(value);
    }

    @Generator
    Gen<Object> overCatching(Object value) {
        Object v = Gen.yieldFrom(catching(value));
        trace.add("inner returned");
        Gen.yield(v);
        return Gen.end();
    }

    /** test_catching_exception_from_subgen_and_returning. */
    @Test
    void should_go_on_in_the_outer_when_the_inner_catches_and_returns() {
        for (Object value : new Object[] {2, List.of(2), new StopIteration(2)}) {
            trace.clear();
            Gen<Object> g = overCatching(value);
            assertEquals(1, g.next());
            assertSame(value, g.raise(new IllegalArgumentException()));
            assertEquals(List.of("inner caught", "inner returned"), trace);
        }
    }

    @Generator
    static Gen<Object> empty() {
        Object result = Gen.yieldFrom(List.of());
        return Gen.end(result);
    }

    /** test_yield_from_empty. */
    @Test
    void should_stop_at_once_when_there_is_nothing_to_delegate_to() {
        assertNull(stopValue(() -> empty().next()));
        assertFalse(empty().hasNext());
    }

    @Generator
    static Gen<Object> ringInner() {
        Object outer = Gen.yield(null);
        Gen.yieldFrom(innermost());
        return Gen.end(outer);
    }

    @Generator
    static Gen<Object> innermost() {
        Gen.yield(null);
        return Gen.end();
    }

    @Generator
    static Gen<Object> ringOuter() {
        Object inner = Gen.yield(null);
        Gen.yieldFrom(inner);
        return Gen.end();
    }

    /** test_close_with_cleared_frame: a ring of generators, closed by hand, for no collector closes one here. */
    @Test
    void should_close_when_its_delegate_holds_it() {
        Gen<Object> inner = ringInner();
        Gen<Object> outer = ringOuter();
        outer.send(null);
        outer.send(inner);
        outer.send(outer);
        assertSame(inner, outer.delegate());
        outer.close();
        assertTrue(outer.state() == State.CLOSED && inner.state() == State.CLOSED);
    }
}
