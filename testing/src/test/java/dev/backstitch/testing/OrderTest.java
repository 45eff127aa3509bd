package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {

    @Async
    private static Coroutine<Void> step(StringBuilder trace, char name, int steps) {
        for (int i = 0; i < steps; i++) {
            trace.append(name);
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> three(int steps) {
        var trace = new StringBuilder();
        await(gather(step(trace, 'a', steps), step(trace, 'b', steps), step(trace, 'c', steps)));
        return Coroutine.of(trace.toString());
    }

    @Test
    void should_run_as_asyncio_does_when_it_is_fifo() {
        assertEquals("abcabc", TestLoop.run(three(2)));
        assertEquals("abcabc", TestLoop.run(Order.fifo(), three(2)));
    }

    @Test
    void should_give_the_same_run_when_the_text_is_the_same() {
        for (String text : List.of("fifo", "shuffled:17", "shuffled:-3", "pct:42:3:40")) {
            assertEquals(text, Order.of(text).toString());
            assertEquals(Order.of(text), Order.of(text));
            assertEquals(TestLoop.run(Order.of(text), three(9)), TestLoop.run(Order.of(text), three(9)));
        }
        assertNotEquals(TestLoop.run(Order.shuffled(1), three(9)), TestLoop.run(Order.shuffled(2), three(9)));
        assertNotEquals(TestLoop.run(Order.pct(1, 3, 40), three(9)), TestLoop.run(Order.pct(2, 3, 40), three(9)));
    }

    @Test
    void should_refuse_when_a_text_stands_for_no_order() {
        for (String text : List.of("", "lifo", "shuffled", "shuffled:x", "pct:1:2", "pct:1:0:5", "fifo:1")) {
            assertThrows(IllegalArgumentException.class, () -> Order.of(text), text);
        }
    }

    @Test
    void should_give_every_order_of_a_turn_when_shuffled_often() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 500; seed++) {
            String trace = TestLoop.run(Order.shuffled(seed), three(2));
            for (String turn : List.of(trace.substring(0, 3), trace.substring(3))) {
                assertEquals(Set.of('a', 'b', 'c'), Set.of(turn.charAt(0), turn.charAt(1), turn.charAt(2)), trace);
            }
            seen.add(trace);
        }
        assertEquals(36, seen.size());
    }

    @Test
    void should_let_others_run_when_the_highest_priority_only_yields() {
        for (int seed = 0; seed < 50; seed++) {
            boolean[] over = new boolean[1];
            TestLoop.run(Order.pct(seed, 2, 20), spinning(over));
            assertTrue(over[0]);
        }
    }

    @Async
    private static Coroutine<Void> spinning(boolean[] over) {
        await(gather(spin(over), end(over)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> spin(boolean[] over) {
        while (!over[0]) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> end(boolean[] over) {
        await(sleep(Duration.ZERO));
        over[0] = true;
        return Coroutine.done();
    }

    /** An update is lost only when one task takes many turns while the other takes few. */
    private static final class Race {
        private int balance;

        @Async
        Coroutine<Void> add() {
            int before = balance;
            await(pause());
            balance = before + 1;
            return Coroutine.done();
        }

        @Async
        private Coroutine<Void> pause() {
            await(gather(nothing(), nothing()));
            return Coroutine.done();
        }

        @Async
        private Coroutine<Void> nothing() {
            return Coroutine.done();
        }

        @Async
        Coroutine<Void> late() {
            for (int i = 0; i < 8; i++) {
                await(spawn(nothing()));
            }
            return add();
        }

        @Async
        Coroutine<Integer> run() {
            await(gather(add(), late()));
            return Coroutine.of(balance);
        }
    }

    @Test
    void should_find_what_takes_several_turns_when_it_goes_by_priorities() {
        assertEquals(2, TestLoop.run(new Race().run()));
        assertTrue(IntStream.range(0, 200).allMatch(seed -> TestLoop.run(Order.shuffled(seed), new Race().run()) == 2));
        assertTrue(IntStream.range(0, 200).anyMatch(seed -> TestLoop.run(Order.pct(seed, 3, 40), new Race().run()) == 1));
    }
}
