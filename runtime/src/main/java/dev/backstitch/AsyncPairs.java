package dev.backstitch;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.function.BiFunction;

/**
 * The operators that read two generators in step. The first is asked first; a value of it whose partner does not come is
 * lost, as with Python's {@code zip}. Both are closed at the end, the first one first.
 */
final class AsyncPairs {
    private AsyncPairs() {}

    @Async
    @Generator
    static <Y, Z, R> AsyncGen<R> zip(
            AsyncGen<Y> first, AsyncGen<Z> second, BiFunction<? super Y, ? super Z, ? extends R> combiner) {
        try {
            for (Y value : awaitEach(first)) {
                Z partner;
                try {
                    partner = await(second.next());
                } catch (StopAsyncIteration end) {
                    break;
                }
                Gen.yield(combiner.apply(value, partner));
            }
        } finally {
            try {
                await(first.close());
            } finally {
                await(second.close());
            }
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, Z, R> AsyncGen<R> zipAwait(
            AsyncGen<Y> first,
            AsyncGen<Z> second,
            BiFunction<? super Y, ? super Z, ? extends Coroutine<? extends R>> combiner) {
        try {
            for (Y value : awaitEach(first)) {
                Z partner;
                try {
                    partner = await(second.next());
                } catch (StopAsyncIteration end) {
                    break;
                }
                R combined = await(combiner.apply(value, partner));
                Gen.yield(combined);
            }
        } finally {
            try {
                await(first.close());
            } finally {
                await(second.close());
            }
        }
        return AsyncGen.end();
    }
}
