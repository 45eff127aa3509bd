package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncExitStack;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** test_contextlib_async.py, TestAsyncExitStack: resources whose number is known at run time. */
class AsyncExitStackTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private Coroutine<String> block(Consumer<AsyncExitStack> body, Exception failure) throws Exception {
        try (var stack = new AsyncExitStack()) {
            body.accept(stack);
            if (failure != null) {
                throw failure;
            }
        }
        return Coroutine.of("after");
    }

    @Async
    private Coroutine<Void> note(Object what) {
        await(ask("noting"));
        trace.add(what);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Boolean> noteFailure(Throwable failure, boolean swallows) {
        await(ask("exiting"));
        trace.add(failure == null ? "ok" : Drive.name(failure));
        return Coroutine.of(swallows);
    }

    private AsyncCloseable exit(boolean swallows) {
        return failure -> noteFailure(failure, swallows);
    }

    @Async
    private static Coroutine<Boolean> fail(RuntimeException failure) {
        await(ask("failing"));
        throw failure;
    }

    /** TestAsyncExitStack.test_async_callback. */
    @Test
    void should_call_back_in_reverse_order() throws Exception {
        assertEquals("after", result(block(stack -> {
            for (int i = 1; i <= 6; i++) {
                int n = i;
                stack.callback(() -> note(n));
            }
        }, null)));
        assertEquals(List.of(6, 5, 4, 3, 2, 1), trace);
    }

    /** TestAsyncExitStack.test_async_push: those before the one that swallows the exception hear of none. */
    @Test
    void should_tell_the_exits_of_the_exception_until_one_swallows_it() throws Exception {
        assertEquals("after", result(block(stack -> {
            stack.push(exit(false));
            stack.enter(exit(false));
            stack.push(exit(true));
            stack.enter(exit(false));
            stack.push(exit(false));
        }, new ArithmeticException())));
        assertEquals(List.of("ArithmeticException", "ArithmeticException", "ArithmeticException", "ok", "ok"), trace);
    }

    /** TestAsyncExitStack.test_enter_async_context. */
    @Test
    void should_give_the_resource_and_exit_it_before_those_that_were_there() throws Exception {
        assertEquals("after", result(block(stack -> {
            stack.callback(() -> note(4));
            trace.add(1);
            AsyncCloseable resource = exit(false);
            assertSame(resource, stack.enter(resource));
            trace.add(2);
        }, null)));
        assertEquals(List.of(1, 2, "ok", 4), trace);
    }

    /** TestAsyncExitStack.test_async_exit_exception_chaining, without Python's contexts: the last one thrown is thrown. */
    @Test
    void should_throw_what_was_thrown_last_when_exits_fail() {
        var last = new IndexOutOfBoundsException();
        assertSame(last, assertThrows(IndexOutOfBoundsException.class, () -> result(block(stack -> {
            stack.callback(() -> fail(last));
            stack.push(exit(false));
            stack.callback(() -> fail(new IllegalArgumentException()));
            stack.callback(() -> fail(new UnsupportedOperationException()));
            stack.push(exit(true));
            stack.callback(() -> fail(new IllegalStateException()));
        }, new ArithmeticException()))));
        assertEquals(List.of("IllegalStateException", "IllegalArgumentException"), trace);
        assertEquals(0, last.getSuppressed().length);
    }

    @Test
    void should_let_the_very_exception_out_when_nobody_swallows_it() {
        var failure = new java.io.IOException();
        assertSame(failure, assertThrows(java.io.IOException.class, () -> result(block(stack -> {
            stack.push(exit(false));
            stack.callback(() -> note("called"));
        }, failure))));
        assertEquals(List.of("called", "IOException"), trace);
    }

    private record Ordinary(List<Object> trace, String name, boolean fails) implements AutoCloseable {
        @Override
        public void close() throws java.io.IOException {
            trace.add(name);
            if (fails) {
                throw new java.io.IOException(name);
            }
        }
    }

    @Test
    void should_close_ordinary_resources_as_java_does() {
        var failure = new ArithmeticException();
        assertSame(failure, assertThrows(ArithmeticException.class, () -> result(block(stack -> {
            stack.enterClosing(new Ordinary(trace, "first", true));
            stack.enterClosing(new Ordinary(trace, "second", false));
            AutoCloseable async = exit(false);
            stack.enterClosing(async);
        }, failure))));
        assertEquals(List.of("ArithmeticException", "second", "first"), trace);
        assertEquals("first", failure.getSuppressed()[0].getMessage());

        var e = assertThrows(java.io.IOException.class,
                () -> result(block(stack -> stack.enterClosing(new Ordinary(trace, "alone", true)), null)));
        assertEquals("alone", e.getMessage());
    }

    @Async
    private Coroutine<AsyncExitStack> acquiresOrGivesBack(boolean fails) {
        try (var stack = new AsyncExitStack()) {
            stack.callback(() -> note("one"));
            if (fails) {
                throw new ArithmeticException();
            }
            stack.callback(() -> note("two"));
            return Coroutine.of(stack.popAll());
        }
    }

    @Async
    private Coroutine<Void> keepsThem() {
        try (var stack = await(acquiresOrGivesBack(false))) {
            trace.add("body");
        }
        return Coroutine.done();
    }

    @Test
    void should_exit_nothing_when_everything_was_taken_out() {
        assertNull(result(keepsThem()));
        assertEquals(List.of("body", "two", "one"), trace);
        trace.clear();
        assertThrows(ArithmeticException.class, () -> result(acquiresOrGivesBack(true)));
        assertEquals(List.of("one"), trace);
    }
}
