package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator closes its source, awaiting the close, when it is closed, ends early or fails. */
class ClosingTest {
    private final Runs runs = new Runs();

    @Test
    void should_close_the_whole_chain_from_the_outside_in_when_closed() {
        AsyncGen<Integer> source = runs.ticker("t", 9);
        AsyncGen<Integer> chain =
                source.map(i -> i).filter(i -> true).enumerate().map(e -> e.value()).flatMap(i -> AsyncGen.of(i));
        assertEquals(0, runs.run(chain.next()));
        runs.log().clear();

        runs.run(chain.close());

        assertEquals(List.of("turn t closing", "t closed"), runs.log());
        assertEquals(Gen.State.CLOSED, source.state());
        assertEquals(Gen.State.CLOSED, chain.state());
    }

    @Test
    void should_close_the_inner_before_the_outer_generator_when_flat_mapped() {
        AsyncGen<Integer> chain = runs.ticker("outer", 9).flatMap(i -> runs.ticker("inner", 9));
        runs.run(chain.next());
        runs.log().clear();

        runs.run(chain.close());

        assertEquals(
                List.of("turn inner closing", "inner closed", "turn outer closing", "outer closed"), runs.log());
    }

    @Test
    void should_close_the_source_without_pulling_again_when_taken_enough() {
        assertEquals(List.of(0, 1), runs.run(runs.ticker("t", 9).take(2).toList()));
        assertEquals(List.of("turn t0", "turn t1", "turn t closing", "t closed"), runs.log());
    }

    @Test
    void should_close_both_sources_when_the_shorter_one_of_a_zip_ends() {
        runs.run(runs.ticker("a", 9).zip(runs.ticker("b", 1), Integer::sum).toList());

        assertEquals(
                List.of(
                        "turn a0", "turn b0", "turn a1", "b exhausted", "turn b closing", "b closed",
                        "turn a closing", "a closed"),
                runs.log());
    }

    @Test
    void should_close_the_source_and_throw_the_same_object_when_a_function_fails() {
        var failure = new IllegalArgumentException("two");

        var thrown = assertThrows(IllegalArgumentException.class, () -> runs.run(runs.ticker("t", 9)
                .map(i -> {
                    if (i == 2) {
                        throw failure;
                    }
                    return i;
                })
                .forEach(runs::log)));

        assertSame(failure, thrown);
        assertEquals(
                List.of("turn t0", 0, "turn t1", 1, "turn t2", "turn t closing", "t closed"), runs.log());
    }

    @Test
    void should_close_the_source_when_the_first_value_is_enough() {
        runs.run(runs.ticker("t", 9).first());

        assertEquals(List.of("turn t0", "turn t closing", "t closed"), runs.log());
    }

    @Test
    void should_close_the_source_when_the_collector_is_closed_while_it_waits() {
        AsyncGen<Integer> source = AsyncGen.of(1, 2, 3).map(i -> i);
        Coroutine<Void> all = source.forEachAwait(i -> runs.later("waiting", i));
        assertEquals("waiting", all.send(null));

        all.close();

        assertEquals(Gen.State.CLOSED, source.state());
        assertEquals(List.of(), runs.log());
    }

    @Test
    void should_leave_a_source_alone_when_the_operator_was_never_started() {
        AsyncGen<Integer> source = runs.ticker("t", 2);
        assertEquals(0, runs.run(source.next()));

        runs.run(source.map(i -> i).close());

        assertEquals(1, runs.run(source.next()));
    }

    @Test
    void should_throw_the_exception_of_the_close_when_the_source_fails_to_close() {
        AsyncGen<Integer> chain = failingToClose().take(1);

        var thrown = assertThrows(IllegalStateException.class, () -> runs.run(chain.toList()));

        assertEquals("in finally", thrown.getMessage());
    }

    @Async
    @Generator
    private static AsyncGen<Integer> failingToClose() {
        try {
            Gen.yield(1);
            Gen.yield(2);
        } finally {
            Coroutine.suspend("closing");
            fail();
        }
        return AsyncGen.end();
    }

    private static void fail() {
        throw new IllegalStateException("in finally");
    }
}
