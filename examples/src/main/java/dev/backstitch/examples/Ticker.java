package dev.backstitch.examples;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import java.time.Duration;
import java.util.List;

/**
 * The example of PEP 525, an asynchronous generator of ticks, consumed by an {@code async for} and by an asynchronous
 * comprehension (PEP 530).
 */
public final class Ticker {
    private Ticker() {}

    /** Yields the numbers from 0 up to, but without, {@code to}, and waits for {@code delay} after each. */
    @Async
    @Generator
    public static AsyncGen<Integer> ticker(Duration delay, int to) {
        for (int i = 0; i < to; i++) {
            Gen.yield(i);
            await(sleep(delay));
        }
        return AsyncGen.end();
    }

    /** {@code [i async for i in ticker(delay, to) if i % 2]}. */
    @Async
    public static Coroutine<List<Integer>> odds(Duration delay, int to) {
        return ticker(delay, to).filter(i -> i % 2 == 1).toList();
    }

    /** The sum of the squares of all ticks, by an {@code async for} loop. */
    @Async
    public static Coroutine<Long> sumOfSquares(Duration delay, int to) {
        long sum = 0;
        for (int i : awaitEach(ticker(delay, to))) {
            sum += (long) i * i;
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Void> demo(Duration delay, int to) {
        for (int i : awaitEach(ticker(delay, to))) {
            System.out.println("tick " + i);
        }
        System.out.println("odd ticks: " + await(odds(delay, to)));
        System.out.println("sum of squares: " + await(sumOfSquares(delay, to)));
        return Coroutine.done();
    }

    /** {@code Ticker [DELAY_MILLIS [TO]]}; 100 ms and 10 unless told. */
    public static void main(String[] args) {
        Duration delay = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 100);
        int to = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        EventLoop.run(demo(delay, to));
    }
}
