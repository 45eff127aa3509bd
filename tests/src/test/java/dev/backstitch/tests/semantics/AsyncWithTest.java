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

/** SEMANTICS.md C6: async with, with the tests of CPython's test_coroutines.py that it comes from. */
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

    /** Test_with_1: entered in order, exited in reverse, suppressed by the inner one. */
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

    /** Test_with_1: not suppressed. */
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

    /** Test_with_12 and _10: an exit that raises replaces the exception. */
    @Test
    void should_replace_the_exception_when_the_exit_raises() {
        var failure = new ArithmeticException();
        var e = assertThrows(IllegalArgumentException.class, () -> result(two("A", "raises", failure)));
        assertEquals("raises", e.getMessage());
        assertEquals(List.of("raises got ArithmeticException", "A got IllegalArgumentException"), trace);
    }

    /** Test_with_13: when entering fails, there is no exit; those entered before are exited. */
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
}
