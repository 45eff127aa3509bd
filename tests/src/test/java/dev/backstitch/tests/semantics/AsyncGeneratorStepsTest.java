package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md A1 to A6, step by step, by the tests of test_asyncgen.py that {@link AsyncGeneratorTest} leaves. */
class AsyncGeneratorStepsTest {
    private static final String NEXT_USED = "cannot reuse already awaited __anext__()/asend()";
    private static final String CLOSE_USED = "cannot reuse already awaited aclose()/athrow()";

    private int done;

    static final class MyException extends RuntimeException {
        MyException(String message) {
            super(message);
        }
    }

    @Async
    static Coroutine<Void> awaitable(boolean fails) {
        await(ask("result"));
        if (fails) {
            throw new MyException("awaited");
        }
        return Coroutine.done();
    }

    @Async
    @Generator
    static AsyncGen<Integer> three() {
        await(awaitable(false));
        Object a = Gen.yield(123);
        assertNull(a);
        await(awaitable(false));
        Gen.yield(456);
        await(awaitable(false));
        Gen.yield(789);
        return AsyncGen.end();
    }

    /** test_async_gen_iteration_01. */
    @Test
    void should_yield_between_awaits() {
        assertEquals(List.of(123, 456, 789), result(three().toList()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> oneThen(String end) {
        await(awaitable(false));
        Gen.yield(123);
        switch (end) {
            case "awaits" -> await(awaitable(false));
            case "awaits failure" -> await(awaitable(true));
            case "raises" -> throw new ArithmeticException();
            case "stops" -> throw new StopIteration(null);
            default -> throw new StopAsyncIteration();
        }
        return AsyncGen.end();
    }

    /** test_async_gen_iteration_02. */
    @Test
    void should_hand_each_request_to_who_pulls() {
        AsyncGen<Integer> ai = oneThen("awaits");
        Coroutine<Integer> first = ai.next();
        assertEquals("result", first.send(null));
        assertEquals(123, stopValue(() -> first.send(null)));
        Coroutine<Integer> second = ai.next();
        assertEquals("result", second.send(null));
        assertThrows(StopAsyncIteration.class, () -> second.send(null));
    }

    /** test_async_gen_exception_03, test_async_gen_exception_04. */
    @Test
    void should_raise_what_its_body_raises() {
        assertThrows(MyException.class, () -> result(oneThen("awaits failure").toList()));
        AsyncGen<Integer> gen = oneThen("raises");
        assertEquals(123, result(gen.next()));
        assertThrows(ArithmeticException.class, () -> gen.next().send(null));
    }

    /** test_async_gen_exception_05, test_async_gen_exception_06. */
    @Test
    void should_fail_when_its_body_raises_a_stop() {
        var async = assertThrows(IllegalStateException.class, () -> result(oneThen("").toList()));
        assertEquals("async generator raised StopAsyncIteration", async.getMessage());
        var stop = assertThrows(IllegalStateException.class, () -> result(oneThen("stops").toList()));
        assertEquals("async generator raised StopIteration", stop.getMessage());
    }

    @Async
    @Generator
    static AsyncGen<Integer> numbers(int... values) {
        for (int value : values) {
            Gen.yield(value);
        }
        return AsyncGen.end();
    }

    /** test_async_gen_exception_10. */
    @Test
    void should_refuse_a_value_when_it_has_not_begun() {
        var e = assertThrows(IllegalArgumentException.class, () -> numbers(123).next().send(100));
        assertTrue(e.getMessage().contains("just-started async generator"), e.getMessage());
    }

    @Generator
    static Gen<Integer> two() {
        Gen.yield(10);
        Gen.yield(20);
        return Gen.end();
    }

    @Generator
    static Gen<Integer> throwsExit() {
        Gen.yield(1);
        Gen<Integer> inner = two();
        inner.send(null);
        try {
            inner.raise(new GeneratorExit());
        } catch (GeneratorExit e) {
            Gen.yield(2);
        }
        Gen.yield(3);
        return Gen.end();
    }

    @Async
    @Generator
    static AsyncGen<Integer> throwsExitAsync() {
        Gen.yield(1);
        AsyncGen<Integer> inner = numbers(10, 20);
        await(inner.send(null));
        try {
            await(inner.raise(new GeneratorExit()));
        } catch (GeneratorExit e) {
            Gen.yield(2);
        }
        Gen.yield(3);
        return AsyncGen.end();
    }

    /** test_async_gen_exception_11. */
    @Test
    void should_throw_an_exit_into_another_as_its_synchronous_twin_does() {
        assertEquals(List.of(1, 2, 3), Drive.list(throwsExit()));
        assertEquals(List.of(1, 2, 3), result(throwsExitAsync().toList()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> pullsItself(AsyncGen<?>[] me) {
        await(me[0].next());
        Gen.yield(123);
        return AsyncGen.end();
    }

    private static String refused(Runnable step) {
        return assertThrows(IllegalStateException.class, step::run).getMessage();
    }

    /** test_async_gen_exception_12. */
    @Test
    void should_refuse_to_be_pulled_by_itself() {
        AsyncGen<?>[] me = new AsyncGen<?>[1];
        me[0] = pullsItself(me);
        Coroutine<?> an = me[0].next();
        assertEquals("anext(): asynchronous generator is already running", refused(() -> an.send(null)));
        assertEquals(NEXT_USED, refused(() -> an.send(null)));
    }

    /** test_async_gen_api_01: its name cannot be set, and there is no frame to look at. */
    @Test
    void should_be_named_by_its_method() {
        AsyncGen<Integer> g = numbers(123);
        assertTrue(
                g.toString().startsWith("<async generator " + AsyncGeneratorStepsTest.class.getName() + ".numbers("),
                g::toString);
        assertEquals(State.CREATED, g.state());
        Coroutine<Void> close = g.close();
        close.close();
    }

    @Async
    @Generator
    static AsyncGen<Integer> waitsTwiceInHandler() {
        try {
            Gen.yield(null);
        } catch (MyException e) {
            try {
                await(ask(null));
            } catch (GeneratorExit exit) {
                await(ask(null));
            }
        }
        return AsyncGen.end();
    }

    /** test_async_gen_athrow_close_runtime_error. */
    @Test
    void should_complain_when_it_waits_in_answer_to_the_exit_of_a_throw() {
        AsyncGen<Integer> gen = waitsTwiceInHandler();
        stopValue(() -> gen.send(null).send(null));
        Coroutine<Integer> thrown = gen.raise(new MyException(""));
        thrown.send(null);
        assertEquals("coroutine ignored GeneratorExit", refused(thrown::close));
    }

    @Async
    static Coroutine<Object> nextOr(AsyncGen<?> gen, Object other) {
        try {
            return Coroutine.of(await(gen.next()));
        } catch (StopAsyncIteration e) {
            return Coroutine.of(other);
        }
    }

    /** test_async_generator_anext, test_python_async_iterator_anext: {@code anext()} with a default, which is a handler here. */
    @Test
    void should_give_another_value_at_the_end_when_the_stop_is_caught() {
        AsyncGen<Integer> g = numbers(1, 2);
        List<Object> got = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            got.add(result(nextOr(g, "buckle my shoe")));
        }
        assertEquals(List.of(1, 2, "buckle my shoe", "buckle my shoe"), got);
        assertThrows(StopAsyncIteration.class, () -> result(g.next()));
        assertEquals(1, stopValue(() -> nextOr(numbers(1), "completed").send(null)));
        Coroutine<Object> thrown = nextOr(numbers(1), "completed");
        assertThrows(MyException.class, () -> thrown.raise(new MyException("")));
    }

    /** test_async_gen_aiter, test_aiter_idempotent: an asynchronous generator is what it iterates. */
    @Test
    void should_be_its_own_iterator() {
        AsyncGen<Integer> g = numbers(1, 2);
        assertSame(g, AsyncGen.<Integer>from(g));
        assertEquals(List.of(1, 2), result(AsyncGen.<Integer>from(g).toList()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> asks(String ends) {
        try {
            await(ask(1));
        } catch (MyException e) {
            if (ends.equals("returns")) {
                return AsyncGen.end();
            }
            await(ask(2));
        }
        if (ends.equals("yields")) {
            Gen.yield(3);
        }
        return AsyncGen.end();
    }

    /** test_anext_iter: six programs, with a default. */
    @Test
    void should_pass_throw_and_close_through_a_pull_with_a_default() {
        Coroutine<Object> first = nextOr(asks(""), "default");
        assertEquals(1, first.send(null));
        assertEquals(2, first.raise(new MyException("")));
        assertEquals("default", stopValue(() -> first.send(null)));

        Coroutine<Object> second = nextOr(asks(""), "default");
        second.send(null);
        second.raise(new MyException(""));
        var val = new MyException("val");
        assertSame(val, assertThrows(MyException.class, () -> second.raise(val)));

        Coroutine<Object> third = nextOr(asks(""), "default");
        third.send(null);
        third.close();
        assertTrue(refused(() -> third.send(null)).startsWith("cannot reuse"));

        Coroutine<Object> fifth = nextOr(asks("returns"), "default");
        fifth.send(null);
        assertEquals("default", stopValue(() -> fifth.raise(new MyException(""))));

        Coroutine<Object> sixth = nextOr(asks("yields"), "default");
        assertThrows(MyException.class, () -> sixth.raise(new MyException("")));
    }

    /** test_anext_await_raises: what is awaited for a value raises. */
    @Test
    void should_raise_what_is_awaited_for_a_value() {
        assertThrows(MyException.class, () -> result(numbers(1).mapAwait(i -> awaitable(true)).next()));
        assertThrows(MyException.class, () -> result(nextOr(numbers(1).mapAwait(i -> awaitable(true)), "default")));
    }

    @Async
    @Generator
    AsyncGen<Object> afterOne(Object first, Object second) {
        try {
            Gen.yield(first);
        } catch (ArithmeticException e) {
            Gen.yield(second);
        }
        return AsyncGen.end();
    }

    /**
     * test_async_gen_asyncio_anext_tuple, test_async_gen_asyncio_anext_stopiteration, test_async_gen_asyncio_athrow_tuple,
     * test_async_gen_asyncio_athrow_stopiteration: thrown into a pull, and by a throw.
     */
    @Test
    void should_yield_lists_and_stops_as_they_are() {
        for (Object second : new Object[] {List.of(2), new StopIteration(3)}) {
            Object first = second instanceof List ? List.of(1) : new StopIteration(1);
            AsyncGen<Object> it = afterOne(first, second);
            assertSame(first, result(it.next()));
            assertSame(second, stopValue(() -> it.next().raise(new ArithmeticException())));
            assertThrows(StopAsyncIteration.class, () -> result(it.next()));

            AsyncGen<Object> g = afterOne(first, second);
            assertSame(first, result(g.send(null)));
            assertSame(second, result(g.raise(new ArithmeticException())));
            assertThrows(StopAsyncIteration.class, () -> result(g.send(null)));
        }
    }

    @Async
    @Generator
    static AsyncGen<Integer> answersWhatIsSent() {
        int v = Gen.<Integer>yield(1);
        v = Gen.<Integer>yield(v);
        Gen.yield(v * 100);
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_anext_05. */
    @Test
    void should_take_what_is_sent_to_the_pull() {
        AsyncGen<Integer> it = answersWhatIsSent();
        assertEquals(1, stopValue(() -> it.next().send(null)));
        assertEquals(10, stopValue(() -> it.next().send(10)));
        assertEquals(1200, stopValue(() -> it.next().send(12)));
        assertThrows(StopAsyncIteration.class, () -> result(it.next()));
    }

    @Async
    @Generator
    AsyncGen<Void> swallows(boolean yields) {
        try {
            Gen.yield(null);
        } catch (Throwable t) {
            // whatever it is
        }
        if (yields) {
            Gen.yield(null);
        }
        done++;
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_anext_06, test_async_gen_asyncio_aclose_10. */
    @Test
    void should_end_when_it_swallows_its_exit() {
        AsyncGen<Void> pulled = swallows(false);
        result(pulled.send(null));
        assertThrows(StopAsyncIteration.class, () -> result(pulled.send(null)));
        AsyncGen<Void> closed = swallows(false);
        result(closed.send(null));
        result(closed.close());
        assertEquals(2, done);
        assertEquals(State.CLOSED, closed.state());
    }

    /** test_async_gen_asyncio_aclose_11. */
    @Test
    void should_complain_when_it_yields_after_it_has_swallowed_its_exit() {
        AsyncGen<Void> g = swallows(true);
        result(g.send(null));
        assertEquals("async generator ignored GeneratorExit", refused(() -> result(g.close())));
        assertEquals(0, done);
    }

    /** test_async_gen_throw_same_aclose_coro_twice. */
    @Test
    void should_be_used_up_when_an_exit_is_thrown_into_its_close() {
        Coroutine<Void> close = numbers(1, 2).close();
        stopValue(() -> close.raise(new GeneratorExit()));
        assertEquals(CLOSE_USED, refused(() -> close.raise(new GeneratorExit())));
    }

    /** test_async_gen_throw_custom_same_aclose_coro_twice, test_async_gen_throw_custom_same_athrow_coro_twice. */
    @Test
    void should_be_used_up_when_something_is_thrown_into_its_close_or_throw() {
        for (Coroutine<?> operation : List.of(numbers(1, 2).close(), numbers(1, 2).raise(new MyException("")))) {
            assertThrows(MyException.class, () -> operation.raise(new MyException("")));
            assertEquals(CLOSE_USED, refused(() -> operation.raise(new MyException(""))));
        }
    }

    @Async
    @Generator
    static AsyncGen<Integer> waitsForEver() {
        while (true) {
            await(ask(1));
        }
    }

    /** TestUnawaitedWarnings.test_asend_send_already_running, test_athrow_send_already_running, test_aclose_throw. */
    @Test
    void should_refuse_what_is_sent_to_another_operation_when_one_is_suspended() {
        AsyncGen<Integer> agen = waitsForEver();
        agen.send(null).send(null);
        assertEquals(
                "anext(): asynchronous generator is already running", refused(() -> agen.send(null).send(null)));
        assertEquals(
                "athrow(): asynchronous generator is already running",
                refused(() -> agen.raise(new MyException("")).send(null)));
        assertThrows(MyException.class, () -> numbers().close().raise(new MyException("")));
    }
}
