package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * SEMANTICS.md A2, A5 and A9 of an asynchronous generator that awaits what suspends in answer to its exit: it gets the
 * complaint, and while it runs its {@code finally}, nobody can drive it. What is expected is what CPython 3.13 does with the
 * same program.
 */
class AsyncGeneratorIgnoredExitTest {
    private static final String RUNNING = "asynchronous generator is already running";

    private AsyncGen<?> gen;
    private Coroutine<?> driven;
    private Runnable attempt;
    private String refused;
    private List<State> states;

    @Async
    static Coroutine<Void> ignoresExit() {
        try {
            await(ask("request"));
        } catch (GeneratorExit e) {
            await(ask("another"));
        }
        return Coroutine.done();
    }

    @Async
    @Generator
    AsyncGen<Object> waits() {
        try {
            await(ignoresExit());
        } finally {
            tryIt();
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    AsyncGen<Object> waitsInFinally() {
        try {
            Gen.yield("value");
        } finally {
            try {
                await(ignoresExit());
            } finally {
                tryIt();
            }
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static AsyncGen<Object> awaits(Coroutine<?> inner) {
        await(inner);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Object> coroutine(Coroutine<?> inner) {
        Object value = await(inner);
        return Coroutine.of(value);
    }

    private AsyncGen<Object> suspended() {
        AsyncGen<Object> made = waitsInFinally();
        assertEquals("value", result(made.next()));
        return made;
    }

    private void tryIt() {
        states = List.of(gen.state(), driven.state());
        refused = refusal(attempt);
    }

    private static String refusal(Runnable attempt) {
        return assertThrows(IllegalStateException.class, attempt::run).getMessage();
    }

    /** Closes {@code driven} while {@code gen} waits, and tries everything from the {@code finally} that runs then. */
    private void closeAndTry(Runnable begin, String executing) {
        Map<Runnable, String> expected = new LinkedHashMap<>();
        expected.put(() -> gen.next().send(null), "anext(): " + RUNNING);
        expected.put(() -> gen.send(null).send(null), "anext(): " + RUNNING);
        expected.put(() -> gen.raise(new ArithmeticException()).send(null), "athrow(): " + RUNNING);
        expected.put(() -> gen.close().send(null), "aclose(): " + RUNNING);
        expected.put(() -> driven.send(null), executing);
        expected.put(() -> driven.raise(new ArithmeticException()), executing);
        expected.put(() -> driven.close(), executing);
        expected.forEach((tried, message) -> {
            attempt = tried;
            begin.run();
            assertEquals("request", driven.send(null));
            assertEquals("coroutine ignored GeneratorExit", refusal(driven::close));
            assertEquals(message, refused);
            assertEquals(List.of(State.RUNNING, State.RUNNING), states);
            assertEquals(State.CLOSED, gen.state());
        });
    }

    @Test
    void should_refuse_to_be_driven_when_what_its_pull_awaits_ignored_its_exit() {
        closeAndTry(() -> driven = (gen = waits()).next(), "async generator already executing");
        closeAndTry(() -> driven = coroutine((gen = waits()).next()), "coroutine already executing");
    }

    @Test
    void should_refuse_to_be_driven_when_what_its_finally_awaits_ignored_its_exit() {
        closeAndTry(() -> driven = (gen = suspended()).close(), "async generator already executing");
        closeAndTry(() -> driven = coroutine((gen = suspended()).close()), "coroutine already executing");
    }

    /** The same, one generator further in. */
    @Test
    void should_refuse_to_be_driven_when_what_a_generator_it_awaits_awaits_ignored_its_exit() {
        closeAndTry(() -> driven = (gen = awaits(waits().next())).next(), "async generator already executing");
        closeAndTry(() -> driven = (gen = awaits(suspended().close())).next(), "async generator already executing");
    }

    @Async
    @Generator
    static AsyncGen<Object> ignoresEveryExit(List<Object> log) {
        for (int i = 0; i < 5; i++) {
            try {
                Gen.yield(i);
            } catch (GeneratorExit e) {
                log.add("exit");
            } catch (IllegalArgumentException e) {
                log.add(e.getMessage());
            }
        }
        return AsyncGen.end();
    }

    /** A deliberate difference, of which docs/from-python.md tells: CPython ends the second and third with StopAsyncIteration. */
    @Test
    void should_reach_the_body_when_it_is_thrown_into_or_closed_after_it_has_ignored_its_exit() {
        List<Object> log = new ArrayList<>();
        AsyncGen<Object> ignoring = ignoresEveryExit(log);
        assertEquals(0, result(ignoring.next()));
        assertThrows(IllegalStateException.class, () -> result(ignoring.close()));
        assertEquals(2, result(ignoring.raise(new IllegalArgumentException("raised"))));
        assertThrows(IllegalStateException.class, () -> result(ignoring.close()));
        assertEquals(4, result(ignoring.next()));
        assertEquals(List.of("exit", "raised", "exit"), log);
    }
}
