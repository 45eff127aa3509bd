package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.name;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.run;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.annotations.Suppress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md A1, A3 to A6, with the tests of CPython's test_asyncgen.py that they come from. */
class AsyncGeneratorTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    @Generator
    static AsyncGen<Integer> iterate() {
        Gen.yield(1);
        Gen.yield(2);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Object> twice(Coroutine<?> operation) {
        Object first = await(operation);
        await(operation);
        return Coroutine.of(first);
    }

    /** A1, test_async_gen_await_same_anext_coro_twice, test_async_gen_await_same_aclose_coro_twice. */
    @Test
    void should_refuse_to_be_awaited_twice() {
        String next = "cannot reuse already awaited __anext__()/asend()";
        String close = "cannot reuse already awaited aclose()/athrow()";
        assertEquals(next, reuse(twice(iterate().next())));
        assertEquals(next, reuse(twice(iterate().send(null))));
        assertEquals(close, reuse(twice(iterate().close())));
    }

    private static String reuse(Coroutine<?> coroutine) {
        return assertThrows(IllegalStateException.class, () -> result(coroutine)).getMessage();
    }

    /** A1: cold. */
    @Test
    @Suppress("BST-501")
    void should_run_nothing_until_the_operation_is_awaited() {
        AsyncGen<Integer> gen = iterate();
        gen.next();
        gen.close();
        assertEquals(State.CREATED, gen.state());
        assertEquals(1, result(gen.next()));
    }

    /** A3. */
    @Test
    void should_end_with_stop_async_iteration() {
        AsyncGen<Integer> gen = iterate();
        assertEquals(1, result(gen.next()));
        assertEquals(2, result(gen.next()));
        assertThrows(StopAsyncIteration.class, () -> result(gen.next()));
        assertThrows(StopAsyncIteration.class, () -> result(gen.next()));
        assertEquals(State.CLOSED, gen.state());
        var e = assertThrows(IllegalArgumentException.class, () -> result(iterate().send(1)));
        assertEquals("can't send non-None value to a just-started async generator", e.getMessage());
    }

    @Async
    @Generator
    static AsyncGen<Integer> raises(RuntimeException e) {
        Gen.yield(1);
        throw e;
    }

    /** A4. */
    @Test
    void should_become_a_runtime_error_when_a_stop_signal_escapes() {
        for (RuntimeException stop : List.of(new StopIteration(1), new StopAsyncIteration())) {
            AsyncGen<Integer> gen = raises(stop);
            result(gen.next());
            var e = assertThrows(IllegalStateException.class, () -> result(gen.next()));
            assertEquals("async generator raised " + name(stop), e.getMessage());
            assertSame(stop, e.getCause());
        }
    }

    @Generator
    static Gen<Integer> sync(int kind) {
        try {
            Gen.yield(1);
            if (kind != 8) {
                throw new ArithmeticException();
            }
        } finally {
            Gen.yield(2);
            if (kind == 8) {
                fail();
            }
            Gen.yield(3);
        }
        Gen.yield(100);
        return Gen.end();
    }

    @Async
    @Generator
    static AsyncGen<Integer> async(int kind) {
        try {
            if (kind == 9) {
                await(ask(null));
            }
            Gen.yield(1);
            if (kind == 8) {
                await(ask(null));
            } else {
                throw new ArithmeticException();
            }
        } finally {
            if (kind == 8) {
                await(ask(null));
            }
            Gen.yield(2);
            if (kind == 8) {
                fail();
            }
            if (kind == 9) {
                await(ask(null));
            }
            Gen.yield(3);
        }
        Gen.yield(100);
        return AsyncGen.end();
    }

    private static void fail() {
        throw new ArithmeticException();
    }

    private static List<Object> syncTrace(Gen<Integer> gen) {
        List<Object> seen = new ArrayList<>();
        while (true) {
            try {
                seen.add(gen.next());
            } catch (StopIteration stop) {
                seen.add("STOP");
                return seen;
            } catch (RuntimeException e) {
                seen.add(name(e));
            }
        }
    }

    private static List<Object> asyncTrace(AsyncGen<Integer> gen) {
        List<Object> seen = new ArrayList<>();
        while (true) {
            try {
                seen.add(result(gen.next()));
            } catch (StopAsyncIteration stop) {
                seen.add("STOP");
                return seen;
            } catch (RuntimeException e) {
                seen.add(name(e));
            }
        }
    }

    /** test_async_gen_exception_07, test_async_gen_exception_08, test_async_gen_exception_09. */
    @Test
    void should_give_the_trace_of_its_synchronous_twin() {
        assertEquals(List.of(1, 2, 3, "ArithmeticException", "STOP"), syncTrace(sync(7)));
        assertEquals(List.of(1, 2, "ArithmeticException", "STOP"), syncTrace(sync(8)));
        for (int kind : new int[] {7, 8, 9}) {
            assertEquals(syncTrace(sync(kind)), asyncTrace(async(kind)));
        }
    }

    @Async
    @Generator
    AsyncGen<Object> closing(boolean yields, boolean waitsInBody) {
        try {
            Gen.yield(1);
            if (waitsInBody) {
                await(ask("body"));
            }
            trace.add("went on");
        } finally {
            await(ask("finally 1"));
            await(ask("finally 2"));
            trace.add("cleaned");
            if (yields) {
                Gen.yield(12);
                trace.add("continued");
            }
        }
        trace.add("after");
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Object> pullAndClose(AsyncGen<Object> gen) {
        Object first = await(gen.next());
        await(gen.close());
        return Coroutine.of(first);
    }

    /** A5, test_async_gen_asyncio_aclose_07, test_async_gen_asyncio_aclose_08. */
    @Test
    void should_finish_its_awaits_in_finally_and_skip_the_rest_when_closed() {
        for (boolean waits : new boolean[] {false, true}) {
            trace.clear();
            AsyncGen<Object> gen = closing(false, waits);
            var ran = run(pullAndClose(gen));
            assertEquals(List.of("finally 1", "finally 2"), ran.yielded());
            assertEquals(1, ran.result());
            assertEquals(List.of("cleaned"), trace);
            assertEquals(State.CLOSED, gen.state());
        }
    }

    /** A5, test_async_gen_asyncio_aclose_06; and the next pull continues the body. */
    @Test
    void should_complain_and_stay_suspended_when_it_yields_to_its_close() {
        AsyncGen<Object> gen = closing(true, false);
        var e = assertThrows(IllegalStateException.class, () -> result(pullAndClose(gen)));
        assertEquals("async generator ignored GeneratorExit", e.getMessage());
        assertEquals(List.of("cleaned"), trace);
        assertThrows(GeneratorExit.class, () -> result(gen.next()));
        assertEquals(List.of("cleaned", "continued"), trace);
    }

    @Async
    static Coroutine<Void> failing() {
        await(ask("target"));
        throw new ArithmeticException();
    }

    @Async
    @Generator
    AsyncGen<Object> awaitsFailure() {
        try {
            Gen.yield(1);
        } finally {
            try {
                await(failing());
            } catch (ArithmeticException e) {
                trace.add("handled");
            }
        }
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_aclose_12. */
    @Test
    void should_handle_failures_in_its_finally_when_closed() {
        var ran = run(pullAndClose(awaitsFailure()));
        assertEquals(List.of("target"), ran.yielded());
        assertEquals(List.of("handled"), trace);
    }

    /** A5, test_async_gen_aclose_twice_with_different_coros, test_async_gen_aclose_after_exhaustion. */
    @Test
    void should_be_quiet_when_closed_again_or_after_its_end() {
        AsyncGen<Integer> gen = iterate();
        assertNull(result(gen.close()));
        assertNull(result(gen.close()));
        assertEquals(State.CLOSED, gen.state());
        AsyncGen<Integer> exhausted = iterate();
        assertEquals(List.of(1, 2), result(exhausted.toList()));
        assertNull(result(exhausted.close()));
    }

    @Async
    @Generator
    AsyncGen<Integer> throwing() {
        try {
            await(ask("start"));
            int v;
            try {
                v = Gen.yield(1);
            } catch (IllegalArgumentException e) {
                v = 1000;
                await(ask("handler"));
            }
            Gen.yield(v * 2);
            await(ask("rest"));
        } finally {
            await(ask("finally"));
            trace.add("done");
        }
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_athrow_01. */
    @Test
    void should_catch_await_in_the_handler_and_resume() {
        AsyncGen<Integer> gen = throwing();
        assertEquals(1, result(gen.send(null)));
        var thrown = run(gen.raise(new IllegalArgumentException()));
        assertEquals(List.of("handler"), thrown.yielded());
        assertEquals(2000, thrown.result());
        assertThrows(StopAsyncIteration.class, () -> result(gen.send(null)));
        assertEquals(List.of("done"), trace);
    }

    /** test_async_gen_asyncio_asend_03, test_async_gen_asyncio_athrow_02: a cancellation runs the asynchronous finally first. */
    @Test
    void should_run_its_async_finally_before_a_cancellation_leaves() {
        AsyncGen<Integer> gen = throwing();
        result(gen.send(null));
        Coroutine<Integer> throwing = gen.raise(new IllegalArgumentException());
        assertEquals("handler", throwing.send(null));
        var cancelled = new Error("cancelled");
        assertEquals("finally", throwing.raise(cancelled));
        assertSame(cancelled, assertThrows(Error.class, () -> throwing.send(null)));
        assertEquals(List.of("done"), trace);
    }

    @Async
    @Generator
    AsyncGen<Integer> swallows() {
        try {
            Gen.yield(1);
        } catch (RuntimeException e) {
            trace.add("swallowed");
        }
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_athrow_03; A6 where we deviate: nothing that is thrown in is lost. */
    @Test
    void should_stop_when_it_swallows_and_raise_when_it_has_ended() {
        AsyncGen<Integer> gen = swallows();
        result(gen.next());
        assertThrows(StopAsyncIteration.class, () -> result(gen.raise(new IllegalArgumentException())));
        assertEquals(List.of("swallowed"), trace);
        var late = new IllegalArgumentException();
        assertSame(late, assertThrows(IllegalArgumentException.class, () -> result(gen.raise(late))));

        AsyncGen<Integer> fresh = swallows();
        assertSame(late, assertThrows(IllegalArgumentException.class, () -> result(fresh.raise(late))));
        assertEquals(State.CLOSED, fresh.state());
    }

    @Async
    static Coroutine<Integer> sum(AsyncGen<Integer> gen) {
        int sum = 0;
        for (int i : awaitEach(gen)) {
            sum += i;
        }
        return Coroutine.of(sum);
    }

    @Async
    @Generator
    static AsyncGen<Integer> nested(int depth) {
        if (depth == 0) {
            await(ask("bottom"));
            Gen.yield(1);
        } else {
            for (int i : awaitEach(nested(depth - 1))) {
                Gen.yield(i + 1);
            }
        }
        return AsyncGen.end();
    }

    /** No chain of asynchronous generators uses Java stack, either. */
    @Test
    void should_nest_ten_thousand_deep() {
        assertEquals(10_001, result(sum(nested(10_000))));
        assertEquals(3, stopValue(() -> sum(iterate()).send(null)));
    }
}
