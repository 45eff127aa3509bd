package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md C6: async with, with the tests of CPython's test_coroutines.py that they come from. */
class AsyncWithTest {
    private final List<Object> trace = new ArrayList<>();

    final class Manager implements AsyncCloseable {
        final String name;

        Manager(String name) {
            this.name = name;
        }

        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            trace.add(name + " got " + (failure == null ? null : Drive.name(failure)));
            await(ask("exit-1-" + name));
            await(ask("exit-2-" + name));
            if (name.startsWith("raises")) {
                throw new IllegalArgumentException(name);
            }
            return Coroutine.of(name.equals("B"));
        }
    }

    @Async
    Coroutine<Manager> enter(String name) {
        await(ask("enter-" + name));
        if (name.equals("broken")) {
            throw new ArithmeticException("enter");
        }
        return Coroutine.of(new Manager(name));
    }

    @Async
    Coroutine<String> two(String first, String second, RuntimeException failure) {
        try (Manager a = await(enter(first));
                Manager b = await(enter(second))) {
            await(ask("managers " + a.name + b.name));
            if (failure != null) {
                throw failure;
            }
            return Coroutine.of("returned");
        }
    }

    /** test_with_1: entered in order, exited in reverse, suppressed by the inner one. */
    @Test
    void should_exit_in_reverse_and_suppress_when_an_exit_says_so() {
        var ran = run(suppressedBody(new ArithmeticException()));
        assertEquals(
                List.of("enter-A", "enter-B", "managers AB", "exit-1-B", "exit-2-B", "exit-1-A", "exit-2-A"),
                ran.yielded());
        assertEquals("after", ran.result());
        assertEquals(List.of("B got ArithmeticException", "A got null"), trace);
    }

    @Async
    Coroutine<String> suppressedBody(RuntimeException failure) {
        try (Manager a = await(enter("A"));
                Manager b = await(enter("B"))) {
            await(ask("managers " + a.name + b.name));
            if (failure != null) {
                throw failure;
            }
        }
        return Coroutine.of("after");
    }

    /** test_with_1: not suppressed. */
    @Test
    void should_let_the_exception_out_when_no_exit_suppresses_it() {
        var failure = new ArithmeticException();
        assertSame(failure, assertThrows(ArithmeticException.class, () -> result(two("A", "C", failure))));
        assertEquals(0, failure.getSuppressed().length);
        assertEquals(List.of("C got ArithmeticException", "A got ArithmeticException"), trace);
    }

    /** C6: the body's return waits for the exits. */
    @Test
    void should_return_after_the_exits() {
        var ran = run(two("A", "C", null));
        assertEquals("returned", ran.result());
        assertEquals(7, ran.yielded().size());
        assertEquals(List.of("C got null", "A got null"), trace);
    }

    /** test_with_12 and _10: an exit that raises replaces the exception. */
    @Test
    void should_replace_the_exception_when_the_exit_raises() {
        var failure = new ArithmeticException();
        var e = assertThrows(IllegalArgumentException.class, () -> result(two("A", "raises", failure)));
        assertEquals("raises", e.getMessage());
        assertEquals(List.of("raises got ArithmeticException", "A got IllegalArgumentException"), trace);
    }

    /** test_with_13: when entering fails, there is no exit; those entered before are exited. */
    @Test
    void should_not_exit_what_was_not_entered() {
        assertThrows(ArithmeticException.class, () -> result(two("A", "broken", null)));
        assertEquals(List.of("A got ArithmeticException"), trace);
    }

    @Async
    Coroutine<Integer> loops() {
        int turns = 0;
        for (int i = 0; i < 4; i++) {
            try (Manager m = await(enter("m" + i))) {
                if (i == 1) {
                    continue;
                }
                if (i == 2) {
                    break;
                }
                turns++;
            }
        }
        return Coroutine.of(turns);
    }

    /** C6: continue and break exit as well. */
    @Test
    void should_exit_when_the_body_continues_or_breaks() {
        assertEquals(1, result(loops()));
        assertEquals(List.of("m0 got null", "m1 got null", "m2 got null"), trace);
    }

    /** An asynchronous context manager made on the spot; entering one is making it. */
    interface Exit extends AsyncCloseable {}

    @Async
    Coroutine<String> body(Exit cm, Runnable body) {
        try (Exit entered = cm) {
            body.run();
        }
        return Coroutine.of("after");
    }

    /** test_with_5: an exit that returns nothing lets the exception out. */
    @Test
    void should_let_the_exception_out_when_the_exit_returns_nothing() {
        var failure = new AssertionError();
        assertSame(failure, assertThrows(AssertionError.class, () -> result(body(f -> Coroutine.done(), () -> {
            throw failure;
        }))));
    }

    /** test_with_6: what is no context manager is not exited. With static types, only null is left. */
    @Test
    void should_not_exit_when_there_is_no_resource() {
        assertEquals("after", result(body(null, () -> trace.add("body"))));
        assertEquals(List.of("body"), trace);
    }

    /** test_with_7: an exit that gives nothing to await fails, in place of the exception. */
    @Test
    void should_fail_when_the_exit_gives_nothing_to_await_for_an_exception() {
        var e = assertThrows(NullPointerException.class, () -> result(body(f -> null, () -> {
            throw new ArithmeticException();
        })));
        assertEquals("null can't be used in 'await' expression", e.getMessage());
        assertEquals(0, e.getSuppressed().length);
    }

    @Async
    Coroutine<Void> exits(String way) {
        for (int i = 0; i < 2; i++) {
            try (Exit cm = f -> null) {
                trace.add(way);
                if (way.equals("break")) {
                    break;
                }
                if (way.equals("continue")) {
                    continue;
                }
                if (way.equals("return")) {
                    return Coroutine.done();
                }
            }
        }
        return Coroutine.done();
    }

    /** test_with_8: so it does at the end, and by break, continue and return. */
    @Test
    void should_fail_when_the_exit_gives_nothing_to_await_for_any_way_out() {
        for (String way : List.of("end", "break", "continue", "return")) {
            var e = assertThrows(NullPointerException.class, () -> result(exits(way)));
            assertEquals("null can't be used in 'await' expression", e.getMessage());
        }
        assertEquals(List.of("end", "break", "continue", "return"), trace);
    }

    @Async
    Coroutine<Boolean> divide(Throwable failure) {
        trace.add(failure == null ? "null" : Drive.name(failure));
        return Coroutine.of(1 / (trace.size() * 0) == 0);
    }

    /** test_with_9: an exit that raises. */
    @Test
    void should_raise_what_the_exit_raises_when_the_body_ended() {
        assertThrows(ArithmeticException.class, () -> result(body(this::divide, () -> trace.add("body"))));
        assertEquals(List.of("body", "null"), trace);
    }

    @Async
    Coroutine<Void> nested() {
        try (Exit outer = this::divide) {
            try (Exit inner = this::divide) {
                throw new UnsupportedOperationException();
            }
        }
    }

    /** test_with_10: each exit gets what the one inside it raised. */
    @Test
    void should_hand_out_what_the_inner_exit_raised_when_there_is_an_outer_one() {
        var e = assertThrows(ArithmeticException.class, () -> result(nested()));
        assertEquals(0, e.getSuppressed().length);
        assertEquals(List.of("UnsupportedOperationException", "ArithmeticException"), trace);
    }

    @Async
    Coroutine<Exit> entering(Throwable failure) throws Throwable {
        await(ask("entering"));
        throw failure;
    }

    @Async
    Coroutine<Void> notEntered() throws Throwable {
        trace.add("before");
        try (Exit cm = await(entering(new ArithmeticException()))) {
            trace.add("body");
        }
        trace.add("after");
        return Coroutine.done();
    }

    /** test_with_11 and _13: entering raises; neither the body nor an exit runs. */
    @Test
    void should_run_neither_body_nor_exit_when_entering_raises() {
        assertThrows(ArithmeticException.class, () -> result(notEntered()));
        assertEquals(List.of("before"), trace);
    }

    @Async
    Coroutine<String> swallowing() {
        boolean reached = false;
        try (Exit cm = f -> Coroutine.of(true)) {
            reached = true;
            if (trace.isEmpty()) {
                throw new IllegalStateException();
            }
        }
        return Coroutine.of("reached " + reached);
    }

    /** test_with_12: an exit that returns true swallows. */
    @Test
    void should_go_on_behind_the_statement_when_the_exit_swallows() {
        assertEquals("reached true", result(swallowing()));
    }

    @Async
    Coroutine<String> always() {
        try (Exit cm = f -> Coroutine.of(true)) {
            throw new UnsupportedOperationException("swallowed");
        }
    }

    /** A body that cannot end leaves no place to go on from: Java's compiler allows none. */
    @Test
    void should_say_so_when_there_is_no_place_behind_the_statement() {
        var e = assertThrows(IllegalStateException.class, () -> result(always()));
        assertEquals("swallowed", e.getCause().getMessage());
        assertEquals(0, e.getSuppressed().length);
    }

    @Async
    Coroutine<String> closing(List<Object> seen) {
        try (Exit cm = f -> {
            seen.add(f);
            return Coroutine.of(false);
        }) {
            await(ask("waiting"));
        }
        return Coroutine.of("not here");
    }

    /** PEP 492 and 342: a coroutine that is closed exits with a GeneratorExit. */
    @Test
    void should_exit_with_the_generator_exit_when_the_coroutine_is_closed() {
        List<Object> seen = new ArrayList<>();
        var coroutine = closing(seen);
        assertEquals("waiting", coroutine.send(null));
        coroutine.close();
        assertEquals(List.of("GeneratorExit"), seen.stream().map(f -> Drive.name((Throwable) f)).toList());
    }
}
