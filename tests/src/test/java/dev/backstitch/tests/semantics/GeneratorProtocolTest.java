package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md G1 to G7 and G15, with the tests of CPython's test_generators.py that they come from. */
class GeneratorProtocolTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    static Gen<Integer> one() {
        Gen.yield(1);
        return Gen.end();
    }

    /** G1, test_send_non_none_to_new_gen. */
    @Test
    void should_refuse_a_value_and_stay_usable_when_it_is_sent_before_the_start() {
        Gen<Integer> gen = one();
        var e = assertThrows(IllegalArgumentException.class, () -> gen.send(0));
        assertEquals("can't send non-None value to a just-started generator", e.getMessage());
        assertEquals(State.CREATED, gen.state());
        assertEquals(1, gen.next());
    }

    @Generator
    Gen<Integer> noting() {
        trace.add("started");
        Gen.yield(1);
        trace.add("ended");
        return Gen.end();
    }

    /** G1. */
    @Test
    void should_run_nothing_when_called() {
        Gen<Integer> gen = noting();
        assertEquals(List.of(), trace);
        gen.next();
        assertEquals(List.of("started"), trace);
        assertFalse(gen.hasNext());
        assertEquals(List.of("started", "ended"), trace);
    }

    @Generator
    Gen<Object> echo() {
        Object got = null;
        while (true) {
            got = Gen.yield(got);
            trace.add("got " + got);
        }
    }

    /** G2, doctest coroutine "Sending a value into a started generator". */
    @Test
    void should_return_the_sent_value_from_yield_and_null_when_pulled() {
        Gen<Object> gen = echo();
        assertNull(gen.next());
        assertEquals(42, gen.send(42));
        assertNull(gen.next());
        assertEquals("x", gen.send("x"));
        assertEquals(List.of("got 42", "got null", "got x"), trace);
    }

    int f(int i) {
        trace.add("f" + i);
        return i;
    }

    @Generator
    Gen<String> operands(int[] a) {
        int[] target = a;
        int right = f(1) + Gen.<Integer>yield("p") * f(2);
        target[f(0)] = right;
        return Gen.end();
    }

    /** G2: Python's order, right side first, with explicit temporaries. */
    @Test
    void should_evaluate_left_operands_once_and_before_the_yield() {
        int[] a = {0};
        Gen<String> gen = operands(a);
        assertEquals("p", gen.next());
        assertEquals(List.of("f1"), trace);
        stopValue(() -> gen.send(5));
        assertEquals(List.of("f1", "f2", "f0"), trace);
        assertEquals(11, a[0]);
    }

    @Generator
    Gen<String> javaOrder(int[] a) {
        a[f(0)] = f(1) + Gen.<Integer>yield("p") * f(2);
        return Gen.end();
    }

    /** G2: Java's own order. */
    @Test
    void should_evaluate_array_and_index_first_when_the_statement_is_javas() {
        int[] a = {0};
        Gen<String> gen = javaOrder(a);
        gen.next();
        stopValue(() -> gen.send(5));
        assertEquals(List.of("f0", "f1", "f2"), trace);
        assertEquals(11, a[0]);
    }

    @Generator
    static Gen<String> twoTargets(int[] d) {
        int value = 27;
        int first = Gen.yield("a");
        d[first] = value;
        int second = Gen.yield("b");
        d[second] = value;
        return Gen.end();
    }

    /** Doctest coroutine {@code d[(yield "a")] = d[(yield "b")] = 27}. */
    @Test
    void should_assign_between_the_yields_when_python_would() {
        int[] data = {1, 2};
        Gen<String> gen = twoTargets(data);
        assertEquals("a", gen.send(null));
        assertEquals(List.of(1, 2), List.of(data[0], data[1]));
        assertEquals("b", gen.send(0));
        assertEquals(List.of(27, 2), List.of(data[0], data[1]));
        stopValue(() -> gen.send(1));
        assertEquals(List.of(27, 27), List.of(data[0], data[1]));
    }

    @Generator
    Gen<Object> a(Gen<?>[] b) {
        trace.add(b[0].state() + " " + b[0].delegate());
        Gen.yield(1);
        trace.add(b[0].state() + " " + b[0].delegate());
        return Gen.end();
    }

    @Generator
    Gen<Object> b(Gen<?>[] self, Gen<?> a) {
        trace.add(self[0].state() + " " + self[0].delegate());
        Gen.yieldFrom(a);
        Gen.yield(2);
        return Gen.end();
    }

    /** G3, test_generator_gi_yieldfrom. */
    @Test
    void should_tell_state_and_delegate_at_every_phase() {
        Gen<?>[] self = new Gen<?>[1];
        Gen<?> a = a(self);
        Gen<?> b = b(self, a);
        self[0] = b;
        assertEquals(State.CREATED, b.state());
        assertNull(b.delegate());
        b.send(null);
        assertEquals(State.SUSPENDED, b.state());
        assertSame(a, b.delegate());
        b.send(null);
        assertEquals(State.SUSPENDED, b.state());
        assertNull(b.delegate());
        assertFalse(b.hasNext());
        assertEquals(State.CLOSED, b.state());
        assertNull(b.delegate());
        assertEquals(List.of("RUNNING null", "RUNNING null", "RUNNING null"), trace);
    }

    @Generator
    static Gen<Object> returning() {
        Object got = Gen.yield(1);
        return Gen.end(got);
    }

    /** G4, test_return_tuple and test_return_stopiteration. */
    @Test
    void should_stop_with_the_value_once_when_the_body_returns_one() {
        Gen<Object> gen = returning();
        gen.next();
        assertEquals(List.of(2), stopValue(() -> gen.send(List.of(2))));
        assertNull(stopValue(() -> gen.send(null)));
        assertNull(stopValue(gen::next));

        Gen<Object> other = returning();
        other.next();
        var value = new StopIteration(2);
        assertSame(value, stopValue(() -> other.send(value)));
    }

    @Generator
    static Gen<Integer> g1() {
        try {
            return Gen.end();
        } catch (Throwable t) {
            Gen.yield(1);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> g2() {
        try {
            throw new StopIteration(null);
        } catch (Throwable t) {
            Gen.yield(42);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> g3() {
        try {
            return Gen.end();
        } finally {
            Gen.yield(1);
        }
    }

    /** G4, doctest tut g1, g2, g3. */
    @Test
    void should_not_take_return_for_an_exception() {
        assertEquals(List.of(), list(g1()));
        assertEquals(List.of(42), list(g2()));
        assertEquals(List.of(1), list(g3()));
    }

    @Generator
    static Gen<Integer> raisesStop() {
        Gen.yield(1);
        throw new StopIteration(7);
    }

    /** G5, test_stopiteration_error and test_tutorial_stopiteration. */
    @Test
    void should_become_a_runtime_error_when_stop_iteration_escapes() {
        Gen<Integer> gen = raisesStop();
        gen.next();
        var e = assertThrows(IllegalStateException.class, gen::next);
        assertEquals("generator raised StopIteration", e.getMessage());
        assertEquals(7, ((StopIteration) e.getCause()).value());
        assertEquals(State.CLOSED, gen.state());
    }

    /** G5: also when it was thrown in. */
    @Test
    void should_become_a_runtime_error_when_stop_iteration_is_thrown_in() {
        Gen<Integer> gen = one();
        gen.next();
        var stop = new StopIteration(3);
        var e = assertThrows(IllegalStateException.class, () -> gen.raise(stop));
        assertEquals("generator raised StopIteration", e.getMessage());
        assertSame(stop, e.getCause());
    }

    @Generator
    static Gen<Integer> fails() {
        Gen.yield(1);
        throw new ArithmeticException("k");
    }

    /** G6, doctest pep "k(); next(k) ZeroDivisionError, then StopIteration". */
    @Test
    void should_be_closed_when_an_exception_has_escaped() {
        Gen<Integer> gen = fails();
        gen.next();
        assertThrows(ArithmeticException.class, gen::next);
        assertEquals(State.CLOSED, gen.state());
        assertNull(stopValue(gen::next));
        assertFalse(gen.hasNext());
    }

    @Generator
    static Gen<Object> me(Gen<?>[] self) {
        Gen.yield(self[0].next());
        return Gen.end();
    }

    /** G7, doctest pep "next(me)". */
    @Test
    void should_refuse_to_run_when_it_is_running() {
        Gen<?>[] self = new Gen<?>[1];
        Gen<Object> gen = me(self);
        self[0] = gen;
        var e = assertThrows(IllegalStateException.class, gen::next);
        assertEquals("generator already executing", e.getMessage());
        assertEquals(State.CLOSED, gen.state());
    }

    @Generator
    Gen<Object> reentrant(Gen<?>[] self) {
        for (Runnable step : List.<Runnable>of(
                () -> self[0].next(),
                () -> self[0].hasNext(),
                () -> self[0].send(null),
                () -> self[0].raise(new ArithmeticException()),
                () -> self[0].close())) {
            try {
                step.run();
            } catch (IllegalStateException e) {
                trace.add(e.getMessage());
            }
        }
        Gen.yield("still here");
        return Gen.end();
    }

    /** G7: from inside, through a delegate, and the running activation goes on. */
    @Test
    void should_go_on_when_it_catches_its_own_reentrancy() {
        Gen<?>[] self = new Gen<?>[1];
        self[0] = b(new Gen<?>[] {one()}, reentrant(self));
        assertEquals("still here", self[0].next());
        assertEquals(6, trace.size());
        assertEquals(java.util.Collections.nCopies(5, "generator already executing"), trace.subList(1, 6));
    }

    /** G14: neither copied nor compared by value. */
    @Test
    void should_be_a_fresh_run_when_the_method_is_called_again() {
        assertNotSame(one(), one());
        assertSame(State.CREATED, one().state());
    }

    /** G15: one thread after the other, with a happens-before edge between them. */
    @Test
    void should_go_on_in_another_thread_when_it_is_handed_over() throws Exception {
        Gen<Object> gen = echo();
        gen.next();
        var other = new java.util.concurrent.FutureTask<>(() -> gen.send("there"));
        Thread thread = new Thread(other);
        thread.start();
        assertEquals("there", other.get());
        assertEquals("here", gen.send("here"));
    }
}
