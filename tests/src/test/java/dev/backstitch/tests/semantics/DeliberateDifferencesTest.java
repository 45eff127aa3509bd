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
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Deliberate differences that docs/from-python.md tells of: what operations of asynchronous generators do where CPython 3.13 loses
 * track of what is under way, and what a return does in a {@code try} block.
 */
class DeliberateDifferencesTest {
    private Coroutine<Object> operation;
    private String refused;
    private final List<String> log = new ArrayList<>();

    private static String refusal(Runnable step) {
        return assertThrows(IllegalStateException.class, step::run).getMessage();
    }

    @Async
    @Generator
    AsyncGen<Object> drivesItsOperation() {
        await(ask("request"));
        refused = refusal(() -> operation.send(null));
        Gen.yield(await(ask("another")));
        return AsyncGen.end();
    }

    /** CPython starts another pull here, and takes this one for used up. */
    @Test
    void should_stay_under_way_when_it_is_driven_from_its_body() {
        AsyncGen<Object> gen = drivesItsOperation();
        operation = gen.next();
        assertEquals("request", operation.send(null));
        assertEquals("another", operation.send(null));
        assertEquals("async generator already executing", refused);
        assertEquals("anext(): asynchronous generator is already running", refusal(() -> gen.next().send(null)));
        assertEquals("value", stopValue(() -> operation.send("value")));
    }

    @Async
    @Generator
    static AsyncGen<Object> waitsInItsHandler() {
        try {
            Gen.yield(1);
        } catch (ArithmeticException e) {
            await(ask("request"));
        }
        Gen.yield(2);
        Gen.yield(3);
        return AsyncGen.end();
    }

    /** CPython resumes the generator with it, and gives 3. */
    @Test
    void should_be_used_up_when_what_was_thrown_has_waited() {
        AsyncGen<Object> gen = waitsInItsHandler();
        assertEquals(1, result(gen.next()));
        Coroutine<Object> raise = gen.raise(new ArithmeticException());
        assertEquals("request", raise.send(null));
        assertEquals(2, stopValue(() -> raise.send(null)));
        assertEquals("cannot reuse already awaited aclose()/athrow()", refusal(() -> raise.send(null)));
        assertEquals(3, result(gen.next()));
    }

    @Async
    static Coroutine<Object> awaits(Coroutine<?> inner) {
        Object value = await(inner);
        return Coroutine.of(value);
    }

    /** CPython goes on with it. */
    @Test
    void should_not_be_awaited_when_somebody_else_has_started_it() {
        AsyncGen<Object> gen = drivesItsOperation();
        operation = gen.next();
        assertEquals("request", operation.send(null));
        assertEquals("coroutine is being awaited already", refusal(() -> awaits(operation).send(null)));
        assertEquals("another", operation.send(null));
    }

    @Async
    Coroutine<Object> fails() {
        log.add("runs");
        throw new ArithmeticException("failed");
    }

    @Async
    Coroutine<Object> returnsWhatFails() {
        try {
            return fails();
        } catch (ArithmeticException e) {
            return Coroutine.of("caught");
        } finally {
            log.add("finally");
        }
    }

    /** A return is a tail call in a {@code try} block, too; {@code return await f()} of Python is not. */
    @Test
    void should_not_be_caught_when_a_returned_coroutine_fails() {
        assertThrows(ArithmeticException.class, () -> result(returnsWhatFails()));
        assertEquals(List.of("finally", "runs"), log);
    }
}
