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
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md C1 to C5, C8 and C9, with the tests of CPython's test_coroutines.py that they come from. */
class CoroutineTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    Coroutine<String> spam() {
        trace.add("ran");
        return Coroutine.of("spam");
    }

    @Async
    Coroutine<String> asks() {
        Object answer = await(ask("?"));
        return Coroutine.of("got " + answer);
    }

    @Async
    <T> Coroutine<T> awaits(Coroutine<T> inner) {
        T value = await(inner);
        return Coroutine.of(value);
    }

    /** C1. */
    @Test
    void should_run_nothing_until_it_is_awaited() {
        Coroutine<String> coroutine = spam();
        assertEquals(List.of(), trace);
        assertEquals(State.CREATED, coroutine.state());
        assertEquals("spam", result(awaits(coroutine)));
        assertEquals(List.of("ran"), trace);
    }

    /** C1: no request reaches the driver when nothing suspends. */
    @Test
    void should_hand_nothing_to_the_driver_when_nothing_suspends() {
        assertEquals(List.of(), run(awaits(awaits(spam()))).yielded());
        assertEquals(List.of("?"), run(awaits(awaits(asks()))).yielded());
    }

    @Async
    Coroutine<Object> sendsToItself(Coroutine<?>[] me) {
        return Coroutine.of(me[0].send(null));
    }

    /** C2, test_func_12. */
    @Test
    void should_refuse_to_run_when_it_is_running() {
        Coroutine<?>[] me = new Coroutine<?>[1];
        me[0] = sendsToItself(me);
        var e = assertThrows(IllegalStateException.class, () -> me[0].send(null));
        assertEquals("coroutine already executing", e.getMessage());
    }

    /** C2, test_func_13. */
    @Test
    void should_refuse_a_value_when_it_is_sent_before_the_start() {
        Coroutine<String> coroutine = spam();
        var e = assertThrows(IllegalArgumentException.class, () -> coroutine.send("spam"));
        assertEquals("can't send non-None value to a just-started coroutine", e.getMessage());
        coroutine.close();
        assertEquals(State.CLOSED, coroutine.state());
    }

    @Async
    Coroutine<Void> ignoresExit() {
        try {
            await(ask(1));
        } catch (GeneratorExit e) {
            await(ask(2));
        }
        return Coroutine.done();
    }

    /** C5, test_func_14. */
    @Test
    void should_complain_when_it_suspends_in_answer_to_its_exit() {
        Coroutine<Void> coroutine = ignoresExit();
        coroutine.send(null);
        var e = assertThrows(IllegalStateException.class, coroutine::close);
        assertEquals("coroutine ignored GeneratorExit", e.getMessage());
    }

    @Generator
    private static Iterator<Object> requests(Object request) {
        Object got = Gen.yield(request);
        return Gen.end(got);
    }

    @Async
    Coroutine<Object> asksByIterator(String request) {
        Awaitable<Object> awaitable = () -> requests(request);
        return Coroutine.of(await(awaitable));
    }

    @Async
    Coroutine<Void> suspendsWhenClosed() {
        try {
            await(asksByIterator("first"));
        } finally {
            await(asksByIterator("second"));
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Object> goesOn() {
        try {
            await(suspendsWhenClosed());
        } catch (IllegalStateException e) {
            trace.add(e.getMessage());
        }
        return Coroutine.of(await(asksByIterator("third")));
    }

    /** C5: what awaits the one that ignored its exit goes on, and suspends in turn. A random program was driven as if it had not. */
    @Test
    void should_get_what_is_sent_after_it_ignored_its_exit() {
        Coroutine<Object> coroutine = goesOn();
        assertEquals("first", coroutine.send(null));
        var e = assertThrows(IllegalStateException.class, coroutine::close);
        assertEquals("coroutine ignored GeneratorExit", e.getMessage());
        assertEquals(List.of("coroutine ignored GeneratorExit"), trace);
        assertEquals("answer", stopValue(() -> coroutine.send("answer")));
    }

    @Async
    Coroutine<String> suspendsOnce() {
        await(ask(null));
        return Coroutine.of("spam");
    }

    @Async
    Coroutine<String> reads(Coroutine<String> inner) {
        await(ask(null));
        return Coroutine.of(await(inner));
    }

    /** C2, test_func_16. */
    @Test
    void should_not_be_awaited_again_when_it_has_failed() {
        Coroutine<String> spammer = suspendsOnce();
        Coroutine<String> reader = reads(spammer);
        reader.send(null);
        reader.send(null);
        var ham = new RuntimeException("ham");
        assertSame(ham, assertThrows(RuntimeException.class, () -> reader.raise(ham)));

        Coroutine<String> second = reads(spammer);
        second.send(null);
        String reuse = "cannot reuse already awaited coroutine";
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> second.send(null)).getMessage());
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> second.raise(ham)).getMessage());
    }

    /** C2, test_func_17 and test_func_18. */
    @Test
    void should_refuse_every_entry_but_close_when_it_has_ended() {
        Coroutine<String> coroutine = spam();
        assertEquals("spam", stopValue(() -> coroutine.send(null)));
        String reuse = "cannot reuse already awaited coroutine";
        var wat = new RuntimeException("wat");
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> coroutine.send(null)).getMessage());
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> coroutine.raise(wat)).getMessage());
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> result(awaits(coroutine))).getMessage());
        coroutine.close();
        coroutine.close();

        Coroutine<String> closed = spam();
        closed.close();
        assertEquals(reuse, assertThrows(IllegalStateException.class, () -> result(awaits(closed))).getMessage());
    }

    /** C2, test_await_15. */
    @Test
    void should_refuse_a_second_awaiter_when_it_is_suspended() {
        Coroutine<String> coroutine = suspendsOnce();
        coroutine.send(null);
        var e = assertThrows(IllegalStateException.class, () -> awaits(coroutine).send(null));
        assertEquals("coroutine is being awaited already", e.getMessage());

        Coroutine<String> awaited = suspendsOnce();
        Coroutine<String> first = awaits(awaited);
        first.send(null);
        var other = assertThrows(IllegalStateException.class, () -> awaits(awaited).send(null));
        assertEquals("coroutine is being awaited already", other.getMessage());
        assertEquals("spam", stopValue(() -> first.send(null)));
    }

    /** An awaitable made by hand: what it yields goes to the driver, what is sent comes back. */
    static final class FutureLike implements Awaitable<Object> {
        @Override
        @Generator
        public Gen<Object> requests() {
            Object answer = Gen.yield("request");
            return Gen.end(answer);
        }
    }

    @Async
    Coroutine<Object> marks() {
        try {
            return Coroutine.of(await(new FutureLike()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("marker");
        }
    }

    /** C3, test_await_14: an awaitable in the middle of the chain passes send, value and throw. */
    @Test
    void should_pass_send_and_throw_through_an_awaitable() {
        Coroutine<Object> c = awaits(marks());
        assertEquals("request", c.send(null));
        assertEquals("spam", stopValue(() -> c.send("spam")));
        Coroutine<Object> d = awaits(marks());
        d.send(null);
        assertEquals(
                "marker",
                assertThrows(IllegalArgumentException.class, () -> d.raise(new ArithmeticException())).getMessage());
    }

    @Async
    Coroutine<Object> awaitsAny(Awaitable<Object> awaitable) {
        return Coroutine.of(await(awaitable));
    }

    /** C3: errors. */
    @Test
    void should_say_what_is_wrong_when_it_is_not_awaitable() {
        assertThrows(NullPointerException.class, () -> result(awaitsAny(null)));
        assertThrows(NullPointerException.class, () -> result(awaitsAny(() -> null)));
        assertThrows(NullPointerException.class, () -> result(awaits(null)));
        assertEquals(List.of("a", "b"), run(awaitsAny(() -> List.of("a", "b").iterator())).yielded());
    }

    @Async
    Coroutine<Object> stage(CompletableFuture<Object> future) {
        return Coroutine.of(await(future));
    }

    /** C3, in Java: the original failure, never wrapped. */
    @Test
    void should_throw_the_original_failure_of_a_stage() {
        var e = new IllegalArgumentException();
        assertSame(e, assertThrows(IllegalArgumentException.class, () -> result(stage(CompletableFuture.failedFuture(e)))));
        var wrapped = CompletableFuture.supplyAsync(() -> {
                    throw e;
                })
                .thenApply(x -> x);
        assertThrows(CompletionException.class, wrapped::join);
        assertSame(e, assertThrows(IllegalArgumentException.class, () -> result(stage(wrapped))));

        var late = new CompletableFuture<Object>();
        Coroutine<Object> waiting = stage(late);
        assertSame(late, waiting.send(null));
        late.completeExceptionally(e);
        assertSame(e, assertThrows(IllegalArgumentException.class, () -> waiting.send(null)));
    }

    @Async
    Coroutine<Void> raises(RuntimeException e) {
        await(ask(null));
        throw e;
    }

    /** C4: and StopAsyncIteration may escape. */
    @Test
    void should_become_a_runtime_error_when_stop_iteration_escapes() {
        var stop = new StopIteration(1);
        var e = assertThrows(IllegalStateException.class, () -> result(awaits(raises(stop))));
        assertEquals("coroutine raised StopIteration", e.getMessage());
        assertSame(stop, e.getCause());
        assertThrows(StopAsyncIteration.class, () -> result(raises(new StopAsyncIteration())));
    }

    @Async
    Coroutine<String> everywhere() {
        List<Object> seen = new ArrayList<>();
        try {
            seen.add(await(ask("body")));
            throw new ArithmeticException();
        } catch (ArithmeticException e) {
            seen.add(await(ask("except")));
        } finally {
            seen.add(await(ask("finally")));
        }
        String joined = "" + await(ask("left")) + (await(ask("test")) == null ? await(ask("then")) : await(ask("else")));
        return Coroutine.of(seen + joined);
    }

    /** C5. */
    @Test
    void should_await_anywhere() {
        var ran = run(everywhere());
        assertEquals(List.of("body", "except", "finally", "left", "test", "then"), ran.yielded());
        assertEquals("[null, null, null]nullnull", ran.result());
    }

    @Async
    Coroutine<String> suppresses() {
        try {
            await(ask("first"));
        } catch (Error e) {
            trace.add("caught");
        }
        await(ask("second"));
        return Coroutine.of("done");
    }

    /** C8: delivered once, at the innermost await, and it may be suppressed. */
    @Test
    void should_go_on_when_a_cancellation_is_suppressed() {
        Coroutine<String> coroutine = awaits(awaits(suppresses()));
        assertEquals("first", coroutine.send(null));
        assertEquals("second", coroutine.raise(new Error("cancelled")));
        assertEquals("done", stopValue(() -> coroutine.send(null)));
        assertEquals(List.of("caught"), trace);
    }

    @Generator
    Gen<Object> a(Coroutine<?>[] b) {
        trace.add(b[0].state() + " " + b[0].awaiting());
        Gen.yield(1);
        trace.add(b[0].state() + " " + b[0].awaiting());
        return Gen.end();
    }

    @Async
    Coroutine<Void> c(Coroutine<?>[] b, Gen<?> a) {
        await((Awaitable<Object>) () -> a);
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> b(Coroutine<?>[] self, Coroutine<Void> c) {
        trace.add(self[0].awaiting());
        await(c);
        trace.add(self[0].awaiting());
        return Coroutine.done();
    }

    /** C9, test_cr_await. */
    @Test
    void should_tell_what_it_awaits_only_while_it_waits() {
        Coroutine<?>[] self = new Coroutine<?>[1];
        Gen<?> a = a(self);
        Coroutine<Void> c = c(self, a);
        self[0] = b(self, c);
        assertEquals(State.CREATED, self[0].state());
        assertNull(self[0].awaiting());
        self[0].send(null);
        assertEquals(State.SUSPENDED, self[0].state());
        assertSame(c, self[0].awaiting());
        assertSame(a, c.awaiting());
        stopValue(() -> self[0].send(null));
        assertEquals(State.CLOSED, self[0].state());
        assertNull(self[0].awaiting());
        assertEquals(java.util.Arrays.asList(null, "RUNNING null", "RUNNING null", null), trace);
        assertTrue(c.state() == State.CLOSED);
    }

    @Async
    Coroutine<Integer> down(int n) {
        if (n == 0) {
            await(ask("bottom"));
            return Coroutine.of(0);
        }
        return Coroutine.of(1 + await(down(n - 1)));
    }

    /** C1 and Y5: a chain of awaits uses no Java stack. */
    @Test
    void should_await_a_hundred_thousand_deep() {
        var ran = run(down(100_000));
        assertEquals(List.of("bottom"), ran.yielded());
        assertEquals(100_000, ran.result());
    }
}
