package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** test_contextlib_async.py, AclosingTestCase: what has a {@code close} to be awaited, for the length of a block. */
class AclosingTest {
    private final List<Integer> state = new ArrayList<>();

    private final class Closes implements AsyncCloseable {
        @Override
        public Coroutine<Boolean> exit(Throwable failure) {
            return closing();
        }
    }

    @Async
    private Coroutine<Boolean> closing() {
        state.add(1);
        return Coroutine.of(false);
    }

    @Async
    private Coroutine<Void> block(boolean fails) {
        assertEquals(List.of(), state);
        try (var x = new Closes()) {
            assertEquals(List.of(), state);
            if (fails) {
                throw new ArithmeticException();
            }
        }
        assertEquals(List.of(1), state);
        return Coroutine.done();
    }

    /** AclosingTestCase.test_aclosing. */
    @Test
    void should_close_at_the_end_of_the_block() {
        EventLoop.run(block(false));
    }

    /** AclosingTestCase.test_aclosing_error. */
    @Test
    void should_close_when_the_block_fails() {
        assertThrows(ArithmeticException.class, () -> EventLoop.run(block(true)));
        assertEquals(List.of(1), state);
    }

    @Async
    @Generator
    private AsyncGen<Integer> numbers() {
        try {
            Gen.yield(-1);
            Gen.yield(-2);
        } finally {
            state.add(1);
        }
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> leavesAGenerator() {
        AsyncGen<Integer> x = numbers();
        try {
            assertEquals(-1, await(x.next()));
            assertEquals(List.of(), state);
            throw new ArithmeticException();
        } finally {
            await(x.close());
        }
    }

    /** AclosingTestCase.test_aclosing_bpo41229: a generator is closed, and what it holds with it. */
    @Test
    void should_close_a_generator_and_what_it_holds() {
        assertThrows(ArithmeticException.class, () -> EventLoop.run(leavesAGenerator()));
        assertEquals(List.of(1), state);
    }
}
