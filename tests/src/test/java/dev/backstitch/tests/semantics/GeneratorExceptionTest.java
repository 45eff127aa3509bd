package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Generators, exceptions and handlers, by the tests of test_generators.py that look at what Python is handling
 * ({@code sys.exception()}, {@code __context__}): Java has neither, and so the flow is all there is to see.
 */
class GeneratorExceptionTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    static Gen<Integer> one() {
        Object got = Gen.yield(1);
        return Gen.end(got);
    }

    @Generator
    static Gen<Integer> over(Gen<Integer> inner) {
        Object got = Gen.yieldFrom(inner);
        return Gen.end(got);
    }

    /** test_lambda_generator. */
    @Test
    void should_be_a_generator_as_well_when_it_is_a_lambda() {
        Supplier<Gen<Integer>> f = () -> {
            Object got = Gen.yield(1);
            return Gen.end(got);
        };
        Supplier<Gen<Integer>> f2 = () -> {
            Object got = Gen.yieldFrom(one());
            return Gen.end(got);
        };
        for (Gen<Integer> gen : List.of(f.get(), one(), f2.get(), over(one()), over(f.get()))) {
            assertEquals(1, gen.next());
            assertEquals(2, stopValue(() -> gen.send(2)));
        }
    }

    /** test_name: what names it is its method; there is no setting it. */
    @Test
    void should_be_named_by_its_method() {
        String name = one().toString();
        assertTrue(name.startsWith("<generator " + GeneratorExceptionTest.class.getName() + ".one("), name);
    }

    @Generator
    static Gen<Integer> raises() {
        Gen.yield(null);
        throw new IllegalArgumentException();
    }

    /** test_issue103488. */
    @Test
    void should_raise_in_the_loop_over_it_and_nowhere_else() {
        int steps = 0;
        try {
            for (Integer ignored : raises()) {
                steps++;
            }
            steps = -1;
        } catch (IllegalArgumentException e) {
            steps += 10;
        }
        assertEquals(11, steps);
    }

    @Generator
    Gen<Object> storesWhatIsThrown() {
        try {
            Gen.yield("in try");
        } catch (IllegalArgumentException e) {
            trace.add(e);
            Gen.yield("first");
            trace.add(e);
            Gen.yield("second");
            throw e;
        }
        return Gen.end();
    }

    /** test_except_throw: what a handler caught is what it raises again two yields later. */
    @Test
    void should_raise_again_what_was_thrown_in_when_it_has_yielded_since() {
        Gen<Object> make = storesWhatIsThrown();
        make.next();
        var e = new IllegalArgumentException();
        assertEquals("first", make.raise(e));
        assertEquals("second", make.next());
        assertSame(e, assertThrows(IllegalArgumentException.class, make::next));
        assertEquals(List.of(e, e), trace);
        assertEquals(0, e.getSuppressed().length);
        assertNull(e.getCause());
    }

    @Generator
    static Gen<Object> done() {
        Gen.yield("done");
        return Gen.end();
    }

    /** test_except_next. */
    @Test
    void should_run_as_ever_when_it_is_pulled_from_a_handler() {
        Gen<Object> g = done();
        try {
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException e) {
            assertEquals("done", g.next());
            assertNull(e.getCause());
        }
        assertNull(stopValue(g::next));
    }

    @Generator
    Gen<Object> handlesItsOwn() {
        try {
            try {
                Gen.yield(null);
                throw new ClassCastException();
            } catch (IllegalArgumentException e) {
                trace.add("thrown in");
                throw new ClassCastException();
            }
        } catch (ClassCastException e) {
            trace.add(e.getSuppressed().length);
        }
        Gen.yield(null);
        Gen.yield("done");
        return Gen.end();
    }

    /** test_except_gen_except, test_except_throw_exception_context. */
    @Test
    void should_handle_what_it_raises_when_its_caller_handles_something_else() {
        for (boolean thrown : new boolean[] {false, true}) {
            trace.clear();
            Gen<Object> g = handlesItsOwn();
            g.next();
            try {
                throw new IllegalArgumentException();
            } catch (IllegalArgumentException e) {
                assertNull(thrown ? g.raise(e) : g.next());
            }
            assertEquals("done", g.next());
            assertEquals(thrown ? List.of("thrown in", 0) : List.of(0), trace);
        }
    }

    @Generator
    static Gen<String> doing() {
        for (int i = 0; i < 100; i++) {
            Gen.yield("doing");
        }
        return Gen.end();
    }

    @Generator
    static Gen<String> outer() {
        try {
            throw new ClassCastException();
        } catch (ClassCastException e) {
            for (String x : doing()) {
                Gen.yield(x);
            }
        }
        return Gen.end();
    }

    /** test_nested_gen_except_loop. */
    @Test
    void should_loop_in_a_handler_when_the_loop_over_it_is_in_one() {
        try {
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException e) {
            assertEquals(java.util.Collections.nCopies(100, "doing"), list(outer()));
        }
    }

    @Generator
    static Gen<Object> waitsInHandler(RuntimeException raised, boolean delegates) {
        try {
            throw raised;
        } catch (RuntimeException e) {
            if (delegates) {
                Gen.yieldFrom(one());
            } else {
                Gen.yield(null);
            }
        }
        return Gen.end();
    }

    /** test_exception_context_with_yield, test_exception_context_with_yield_from: what is handled stays as it was. */
    @Test
    void should_let_out_what_is_thrown_in_when_it_waits_in_a_handler() {
        for (boolean delegates : new boolean[] {false, true}) {
            var first = new IllegalStateException("a");
            Gen<Object> gen = waitsInHandler(first, delegates);
            gen.send(null);
            var second = new IllegalArgumentException();
            assertSame(second, assertThrows(IllegalArgumentException.class, () -> gen.raise(second)));
            assertEquals(0, second.getSuppressed().length + first.getSuppressed().length);
        }
    }

    @Generator
    Gen<Object> catchesInHandler(RuntimeException raised, boolean delegates) {
        try {
            throw raised;
        } catch (RuntimeException e) {
            try {
                if (delegates) {
                    Gen.yieldFrom(one());
                } else {
                    Gen.yield(null);
                }
            } catch (RuntimeException inner) {
                trace.add(inner);
                trace.add(e);
                Gen.yield("b");
            }
        }
        return Gen.end();
    }

    /**
     * test_exception_context_with_yield_inside_generator, test_exception_context_with_yield_from_with_context_cycle: also
     * when what is thrown in is what is handled.
     */
    @Test
    void should_catch_what_is_thrown_in_when_it_waits_in_a_handler() {
        for (boolean same : new boolean[] {false, true}) {
            trace.clear();
            var first = new IllegalStateException("a");
            RuntimeException second = same ? first : new IllegalArgumentException();
            Gen<Object> gen = catchesInHandler(first, same);
            gen.send(null);
            assertEquals("b", gen.raise(second));
            assertEquals(List.of(second, first), trace);
        }
    }

    @Generator
    static Gen<Object> replaces() {
        try {
            throw new IllegalStateException();
        } catch (IllegalStateException e) {
            // handled, and done with
        }
        try {
            Gen.yield(null);
        } catch (RuntimeException e) {
            throw new UnsupportedOperationException();
        }
        return Gen.end();
    }

    /** test_throw_after_none_exc_type. */
    @Test
    void should_replace_what_is_thrown_in_when_its_handler_raises() {
        Gen<Object> gen = replaces();
        gen.send(null);
        assertThrows(UnsupportedOperationException.class, () -> gen.raise(new IllegalArgumentException()));
    }
}
