package dev.backstitch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;

/**
 * Asynchronous comprehensions (PEP 530) over an {@link AsyncGen}:
 *
 * <pre>{@code
 * [i async for i in aiter() if i % 2]                    aiter().filter(i -> i % 2 == 1).toList()
 * [await fun() for fun in funs if await condition()]     AsyncGen.from(funs).filterAwait(f -> condition())
 *                                                                .mapAwait(f -> f.get()).toList()
 * }</pre>
 *
 * <p>An operator returns a new generator and runs nothing; a collector returns a cold coroutine. The order of effects is
 * that of the comprehension: one element at a time goes through all conditions and mappers before the next one is pulled,
 * and what they await is awaited one after the other. Only {@code merge} and {@code buffer} run things at the same time.
 *
 * <p><b>Names.</b> A mapper or condition that awaits has a method whose name ends in {@code Await}; it returns a
 * {@link Coroutine} and is often a lambda with awaits in it. They are no overloads, because the compiler could not choose
 * between them for a lambda. For one that returns a {@code CompletionStage} there is {@link #mapStage}; for a task or
 * anything else awaitable, {@code mapAwait(x -> Coroutine.of(await(y)))}.
 *
 * <p><b>Closing.</b> What an operator or collector is called on belongs to it from then on: it closes it when it is closed
 * itself, when it ends early ({@code take}, {@code first}, the shorter side of {@code zip}) and when it fails, in a
 * {@code finally} and awaiting the close. An operator that was never started has not touched its source and closes
 * nothing; neither does a collector.
 *
 * <p>Arguments are checked at the call and must not be null; values may be. A failure of a function, a source or a close
 * comes out where the result is awaited, as it was thrown.
 *
 * @param <Y> what the generator yields
 */
public abstract sealed class AsyncComprehension<Y> extends Frame permits AsyncGen {

    AsyncComprehension() {}

    private AsyncGen<Y> self() {
        return (AsyncGen<Y>) this;
    }

    // ---------------------------------------------------------------- element by element

    /** {@code (f(x) async for x in self)}. */
    public final <R> AsyncGen<R> map(Function<? super Y, ? extends R> mapper) {
        return AsyncOperators.map(self(), requireNonNull(mapper, "mapper"));
    }

    /** {@code (await f(x) async for x in self)}. */
    public final <R> AsyncGen<R> mapAwait(Function<? super Y, ? extends Coroutine<? extends R>> mapper) {
        return AsyncOperators.mapAwait(self(), requireNonNull(mapper, "mapper"));
    }

    /** {@code (await f(x) async for x in self)}, where {@code f} gives a stage, such as a future. */
    public final <R> AsyncGen<R> mapStage(Function<? super Y, ? extends CompletionStage<? extends R>> mapper) {
        return AsyncOperators.mapStage(self(), requireNonNull(mapper, "mapper"));
    }

    /** {@code (x async for x in self if f(x))}. */
    public final AsyncGen<Y> filter(Predicate<? super Y> condition) {
        return AsyncOperators.filter(self(), requireNonNull(condition, "condition"));
    }

    /** {@code (x async for x in self if await f(x))}. */
    public final AsyncGen<Y> filterAwait(Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        return AsyncOperators.filterAwait(self(), requireNonNull(condition, "condition"));
    }

    /** {@code (y async for x in self async for y in f(x))}; each {@code f(x)} is closed before the next is asked for. */
    public final <R> AsyncGen<R> flatMap(Function<? super Y, ? extends AsyncGen<? extends R>> mapper) {
        return AsyncOperators.flatMap(self(), requireNonNull(mapper, "mapper"));
    }

    /** {@code (y async for x in self async for y in await f(x))}. */
    public final <R> AsyncGen<R> flatMapAwait(
            Function<? super Y, ? extends Coroutine<? extends AsyncGen<? extends R>>> mapper) {
        AsyncGen<AsyncGen<? extends R>> inner = mapAwait(mapper);
        return inner.flatMap(Function.identity());
    }

    /** {@code (y async for x in self for y in f(x))}. */
    public final <R> AsyncGen<R> flatMapIterable(Function<? super Y, ? extends Iterable<? extends R>> mapper) {
        requireNonNull(mapper, "mapper");
        return AsyncOperators.flatMap(self(), value -> AsyncGen.<R>from(mapper.apply(value)));
    }

    // ---------------------------------------------------------------- parts

    /** {@code islice(self, count)}: at most the first {@code count} values; the next one is never pulled. */
    public final AsyncGen<Y> take(long count) {
        return AsyncOperators.take(self(), notNegative(count));
    }

    /** {@code takewhile(f, self)}. */
    public final AsyncGen<Y> takeWhile(Predicate<? super Y> condition) {
        return AsyncOperators.takeWhile(self(), requireNonNull(condition, "condition"));
    }

    /** {@code takewhile} with a condition that awaits. */
    public final AsyncGen<Y> takeWhileAwait(Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        return AsyncOperators.takeWhileAwait(self(), requireNonNull(condition, "condition"));
    }

    /** {@code islice(self, count, None)}: all but the first {@code count} values. */
    public final AsyncGen<Y> skip(long count) {
        return AsyncOperators.skip(self(), notNegative(count));
    }

    /** {@code dropwhile(f, self)}. */
    public final AsyncGen<Y> skipWhile(Predicate<? super Y> condition) {
        return AsyncOperators.skipWhile(self(), requireNonNull(condition, "condition"));
    }

    /** {@code dropwhile} with a condition that awaits. */
    public final AsyncGen<Y> skipWhileAwait(Function<? super Y, ? extends Coroutine<Boolean>> condition) {
        return AsyncOperators.skipWhileAwait(self(), requireNonNull(condition, "condition"));
    }

    // ---------------------------------------------------------------- together

    /** {@code (f(x, y) for x, y in zip(self, other))}, to the end of the shorter; both belong to the result. */
    public final <Z, R> AsyncGen<R> zip(
            AsyncGen<Z> other, BiFunction<? super Y, ? super Z, ? extends R> combiner) {
        return AsyncPairs.zip(self(), requireNonNull(other, "other"), requireNonNull(combiner, "combiner"));
    }

    /** {@link #zip} with a function that awaits. */
    public final <Z, R> AsyncGen<R> zipAwait(
            AsyncGen<Z> other, BiFunction<? super Y, ? super Z, ? extends Coroutine<? extends R>> combiner) {
        return AsyncPairs.zipAwait(self(), requireNonNull(other, "other"), requireNonNull(combiner, "combiner"));
    }

    /** {@code enumerate(self)}. */
    public final AsyncGen<Indexed<Y>> enumerate() {
        return enumerate(0);
    }

    /** {@code enumerate(self, start)}. */
    public final AsyncGen<Indexed<Y>> enumerate(long start) {
        return AsyncOperators.enumerate(self(), start);
    }

    /** {@code batched(self, size)}: lists of {@code size} values, the last one shorter; each is a new {@code ArrayList}. */
    public final AsyncGen<List<Y>> chunked(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least one, not " + size);
        }
        return AsyncOperators.chunked(self(), size);
    }

    /** {@code accumulate(self, f, initial=initial)}: {@code initial} first, then the total after each value. */
    public final <R> AsyncGen<R> scan(R initial, BiFunction<? super R, ? super Y, ? extends R> step) {
        return AsyncOperators.scan(self(), initial, requireNonNull(step, "step"));
    }

    /** {@link #scan} with a function that awaits. */
    public final <R> AsyncGen<R> scanAwait(
            R initial, BiFunction<? super R, ? super Y, ? extends Coroutine<? extends R>> step) {
        return AsyncOperators.scanAwait(self(), initial, requireNonNull(step, "step"));
    }

    // ---------------------------------------------------------------- at the same time

    /**
     * The values of this and {@code others} as they come. Each source runs in a task of its own on the event loop, from
     * the first pull on, and is pulled again when its last value has been taken. The first failure comes out after the
     * values that came before it; the other sources are cancelled and closed then, as they are when the result is
     * closed, and the result ends when all of them have.
     *
     * <p>Pulled where no event loop runs, it fails with an {@link IllegalStateException}.
     */
    @SafeVarargs
    public final AsyncGen<Y> merge(AsyncGen<? extends Y>... others) {
        List<AsyncGen<? extends Y>> sources = new ArrayList<>();
        sources.add(self());
        for (AsyncGen<? extends Y> other : others) {
            sources.add(requireNonNull(other, "other"));
        }
        return AsyncMerges.merge(sources, 1);
    }

    /**
     * The same values, pulled ahead of the consumer by a task of its own on the event loop, until {@code size} are
     * waiting to be taken. Otherwise as {@link #merge}.
     */
    public final AsyncGen<Y> buffer(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least one, not " + size);
        }
        return AsyncMerges.merge(List.of(self()), size);
    }

    // ---------------------------------------------------------------- collecting

    /** {@code [x async for x in self]}: a new, modifiable list. */
    public final Coroutine<List<Y>> toList() {
        return AsyncCollectors.toList(self());
    }

    /** {@code {x async for x in self}}: a new, modifiable set, in the order of first appearance. */
    public final Coroutine<Set<Y>> toSet() {
        return AsyncCollectors.toSet(self());
    }

    /**
     * {@code {k(x): v(x) async for x in self}}: a new, modifiable map in the order of first appearance; of two values
     * for a key the later one stays.
     */
    public final <K, V> Coroutine<Map<K, V>> toMap(
            Function<? super Y, ? extends K> key, Function<? super Y, ? extends V> value) {
        return AsyncCollectors.toMap(self(), requireNonNull(key, "key"), requireNonNull(value, "value"));
    }

    /** {@code {await k(x): await v(x) async for x in self}}, the key first. */
    public final <K, V> Coroutine<Map<K, V>> toMapAwait(
            Function<? super Y, ? extends Coroutine<? extends K>> key,
            Function<? super Y, ? extends Coroutine<? extends V>> value) {
        return AsyncCollectors.toMapAwait(self(), requireNonNull(key, "key"), requireNonNull(value, "value"));
    }

    /** Collects as a sequential stream would. */
    public final <A, R> Coroutine<R> collect(Collector<? super Y, A, R> collector) {
        return AsyncCollectors.collect(self(), requireNonNull(collector, "collector"));
    }

    /** {@code functools.reduce(f, self, initial)}. */
    public final <R> Coroutine<R> reduce(R initial, BiFunction<? super R, ? super Y, ? extends R> step) {
        return AsyncCollectors.reduce(self(), initial, requireNonNull(step, "step"));
    }

    /** {@code functools.reduce(f, self)}; empty where there is no value. The result of {@code step} must not be null. */
    public final Coroutine<Optional<Y>> reduce(BinaryOperator<Y> step) {
        return AsyncCollectors.reduce(self(), requireNonNull(step, "step"));
    }

    /** {@link #reduce(Object, BiFunction)} with a function that awaits. */
    public final <R> Coroutine<R> reduceAwait(
            R initial, BiFunction<? super R, ? super Y, ? extends Coroutine<? extends R>> step) {
        return AsyncCollectors.reduceAwait(self(), initial, requireNonNull(step, "step"));
    }

    /** {@code async for x in self: f(x)}. */
    public final Coroutine<Void> forEach(Consumer<? super Y> action) {
        return AsyncCollectors.forEach(self(), requireNonNull(action, "action"));
    }

    /** {@code async for x in self: await f(x)}. */
    public final Coroutine<Void> forEachAwait(Function<? super Y, ? extends Coroutine<?>> action) {
        return AsyncCollectors.forEachAwait(self(), requireNonNull(action, "action"));
    }

    /** How many values there are. */
    public final Coroutine<Long> count() {
        return AsyncCollectors.count(self());
    }

    /** The first value, which must not be null; empty where there is none. Closes the generator. */
    public final Coroutine<Optional<Y>> first() {
        return AsyncCollectors.first(self());
    }

    /** {@code any(f(x) async for x in self)}; stops at the first that does. */
    public final Coroutine<Boolean> anyMatch(Predicate<? super Y> condition) {
        return AsyncCollectors.match(self(), requireNonNull(condition, "condition"), true);
    }

    /** {@code all(f(x) async for x in self)}; stops at the first that does not. */
    public final Coroutine<Boolean> allMatch(Predicate<? super Y> condition) {
        return AsyncCollectors.match(self(), requireNonNull(condition, "condition"), false);
    }

    private static long notNegative(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        return count;
    }
}
