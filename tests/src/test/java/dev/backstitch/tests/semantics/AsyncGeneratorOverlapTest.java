package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.GeneratorExit;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SEMANTICS.md A2 and A9: operations that overlap, and operations that are closed or thrown into themselves, with the
 * tests of CPython's test_asyncgen.py that they come from.
 */
class AsyncGeneratorOverlapTest {
    private static final String NEXT_RUNS = "anext(): asynchronous generator is already running";
    private static final String NEXT_USED = "cannot reuse already awaited __anext__()/asend()";
    private static final String CLOSE_USED = "cannot reuse already awaited aclose()/athrow()";

    private final List<Object> trace = new ArrayList<>();

    static final class MyExc extends RuntimeException {}

    @Async
    @Generator
    static AsyncGen<Integer> keepsWaiting() {
        while (true) {
            try {
                await(ask(null));
            } catch (MyExc e) {
                // waits again
            }
        }
    }

    @Async
    @Generator
    static AsyncGen<Integer> yieldsThenWaits() {
        try {
            Gen.yield(null);
        } catch (MyExc e) {
            // waits
        }
        while (true) {
            try {
                await(ask(null));
            } catch (MyExc e) {
                // waits again
            }
        }
    }

    private static String refused(Runnable step) {
        return assertThrows(IllegalStateException.class, step::run).getMessage();
    }

    /** A2, test_async_gen_asend_throw_concurrent_with_send. */
    @Test
    void should_refuse_and_use_up_a_pull_when_another_is_under_way() {
        AsyncGen<Integer> agen = keepsWaiting();
        agen.send(null).send(null);
        Coroutine<Integer> second = agen.send(null);
        assertEquals(NEXT_RUNS, refused(() -> second.raise(new MyExc())));
        assertEquals(NEXT_USED, refused(() -> second.send(null)));
    }

    /** A2, test_async_gen_athrow_throw_concurrent_with_send. */
    @Test
    void should_refuse_and_use_up_a_throw_when_a_pull_is_under_way() {
        AsyncGen<Integer> agen = keepsWaiting();
        agen.send(null).send(null);
        Coroutine<Integer> second = agen.raise(new MyExc());
        assertEquals("athrow(): asynchronous generator is already running", refused(() -> second.raise(new MyExc())));
        assertEquals(CLOSE_USED, refused(() -> second.send(null)));
    }

    /** A2, test_async_gen_asend_throw_concurrent_with_throw. */
    @Test
    void should_refuse_and_use_up_a_pull_when_a_throw_is_under_way() {
        AsyncGen<Integer> agen = yieldsThenWaits();
        stopValue(() -> agen.send(null).send(null));
        Coroutine<Integer> first = agen.raise(new MyExc());
        first.raise(new MyExc());
        Coroutine<Integer> second = agen.send(null);
        assertEquals(NEXT_RUNS, refused(() -> second.raise(new MyExc())));
        assertEquals(NEXT_USED, refused(() -> second.send(null)));
    }

    /** A2, test_async_gen_athrow_throw_concurrent_with_throw. */
    @Test
    void should_refuse_and_use_up_a_throw_when_a_throw_is_under_way() {
        AsyncGen<Integer> agen = yieldsThenWaits();
        stopValue(() -> agen.send(null).send(null));
        agen.raise(new MyExc()).raise(new MyExc());
        Coroutine<Integer> second = agen.raise(new MyExc());
        assertEquals("athrow(): asynchronous generator is already running", refused(() -> second.raise(new MyExc())));
        assertEquals(CLOSE_USED, refused(() -> second.send(null)));
    }

    /** A2: with send, and for aclose. */
    @Test
    void should_refuse_every_operation_when_one_is_suspended() {
        AsyncGen<Integer> agen = keepsWaiting();
        Coroutine<Integer> under = agen.next();
        under.send(null);
        Coroutine<Integer> next = agen.next();
        assertEquals(NEXT_RUNS, refused(() -> next.send(null)));
        assertEquals(NEXT_USED, refused(() -> next.send(null)));
        Coroutine<Void> close = agen.close();
        assertEquals("aclose(): asynchronous generator is already running", refused(() -> close.send(null)));
        assertEquals(CLOSE_USED, refused(() -> close.send(null)));
        under.close();
        assertEquals(State.CLOSED, agen.state());
    }

    @Async
    @Generator
    AsyncGen<Integer> cleansUp() {
        try {
            await(ask("waiting"));
            Gen.yield(1);
        } catch (GeneratorExit e) {
            trace.add("exit");
            throw e;
        }
        return AsyncGen.end();
    }

    /** A9. */
    @Test
    void should_deliver_the_exit_to_the_generator_when_the_pull_is_closed() {
        AsyncGen<Integer> agen = cleansUp();
        Coroutine<Integer> next = agen.next();
        assertEquals("waiting", next.send(null));
        next.close();
        assertEquals(List.of("exit"), trace);
        assertEquals(State.CLOSED, agen.state());
        next.close();
        assertEquals(NEXT_USED, refused(() -> next.send(null)));
    }

    @Async
    @Generator
    static AsyncGen<Integer> waitsInAnswer() {
        try {
            await(ask(null));
        } catch (GeneratorExit e) {
            await(ask(null));
        }
        return AsyncGen.end();
    }

    /** A9, test_async_gen_asend_close_runtime_error. */
    @Test
    void should_complain_when_the_generator_waits_in_answer_to_its_exit() {
        Coroutine<Integer> next = waitsInAnswer().send(null);
        next.send(null);
        assertEquals("coroutine ignored GeneratorExit", refused(next::close));
    }

    @Async
    @Generator
    static AsyncGen<String> yieldsInAnswer() {
        try {
            await(ask("waiting"));
        } catch (GeneratorExit e) {
            Gen.yield("answer");
        }
        Gen.yield("later");
        return AsyncGen.end();
    }

    @Async
    <T> Coroutine<T> awaits(Coroutine<T> inner) {
        try {
            return Coroutine.of(await(inner));
        } catch (Throwable t) {
            trace.add(Drive.name(t) + (t.getMessage() == null ? "" : " " + t.getMessage()));
            throw t;
        }
    }

    /** A9: a value is an answer that the closing of a pull takes quietly; the generator lives on. */
    @Test
    void should_be_quiet_when_the_generator_yields_in_answer_to_the_exit_of_a_pull() {
        AsyncGen<String> agen = yieldsInAnswer();
        Coroutine<String> next = agen.next();
        next.send(null);
        next.close();
        assertEquals(State.SUSPENDED, agen.state());
        assertEquals("later", result(agen.next()));

        AsyncGen<String> other = yieldsInAnswer();
        Coroutine<String> awaiting = awaits(other.next());
        awaiting.send(null);
        awaiting.close();
        assertEquals(List.of("GeneratorExit"), trace);
        assertEquals("later", result(other.next()));
    }

    /** A9: as the pull of a coroutine that is closed. */
    @Test
    void should_complain_in_the_awaiter_when_the_generator_waits_in_answer_to_its_exit() {
        Coroutine<Integer> awaiting = awaits(waitsInAnswer().next());
        awaiting.send(null);
        assertEquals("coroutine ignored GeneratorExit", refused(awaiting::close));
        assertEquals(List.of("IllegalStateException coroutine ignored GeneratorExit"), trace);
    }

    @Async
    @Generator
    static AsyncGen<Object> echoes() {
        Object got = Gen.yield("first");
        while (true) {
            got = Gen.yield(got == null ? "null" : got);
        }
    }

    /** Head item 5 (b): what is thrown into an operation before its first send replaces its argument, and starts it. */
    @Test
    void should_throw_into_the_generator_when_the_operation_was_not_started() {
        AsyncGen<Object> agen = echoes();
        result(agen.next());
        Coroutine<Object> send = agen.send(7);
        var e = new MyExc();
        assertEquals(e, assertThrows(MyExc.class, () -> send.raise(e)));
        assertEquals(State.CLOSED, agen.state());
        assertEquals(NEXT_USED, refused(() -> send.send(null)));
    }

    /** A9: closing an operation closes the generator even before the operation has started. */
    @Test
    void should_close_the_generator_when_an_unstarted_operation_is_closed() {
        AsyncGen<Object> agen = echoes();
        Coroutine<Object> next = agen.next();
        next.close();
        assertEquals(NEXT_USED, refused(() -> next.send(null)));
        assertEquals(State.CLOSED, agen.state());
    }
}
