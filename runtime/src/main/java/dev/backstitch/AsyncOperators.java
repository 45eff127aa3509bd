package dev.backstitch;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The operators of {@link AsyncComprehension} that make one generator of another, as what they are: asynchronous
 * generators. Each closes its source in a {@code finally}, so a chain of them closes from the outside in.
 */
final class AsyncOperators {
    private AsyncOperators() {}

    @Async
    @Generator
    static <Y, R> AsyncGen<R> map(AsyncGen<Y> source, Function<? super Y, ? extends R> mapper) {
        try {
            for (Y value : awaitEach(source)) {
                Gen.yield(mapper.apply(value));
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, R> AsyncGen<R> mapAwait(
            AsyncGen<Y> source, Function<? super Y, ? extends Coroutine<? extends R>> mapper) {
        try {
            for (Y value : awaitEach(source)) {
                R mapped = await(mapper.apply(value));
                Gen.yield(mapped);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, R> AsyncGen<R> mapStage(
            AsyncGen<Y> source, Function<? super Y, ? extends CompletionStage<? extends R>> mapper) {
        try {
            for (Y value : awaitEach(source)) {
                R mapped = await(mapper.apply(value));
                Gen.yield(mapped);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> filter(AsyncGen<Y> source, Predicate<? super Y> condition) {
        try {
            for (Y value : awaitEach(source)) {
                if (condition.test(value)) {
                    Gen.yield(value);
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> filterAwait(
            AsyncGen<Y> source, Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        try {
            for (Y value : awaitEach(source)) {
                boolean kept = await(condition.apply(value));
                if (kept) {
                    Gen.yield(value);
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, R> AsyncGen<R> flatMap(
            AsyncGen<Y> source, Function<? super Y, ? extends AsyncGen<? extends R>> mapper) {
        try {
            for (Y value : awaitEach(source)) {
                AsyncGen<? extends R> inner = mapper.apply(value);
                try {
                    for (R innerValue : awaitEach(inner)) {
                        Gen.yield(innerValue);
                    }
                } finally {
                    await(inner.close());
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> take(AsyncGen<Y> source, long count) {
        try {
            long left = count;
            if (left > 0) {
                for (Y value : awaitEach(source)) {
                    Gen.yield(value);
                    if (--left == 0) {
                        break;
                    }
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> takeWhile(AsyncGen<Y> source, Predicate<? super Y> condition) {
        try {
            for (Y value : awaitEach(source)) {
                if (!condition.test(value)) {
                    break;
                }
                Gen.yield(value);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> takeWhileAwait(
            AsyncGen<Y> source, Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        try {
            for (Y value : awaitEach(source)) {
                boolean more = await(condition.apply(value));
                if (!more) {
                    break;
                }
                Gen.yield(value);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> skip(AsyncGen<Y> source, long count) {
        try {
            long left = count;
            for (Y value : awaitEach(source)) {
                if (left > 0) {
                    left--;
                } else {
                    Gen.yield(value);
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> skipWhile(AsyncGen<Y> source, Predicate<? super Y> condition) {
        try {
            boolean skipping = true;
            for (Y value : awaitEach(source)) {
                skipping = skipping && condition.test(value);
                if (!skipping) {
                    Gen.yield(value);
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> skipWhileAwait(
            AsyncGen<Y> source, Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        try {
            boolean skipping = true;
            for (Y value : awaitEach(source)) {
                if (skipping) {
                    skipping = await(condition.apply(value));
                }
                if (!skipping) {
                    Gen.yield(value);
                }
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Indexed<Y>> enumerate(AsyncGen<Y> source, long start) {
        try {
            long index = start;
            for (Y value : awaitEach(source)) {
                Gen.yield(new Indexed<>(index++, value));
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<List<Y>> chunked(AsyncGen<Y> source, int size) {
        try {
            List<Y> chunk = new ArrayList<>();
            for (Y value : awaitEach(source)) {
                chunk.add(value);
                if (chunk.size() == size) {
                    List<Y> full = chunk;
                    chunk = new ArrayList<>();
                    Gen.yield(full);
                }
            }
            if (!chunk.isEmpty()) {
                Gen.yield(chunk);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, R> AsyncGen<R> scan(AsyncGen<Y> source, R initial, BiFunction<? super R, ? super Y, ? extends R> step) {
        try {
            R total = initial;
            Gen.yield(total);
            for (Y value : awaitEach(source)) {
                total = step.apply(total, value);
                Gen.yield(total);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y, R> AsyncGen<R> scanAwait(
            AsyncGen<Y> source, R initial, BiFunction<? super R, ? super Y, ? extends Coroutine<? extends R>> step) {
        try {
            R total = initial;
            Gen.yield(total);
            for (Y value : awaitEach(source)) {
                total = await(step.apply(total, value));
                Gen.yield(total);
            }
        } finally {
            await(source.close());
        }
        return AsyncGen.end();
    }
}
