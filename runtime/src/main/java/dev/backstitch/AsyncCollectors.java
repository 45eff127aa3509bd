package dev.backstitch;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;

/**
 * The ends of a comprehension: coroutines that await every value of a generator. Each closes it in a {@code finally},
 * for the case that it stops early or fails.
 */
final class AsyncCollectors {
    private AsyncCollectors() {}

    @Async
    static <Y> Coroutine<List<Y>> toList(AsyncGen<Y> source) {
        List<Y> list = new ArrayList<>();
        try {
            for (Y value : awaitEach(source)) {
                list.add(value);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(list);
    }

    @Async
    static <Y> Coroutine<Set<Y>> toSet(AsyncGen<Y> source) {
        Set<Y> set = new LinkedHashSet<>();
        try {
            for (Y value : awaitEach(source)) {
                set.add(value);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(set);
    }

    @Async
    static <Y, K, V> Coroutine<Map<K, V>> toMap(
            AsyncGen<Y> source, Function<? super Y, ? extends K> key, Function<? super Y, ? extends V> mapped) {
        Map<K, V> map = new LinkedHashMap<>();
        try {
            for (Y value : awaitEach(source)) {
                K k = key.apply(value);
                map.put(k, mapped.apply(value));
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(map);
    }

    @Async
    static <Y, K, V> Coroutine<Map<K, V>> toMapAwait(
            AsyncGen<Y> source,
            Function<? super Y, ? extends Coroutine<? extends K>> key,
            Function<? super Y, ? extends Coroutine<? extends V>> mapped) {
        Map<K, V> map = new LinkedHashMap<>();
        try {
            for (Y value : awaitEach(source)) {
                K k = await(key.apply(value));
                V v = await(mapped.apply(value));
                map.put(k, v);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(map);
    }

    @Async
    static <Y, A, R> Coroutine<R> collect(AsyncGen<Y> source, Collector<? super Y, A, R> collector) {
        A container = collector.supplier().get();
        var accumulator = collector.accumulator();
        try {
            for (Y value : awaitEach(source)) {
                accumulator.accept(container, value);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(collector.finisher().apply(container));
    }

    @Async
    static <Y, R> Coroutine<R> reduce(
            AsyncGen<Y> source, R initial, BiFunction<? super R, ? super Y, ? extends R> step) {
        R total = initial;
        try {
            for (Y value : awaitEach(source)) {
                total = step.apply(total, value);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(total);
    }

    @Async
    static <Y, R> Coroutine<R> reduceAwait(
            AsyncGen<Y> source, R initial, BiFunction<? super R, ? super Y, ? extends Coroutine<? extends R>> step) {
        R total = initial;
        try {
            for (Y value : awaitEach(source)) {
                total = await(step.apply(total, value));
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(total);
    }

    @Async
    static <Y> Coroutine<Optional<Y>> reduce(AsyncGen<Y> source, BinaryOperator<Y> step) {
        boolean any = false;
        Y total = null;
        try {
            for (Y value : awaitEach(source)) {
                total = any ? step.apply(total, value) : value;
                any = true;
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(any ? Optional.of(total) : Optional.empty());
    }

    @Async
    static <Y> Coroutine<Void> forEach(AsyncGen<Y> source, Consumer<? super Y> action) {
        try {
            for (Y value : awaitEach(source)) {
                action.accept(value);
            }
        } finally {
            await(source.close());
        }
        return Coroutine.done();
    }

    @Async
    static <Y> Coroutine<Void> forEachAwait(AsyncGen<Y> source, Function<? super Y, ? extends Coroutine<?>> action) {
        try {
            for (Y value : awaitEach(source)) {
                await(action.apply(value));
            }
        } finally {
            await(source.close());
        }
        return Coroutine.done();
    }

    @Async
    static <Y> Coroutine<Long> count(AsyncGen<Y> source) {
        long count = 0;
        try {
            for (Y ignored : awaitEach(source)) {
                count++;
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(count);
    }

    @Async
    static <Y> Coroutine<Optional<Y>> first(AsyncGen<Y> source) {
        try {
            for (Y value : awaitEach(source)) {
                return Coroutine.of(Optional.of(value));
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(Optional.empty());
    }

    /** Whether any value satisfies {@code condition}, if {@code wanted}; else whether all do. Stops when it knows. */
    @Async
    static <Y> Coroutine<Boolean> match(AsyncGen<Y> source, Predicate<? super Y> condition, boolean wanted) {
        try {
            for (Y value : awaitEach(source)) {
                if (condition.test(value) == wanted) {
                    return Coroutine.of(wanted);
                }
            }
        } finally {
            await(source.close());
        }
        return Coroutine.of(!wanted);
    }
}
