package dev.backstitch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.StopAsyncIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.Coroutine;
import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickerTest {
    private static final Duration NO_TIME = Duration.ZERO;

    @Test
    void should_yield_each_number_when_pulled() {
        assertEquals(List.of(0, 1, 2, 3), EventLoop.run(Ticker.ticker(NO_TIME, 4).toList()));
    }

    @Test
    void should_end_when_the_last_number_was_pulled() {
        assertThrows(StopAsyncIteration.class, () -> EventLoop.run(pullTwice()));
    }

    @Async
    private static Coroutine<Integer> pullTwice() {
        var ticker = Ticker.ticker(NO_TIME, 1);
        assertEquals(0, Coroutine.<Integer>await(ticker.next()));
        return ticker.next();
    }

    @Test
    void should_keep_the_odd_numbers_when_comprehended() {
        assertEquals(List.of(1, 3, 5, 7, 9), EventLoop.run(Ticker.odds(Duration.ofMillis(1), 10)));
    }

    @Test
    void should_add_up_squares_in_an_async_for() {
        assertEquals(285, EventLoop.run(Ticker.sumOfSquares(NO_TIME, 10)));
    }

    @Test
    void should_print_ticks_when_run_as_a_program() throws IOException {
        var result = JavaProcess.runWoven(List.of(), Ticker.class, "1", "4");

        assertEquals("tick 0\ntick 1\ntick 2\ntick 3\nodd ticks: [1, 3]\nsum of squares: 14\n", result.output());
        assertEquals(0, result.exitCode());
    }
}
