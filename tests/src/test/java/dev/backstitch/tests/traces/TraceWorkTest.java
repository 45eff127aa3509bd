package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program goes on as it would have when an exception does not let its trace be read. */
class TraceWorkTest {

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean answers;

        Unreadable(boolean answers) {
            this.answers = answers;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            if (answers) {
                return null;
            }
            throw new UnsupportedOperationException("no trace");
        }
    }

    @Async
    static Coroutine<Void> fails(Unreadable failure) {
        await(sleep(ZERO));
        throw failure;
    }

    @Async
    static Coroutine<String> catches(Unreadable failure) {
        String caught = "";
        try {
            await(fails(failure));
        } catch (Unreadable e) {
            caught += "after a suspension";
        }
        try {
            await(CompletableFuture.failedFuture(failure));
        } catch (Unreadable e) {
            caught += ", of a future";
        }
        return Coroutine.of(caught);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_run_the_handler_when_the_trace_cannot_be_read(boolean answers) {
        assertEquals("after a suspension, of a future", EventLoop.run(catches(new Unreadable(answers))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_let_the_exception_out_of_the_loop_when_its_trace_cannot_be_read(boolean answers) {
        Unreadable failure = new Unreadable(answers);
        assertSame(failure, assertThrows(Unreadable.class, () -> EventLoop.run(fails(failure))));
    }

    @Generator
    static Gen<String> numbers() {
        try {
            Gen.yield("first");
        } catch (Unreadable e) {
            Gen.yield("caught");
            throw e;
        }
        return Gen.end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_raise_it_in_a_generator_and_let_it_out_when_its_trace_cannot_be_read(boolean answers) {
        Unreadable failure = new Unreadable(answers);
        Gen<String> gen = numbers();
        gen.next();
        assertEquals("caught", gen.raise(failure));
        assertSame(failure, assertThrows(Unreadable.class, gen::next));
    }
}
