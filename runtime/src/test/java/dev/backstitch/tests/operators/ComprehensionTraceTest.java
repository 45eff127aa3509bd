package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md 5.2: an exception in a generator under a comprehension shows the program's frames and no operator's. */
class ComprehensionTraceTest {

    @Async
    private static Coroutine<Integer> price(int i, boolean waits) {
        if (waits) {
            Coroutine.suspend("turn");
        }
        return Coroutine.of(100 / (2 - i));
    }

    @Async
    @Generator
    private static AsyncGen<Integer> prices(boolean waits) {
        for (int i = 0; i < 5; i++) {
            Gen.yield(await(price(i, waits)));
        }
        return AsyncGen.end();
    }

    @Async
    private static Coroutine<List<Integer>> collected(boolean waits) {
        List<Integer> list = await(prices(waits).filter(i -> i > 0).map(i -> i).toList());
        return Coroutine.of(list);
    }

    @Async
    private static Coroutine<List<Integer>> mapped(boolean waits) {
        List<Integer> list = await(AsyncGen.of(2).mapAwait(i -> price(i, waits)).toList());
        return Coroutine.of(list);
    }

    private static List<String> framesOf(Coroutine<?> coroutine) {
        var failure = assertThrows(ArithmeticException.class, () -> new Runs().run(coroutine));
        return Stream.of(failure.getStackTrace())
                .takeWhile(e -> !e.getMethodName().contains("framesOf"))
                .map(e -> e.getClassName().replaceAll(".*\\.", "") + "." + e.getMethodName())
                .toList();
    }

    @Test
    void should_show_no_frame_of_an_operator_when_the_source_fails_at_once() {
        assertEquals(
                List.of("ComprehensionTraceTest.price", "ComprehensionTraceTest.prices", "ComprehensionTraceTest.collected"),
                framesOf(collected(false)).subList(0, 3));
    }

    @Test
    void should_show_no_frame_of_an_operator_when_the_source_fails_after_a_suspension() {
        assertEquals(
                List.of("ComprehensionTraceTest.price", "ComprehensionTraceTest.prices", "ComprehensionTraceTest.collected"),
                framesOf(collected(true)).subList(0, 3));
    }

    @Test
    void should_show_no_frame_of_an_operator_when_an_awaited_mapper_fails() {
        for (boolean waits : new boolean[] {false, true}) {
            assertEquals(
                    List.of("ComprehensionTraceTest.price", "ComprehensionTraceTest.mapped"),
                    framesOf(mapped(waits)).subList(0, 2));
        }
    }
}
