package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.list;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SEMANTICS.md G8 to G12: throw, close, and what finally blocks do with both. */
class GeneratorThrowCloseTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    Gen<Integer> f() {
        trace.add("body");
        try {
            Gen.yield(1);
            Gen.yield(2);
        } catch (IllegalArgumentException e) {
            Gen.yield(10);
            Gen.yield(11);
        }
        return Gen.end("ended");
    }

    /** G8, doctest coroutine "throw on closed generator", "throw on just-opened generator". */
    @Test
    void should_let_the_exception_out_unchanged_when_not_started_or_finished() {
        var e = new IllegalArgumentException("7");
        Gen<Integer> opened = f();
        assertSame(e, assertThrows(IllegalArgumentException.class, () -> opened.raise(e)));
        assertEquals(State.CLOSED, opened.state());
        assertEquals(List.of(), trace);
        assertNull(stopValue(opened::next));
        assertSame(e, assertThrows(IllegalArgumentException.class, () -> opened.raise(e)));

        var stop = new StopIteration(3);
        assertSame(stop, assertThrows(StopIteration.class, () -> opened.raise(stop)));
    }

    /** G8, doctest coroutine "caught ValueError". */
    @Test
    void should_return_the_next_value_when_the_body_catches() {
        Gen<Integer> gen = f();
        gen.next();
        assertEquals(10, gen.raise(new IllegalArgumentException()));
        assertEquals(11, gen.next());
        assertEquals("ended", stopValue(gen::next) == null ? gen.result() : "stop had a value");
    }

    /** G8: the body catches and returns. */
    @Test
    void should_stop_with_the_result_when_the_body_catches_and_returns() {
        Gen<Integer> gen = f();
        gen.next();
        gen.raise(new IllegalArgumentException());
        gen.next();
        assertEquals("ended", stopValue(() -> gen.send(null)));
    }

    @Generator
    static Gen<Integer> returnsOnExit() {
        try {
            Gen.yield(1);
        } catch (GeneratorExit e) {
            return Gen.end(0);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> plain() {
        Gen.yield(1);
        return Gen.end(0);
    }

    @Generator
    static Gen<Integer> raisesOnExit() {
        try {
            Gen.yield(1);
        } catch (GeneratorExit e) {
            // goes on
        }
        throw new IllegalStateException("fie!");
    }

    /** G9, test_close_return_value, _no_return_value, _not_catching_exit, _not_started, _exhausted, _closed, _raises. */
    @Test
    void should_close_as_the_table_says() {
        Gen<Integer> returns = returnsOnExit();
        returns.next();
        returns.close();
        assertEquals(0, returns.result());
        returns.close();

        Gen<Integer> lets = plain();
        lets.next();
        lets.close();
        assertNull(lets.result());

        Gen<Integer> fresh = returnsOnExit();
        fresh.close();
        assertNull(fresh.result());
        assertNull(stopValue(fresh::next));

        Gen<Integer> exhausted = returnsOnExit();
        list(exhausted);
        exhausted.close();
        assertNull(exhausted.result());

        Gen<Integer> raises = raisesOnExit();
        raises.next();
        assertEquals("fie!", assertThrows(IllegalStateException.class, raises::close).getMessage());
        raises.close();
        assertEquals(State.CLOSED, raises.state());
    }

    @Generator
    Gen<Object> illBehaved() {
        try {
            Gen.yield(1);
        } catch (GeneratorExit e) {
            Gen.yield("foo!");
        }
        trace.add("after");
        Gen.yield("more");
        return Gen.end();
    }

    /** G9, doctest coroutine "ignored GeneratorExit", and that it is still suspended then. */
    @Test
    void should_complain_once_and_close_later_when_the_body_yields_to_its_exit() {
        Gen<Object> gen = illBehaved();
        gen.next();
        var e = assertThrows(IllegalStateException.class, gen::close);
        assertEquals("generator ignored GeneratorExit", e.getMessage());
        assertEquals(State.SUSPENDED, gen.state());
        gen.close();
        assertEquals(State.CLOSED, gen.state());
        assertEquals(List.of(), trace);

        Gen<Object> continued = illBehaved();
        continued.next();
        assertThrows(IllegalStateException.class, continued::close);
        assertEquals("more", continued.next());
        assertEquals(List.of("after"), trace);
    }

    private Gen<Object> delegating;

    @Generator
    Gen<Object> pullsItself(Gen<Object> inner) {
        try {
            Gen.yieldFrom(inner);
        } finally {
            trace.add(assertThrows(IllegalStateException.class, delegating::hasNext).getMessage());
            trace.add(assertThrows(IllegalStateException.class, delegating::next).getMessage());
        }
        return Gen.end();
    }

    /** G6, with a delegate that yields to its exit, and so looks as if it could be pulled. */
    @Test
    void should_refuse_to_pull_itself_when_its_delegate_ignored_its_exit() {
        delegating = pullsItself(illBehaved());
        delegating.next();
        var e = assertThrows(IllegalStateException.class, delegating::close);
        assertEquals("generator ignored GeneratorExit", e.getMessage());
        assertEquals(List.of("generator already executing", "generator already executing"), trace);
    }

    @Generator
    Gen<Object> delegatesTo(Gen<Object> inner) {
        Gen.yieldFrom(inner);
        return Gen.end();
    }

    /** The same, one generator further in. */
    @Test
    void should_refuse_to_pull_what_delegates_to_it_when_its_delegate_ignored_its_exit() {
        delegating = delegatesTo(pullsItself(illBehaved()));
        delegating.next();
        var e = assertThrows(IllegalStateException.class, delegating::close);
        assertEquals("generator ignored GeneratorExit", e.getMessage());
        assertEquals(List.of("generator already executing", "generator already executing"), trace);
    }

    @Generator
    Gen<Object> answersItsExit(boolean through) {
        try {
            Gen.yield("value");
        } catch (GeneratorExit e) {
            if (through) {
                Gen.yieldFrom(answers());
            } else {
                trace.add(Gen.yield("answer"));
            }
        }
        return Gen.end();
    }

    @Generator
    Gen<Object> answers() {
        trace.add(Gen.yield("answer"));
        return Gen.end();
    }

    /** Nobody gets the answer, so it must not come back as what is sent next. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_get_null_when_it_is_pulled_after_it_has_answered_its_exit(boolean through) {
        Gen<Object> inner = answersItsExit(through);
        delegating = delegatesTo(inner);
        delegating.next();
        assertThrows(IllegalStateException.class, delegating::close);
        assertFalse(inner.hasNext());
        assertEquals(Collections.singletonList(null), trace);
    }

    @Generator
    @SuppressWarnings("finally")
    static Gen<Integer> returnsInFinally() {
        try {
            Gen.yield(1);
        } finally {
            return Gen.end("swallowed");
        }
    }

    /** G10. */
    @Test
    void should_swallow_the_exception_when_finally_returns() {
        Gen<Integer> closed = returnsInFinally();
        closed.next();
        closed.close();
        assertEquals("swallowed", closed.result());

        Gen<Integer> thrown = returnsInFinally();
        thrown.next();
        assertEquals("swallowed", stopValue(() -> thrown.raise(new ArithmeticException())));
    }

    @Generator
    Gen<String> nested(String how) {
        for (int i = 0; i < 2; i++) {
            try {
                try {
                    try {
                        Gen.yield("body " + i);
                        if (how.equals("break")) {
                            break;
                        }
                        if (how.equals("continue")) {
                            continue;
                        }
                        if (how.equals("return")) {
                            return Gen.end(value("returned"));
                        }
                        throw new ArithmeticException(how);
                    } finally {
                        Gen.yield("inner");
                    }
                } finally {
                    Gen.yield("middle");
                    if (how.equals("replace")) {
                        throw new IllegalArgumentException("replaced");
                    }
                }
            } finally {
                Gen.yield("outer");
            }
        }
        return Gen.end("fell through");
    }

    private Object value(Object v) {
        trace.add(v);
        return v;
    }

    /** G11. */
    @Test
    void should_run_every_finally_from_the_inside_out_when_leaving() {
        List<String> once = List.of("body 0", "inner", "middle", "outer");
        List<String> twice = new ArrayList<>(once);
        twice.addAll(List.of("body 1", "inner", "middle", "outer"));

        Gen<String> broken = nested("break");
        assertEquals(once, list(broken));
        assertEquals("fell through", broken.result());
        assertEquals(twice, list(nested("continue")));
        Gen<String> returned = nested("return");
        assertEquals(once, list(returned));
        assertEquals("returned", returned.result());
        assertEquals(List.of("returned"), trace);

        List<Object> values = new ArrayList<>();
        assertEquals("raise", assertThrows(ArithmeticException.class, () -> nested("raise").forEach(values::add))
                .getMessage());
        assertEquals(once, values);
        assertThrows(IllegalArgumentException.class, () -> list(nested("replace")));
    }

    @Generator
    static Gen<Integer> raisesAgain(RuntimeException e) {
        try {
            throw e;
        } catch (ArithmeticException caught) {
            Gen.yield(1);
            try {
                throw new IllegalArgumentException();
            } catch (IllegalArgumentException other) {
                Gen.yield(2);
            }
            throw caught;
        }
    }

    /** G12. */
    @Test
    void should_raise_the_same_object_again_when_it_was_suspended_in_the_handler() {
        var e = new ArithmeticException();
        Gen<Integer> gen = raisesAgain(e);
        assertEquals(1, gen.next());
        assertEquals(2, gen.next());
        assertSame(e, assertThrows(ArithmeticException.class, gen::next));
    }

    @Generator
    @SuppressWarnings("finally")
    static Gen<Integer> pep() {
        try {
            Gen.yield(1);
            try {
                Gen.yield(2);
                int one = 1;
                Gen.yield(one / (one - 1));
                Gen.yield(3);
            } catch (ArithmeticException e) {
                Gen.yield(4);
                Gen.yield(5);
                throw e;
            } catch (Throwable t) {
                Gen.yield(6);
            }
            Gen.yield(7);
        } catch (Throwable t) {
            Gen.yield(8);
        }
        Gen.yield(9);
        int x = 0;
        try {
            x = 12;
        } finally {
            Gen.yield(10);
        }
        Gen.yield(x - 1);
        return Gen.end();
    }

    /** Doctest pep try/except/finally. */
    @Test
    void should_yield_exactly_what_the_pep_says() {
        assertEquals(List.of(1, 2, 4, 5, 8, 9, 10, 11), list(pep()));
    }

    @Generator
    Gen<Integer> catchesExceptions() {
        try {
            Gen.yield(1);
        } catch (Exception e) {
            trace.add("except");
        } finally {
            trace.add("finally");
        }
        return Gen.end();
    }

    /** Doctest coroutine "GeneratorExit is not caught by except Exception". */
    @Test
    void should_pass_catch_exception_when_it_is_closed() {
        Gen<Integer> gen = catchesExceptions();
        gen.next();
        gen.close();
        assertEquals(List.of("finally"), trace);
    }
}
