package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.run;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md C1 to C4: what passes through a chain of coroutines, by the tests of test_coroutines.py that {@link CoroutineTest} leaves. */
class CoroutineChainTest {
    private int count;

    @Async
    static Coroutine<Integer> ten() {
        return Coroutine.of(10);
    }

    @Async
    static <T> Coroutine<T> of(T value) {
        return Coroutine.of(value);
    }

    @Async
    static <T> Coroutine<T> awaiting(Awaitable<T> awaitable) {
        T value = await(awaitable);
        return Coroutine.of(value);
    }

    @Async
    static <T> Coroutine<T> awaiting(Coroutine<T> coroutine) {
        T value = await(coroutine);
        return Coroutine.of(value);
    }

    /** test_func_1. */
    @Test
    void should_return_its_value_to_the_driver() {
        var ran = run(ten());
        assertEquals(List.of(), ran.yielded());
        assertEquals(10, ran.result());
        assertEquals(10, result(awaiting(ten())));
    }

    @Async
    static Coroutine<Void> stops() {
        throw new StopIteration(null);
    }

    /** test_func_2, test_func_3: and what it prints, which is no address here. */
    @Test
    void should_fail_when_it_raises_a_stop() {
        var e = assertThrows(IllegalStateException.class, () -> result(stops()));
        assertEquals("coroutine raised StopIteration", e.getMessage());
        Coroutine<Void> coroutine = stops();
        assertTrue(coroutine.toString().startsWith("<coroutine " + CoroutineChainTest.class.getName() + ".stops("),
                coroutine::toString);
        coroutine.close();
    }

    @Async
    static Coroutine<Void> twoRequests() {
        await((Awaitable<Object>) () -> List.of(1, 2).iterator());
        return Coroutine.done();
    }

    /** test_func_6. */
    @Test
    void should_hand_every_request_to_the_driver() {
        Coroutine<Void> f = twoRequests();
        assertEquals(1, f.send(null));
        assertEquals(2, f.send(null));
        assertNull(stopValue(() -> f.send(null)));
    }

    @Generator
    Iterator<?> squares() {
        try {
            int a = Gen.yield(null);
            Gen.yield(a * a);
        } catch (ArithmeticException e) {
            count += 100;
            throw e;
        } finally {
            count++;
        }
        return Gen.end();
    }

    /** test_func_10. */
    @Test
    void should_reach_the_generator_of_an_awaitable_with_send_close_and_throw() {
        Coroutine<Object> coroutine = awaiting(this::squares);
        assertNull(coroutine.send(null));
        assertEquals(100, coroutine.send(10));
        assertEquals(0, count);
        coroutine.close();
        assertEquals(1, count);

        Coroutine<Object> failing = awaiting(this::squares);
        failing.send(null);
        assertThrows(ArithmeticException.class, () -> failing.raise(new ArithmeticException()));
        assertEquals(102, count);
    }

    /** test_func_15. */
    @Test
    void should_not_be_awaited_again_when_it_has_returned() {
        Coroutine<String> spammer = of("spam");
        assertEquals("spam", stopValue(() -> awaiting(spammer).send(null)));
        var e = assertThrows(IllegalStateException.class, () -> awaiting(spammer).send(null));
        assertEquals("cannot reuse already awaited coroutine", e.getMessage());
    }

    @Generator
    Iterator<?> waitsTwice() {
        Gen.yield(null);
        try {
            Gen.yield(null);
        } catch (GeneratorExit e) {
            count++;
        }
        return Gen.end();
    }

    /** test_func_19. */
    @Test
    void should_close_what_it_awaits_once() {
        Coroutine<Object> coroutine = awaiting(this::waitsTwice);
        coroutine.send(null);
        coroutine.send(null);
        assertEquals(0, count);
        for (int i = 0; i < 4; i++) {
            coroutine.close();
            assertEquals(1, count);
        }
    }

    /** test_coro_wrapper_send_tuple, test_coro_wrapper_send_stop_iterator. */
    @Test
    void should_return_lists_and_stops_as_they_are() {
        assertEquals(List.of(10), result(awaiting(of(List.of(10)))));
        var stop = new StopIteration(10);
        assertSame(stop, result(awaiting(of(stop))));
    }

    @Generator
    static Iterator<?> answers() {
        Gen.yield(42);
        return Gen.end(100);
    }

    /** test_await_3, test_await_6, test_await_7: iterators and generators, and what these return. */
    @Test
    void should_await_what_an_iterator_asks_for() {
        var three = run(awaiting(() -> List.of(1, 2, 3).iterator()));
        assertEquals(List.of(1, 2, 3), three.yielded());
        assertNull(three.result());
        assertEquals(List.of(52), run(awaiting(() -> List.of(52).iterator())).yielded());
        var hundred = run(awaiting(CoroutineChainTest::answers));
        assertEquals(List.of(42), hundred.yielded());
        assertEquals(100, hundred.result());
    }

    /** test_await_4. */
    @Test
    void should_give_what_the_awaited_one_returns() {
        var ran = run(awaiting(awaiting(of(42))));
        assertEquals(List.of(), ran.yielded());
        assertEquals(42, ran.result());
    }

    /** test_await_5: no iterator at all, which is null here. */
    @Test
    void should_fail_when_an_awaitable_gives_no_iterator() {
        assertThrows(NullPointerException.class, () -> result(awaiting(() -> null)));
    }

    static Supplier<Coroutine<Integer>> wrap() {
        return () -> of(42);
    }

    @Async
    static Coroutine<Integer> everyCallee() {
        Map<String, Supplier<Supplier<Coroutine<Integer>>>> db = Map.of("b", CoroutineChainTest::wrap);
        return Coroutine.of(await(of(42)) + await(wrap().get()) + await(db.get("b").get().get()) + await(of(42)) * 1000
                + await(((Supplier<Supplier<Coroutine<Integer>>>) CoroutineChainTest::wrap).get().get()));
    }

    @Async
    static Coroutine<Integer> negated() {
        return Coroutine.of(-await(of(42)));
    }

    /** test_await_9. */
    @Test
    void should_await_within_arithmetic() {
        assertEquals(42_168, result(everyCallee()));
        assertEquals(-42, result(negated()));
    }

    @Async
    static Coroutine<Integer> awaitsTheAwaited() {
        return Coroutine.of(await(await(of(of(42)))));
    }

    /** test_await_10. */
    @Test
    void should_await_what_was_awaited() {
        assertEquals(42, result(awaitsTheAwaited()));
    }

    @Async
    static Coroutine<List<String>> within() {
        return Coroutine.of(List.of(String.valueOf(await(of("spam"))), "ham"));
    }

    /** test_await_11. */
    @Test
    void should_await_within_arguments() {
        assertEquals(List.of("spam", "ham"), result(within()));
    }

    @Async
    static Coroutine<Throwable> inHandler() {
        try {
            throw new IllegalStateException();
        } catch (IllegalStateException e) {
            return Coroutine.of(await(of(new IllegalArgumentException())));
        }
    }

    /** test_await_16: an exception that is a result has nothing to do with the one that is handled. */
    @Test
    void should_leave_an_exception_alone_when_it_is_a_result() {
        Throwable value = (Throwable) result(inHandler());
        assertNull(value.getCause());
        assertEquals(0, value.getSuppressed().length);
    }

    /** test_cr_frame_after_close: what is closed has no place in its body any more. */
    @Test
    void should_be_nowhere_when_it_is_closed() {
        Coroutine<Integer> coroutine = ten();
        assertEquals(State.CREATED, coroutine.state());
        coroutine.close();
        assertEquals(State.CLOSED, coroutine.state());
        assertNull(coroutine.awaiting());
    }

    @Async
    static Coroutine<Void> a() {
        await(b());
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> b() {
        await((Awaitable<Object>) CoroutineChainTest::c);
        return Coroutine.done();
    }

    @Generator
    static Iterator<?> c() {
        try {
            Gen.yield(null);
        } catch (ArithmeticException e) {
            throw new UnsupportedOperationException("thrown into");
        }
        throw new UnsupportedOperationException("sent to");
    }

    private static List<String> framesOf(Throwable t) {
        return Arrays.stream(t.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .filter(List.of("a", "b", "c")::contains)
                .toList();
    }

    /** test_stack_in_coroutine_throw: by the trace of what is raised there. */
    @Test
    void should_show_the_same_stack_when_it_is_sent_to_and_thrown_into() {
        Coroutine<Void> sent = a();
        sent.send(null);
        var bySend = assertThrows(UnsupportedOperationException.class, () -> sent.send(null));
        Coroutine<Void> thrown = a();
        thrown.send(null);
        var byThrow = assertThrows(UnsupportedOperationException.class, () -> thrown.raise(new ArithmeticException()));
        assertEquals("thrown into", byThrow.getMessage());
        assertEquals(List.of("c", "b", "a"), framesOf(bySend));
        assertEquals(framesOf(bySend), framesOf(byThrow));
    }

    @Async
    static Coroutine<Object> asksTwice() {
        Object first = await(ask(1));
        return Coroutine.of(first);
    }

    /** test_tp_await_1: an awaitable that is no coroutine. */
    @Test
    void should_pass_the_request_of_what_is_awaited_on() {
        assertEquals(1, asksTwice().send(null));
    }
}
