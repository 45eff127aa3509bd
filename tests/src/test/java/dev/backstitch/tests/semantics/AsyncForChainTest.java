package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.semantics.AsyncForTest.each;
import static dev.backstitch.tests.semantics.AsyncForTest.f;
import static dev.backstitch.tests.semantics.Drive.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md C7 and K1, by the tests of test_coroutines.py that {@link AsyncForTest} leaves. */
class AsyncForChainTest {
    private int count;
    private final List<Object> trace = new ArrayList<>();

    private final class Manager implements AsyncCloseable {
        Manager() {
            count += 10_000;
        }

        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            count += 100_000;
            return Coroutine.of(false);
        }
    }

    private static AsyncGen<Integer> eleven() {
        return each(IntStream.rangeClosed(1, 11).boxed().toList());
    }

    @Async
    Coroutine<Void> within(AsyncGen<Integer> source) {
        try (var manager = new Manager()) {
            for (int i : awaitEach(source)) {
                count++;
            }
        }
        count += 1000;
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> withinTwice(boolean hasElse) {
        for (int turn = 0; turn < 2; turn++) {
            try (var manager = new Manager()) {
                count += hasElse ? 100 : 0;
                for (int i : awaitEach(eleven())) {
                    count++;
                }
                count += hasElse ? 10_000_000 : 0; // else: it was not left by break
            }
            count += 1000;
        }
        return Coroutine.done();
    }

    /** test_for_6. */
    @Test
    void should_loop_within_a_manager() {
        result(within(eleven()));
        assertEquals(111_011, count);
        result(withinTwice(false));
        assertEquals(333_033, count);
        result(withinTwice(true));
        assertEquals(20_555_255, count);
    }

    private static AsyncGen<Integer> broken() {
        throw new ArithmeticException();
    }

    @Async
    Coroutine<Void> overBroken() {
        for (int i : awaitEach(broken())) {
            count++;
        }
        count += 10;
        return Coroutine.done();
    }

    /** test_for_7, test_for_8. */
    @Test
    void should_not_begin_the_loop_when_its_source_raises() {
        assertThrows(ArithmeticException.class, () -> result(overBroken()));
        assertEquals(0, count);
    }

    @Async
    Coroutine<Void> collects(Object value) {
        for (Object i : awaitEach(each(List.of(value)))) {
            trace.add(i);
        }
        throw new UnsupportedOperationException("done");
    }

    /** test_for_tuple, test_for_stop_iteration: what is iterated may be a list or a stop signal. */
    @Test
    void should_give_lists_and_stops_as_they_are() {
        var stop = new StopIteration(42);
        for (Object value : new Object[] {List.of(42), stop}) {
            trace.clear();
            assertThrows(UnsupportedOperationException.class, () -> collects(value).send(null));
            assertSame(value, trace.get(0));
        }
    }

    private static AsyncGen<Integer> five() {
        return each(List.of(0, 1, 2, 3, 4)).filter(i -> 0 < i && i < 4);
    }

    /** test_comp_4_2. */
    @Test
    void should_filter_by_a_chained_condition() {
        assertEquals(List.of(11, 12, 13), result(five().map(i -> i + 10).toList()));
        assertEquals(Set.of(11, 12, 13), result(five().map(i -> i + 10).toSet()));
        assertEquals(Map.of(11, 101, 12, 102, 13, 103), result(five().toMap(i -> i + 10, i -> i + 100)));
        assertEquals(List.of(111, 112, 113), result(five().map(i -> i + 10).map(g -> g + 100).toList()));
    }

    /** test_comp_6. */
    @Test
    void should_flatten_the_lists_of_an_asynchronous_source() {
        assertEquals(
                List.of(11, 21, 31),
                result(each(List.of(List.of(10, 20), List.of(30))).flatMapIterable(s -> s).map(i -> i + 1).toList()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> fails() {
        Gen.yield(1);
        Gen.yield(2);
        throw new IllegalArgumentException("aaa");
    }

    /** test_comp_7. */
    @Test
    void should_raise_what_the_source_raises() {
        var e = assertThrows(IllegalArgumentException.class, () -> result(fails().toList()));
        assertEquals("aaa", e.getMessage());
    }

    @Async
    static Coroutine<List<Integer>> synchronously(List<Integer> source) {
        List<Integer> values = new ArrayList<>();
        for (int i : source) {
            values.add(i);
        }
        return Coroutine.of(values);
    }

    @Async
    static Coroutine<List<Integer>> asynchronouslyFirst() {
        List<Integer> values = await(each(List.of(1, 2)).toList());
        return Coroutine.of(values.stream().map(i -> i).toList());
    }

    @Async
    static Coroutine<Map<Integer, Integer>> mapOfSet() {
        Set<Integer> xx = await(each(List.of(1, 2, 3)).toSet());
        return Coroutine.of(await(each(xx).toMap(x -> x, x -> x)));
    }

    /** test_comp_8, test_comp_9, test_comp_10: synchronous ones in a coroutine, alone and over what was awaited. */
    @Test
    void should_collect_synchronously_in_a_coroutine() {
        assertEquals(List.of(1, 2, 3), result(synchronously(List.of(1, 2, 3))));
        assertEquals(List.of(1, 2), result(asynchronouslyFirst()));
        assertEquals(Map.of(1, 1, 2, 2, 3, 3), result(mapOfSet()));
    }

    @Async
    @Generator
    static AsyncGen<Iterable<Integer>> badPairs(StopAsyncIteration raised) {
        Gen.yield((Iterable<Integer>) () -> {
            throw raised;
        });
        return AsyncGen.end();
    }

    @Async
    static Coroutine<String> unpacks(StopAsyncIteration raised) {
        try {
            for (Iterable<Integer> pair : awaitEach(badPairs(raised))) {
                for (int i : pair) {
                    assertEquals(0, i);
                }
            }
        } catch (StopAsyncIteration e) {
            assertSame(raised, e);
            return Coroutine.of("end");
        }
        return Coroutine.of("taken for the end");
    }

    /** test_for_assign_raising_stop_async_iteration_2: in a loop, and in a generator over it. */
    @Test
    void should_not_take_the_stop_of_an_element_for_the_end() {
        var raised = new StopAsyncIteration();
        assertEquals("end", result(unpacks(raised)));
        var e = assertThrows(
                IllegalStateException.class,
                () -> result(badPairs(raised).map(pair -> pair.iterator().next()).next()));
        assertSame(raised, e.getCause());
    }

    /** test_comp_2: awaited within awaited. */
    @Test
    void should_await_inner_iterables_of_inner_iterables() {
        assertEquals(
                Set.of(10, 20, 30),
                result(each(List.of(f(List.of(f(List.of(10, 30)), f(List.of(20))))))
                        .mapAwait(c -> c)
                        .flatMapIterable(s -> s)
                        .mapAwait(s -> s)
                        .flatMapIterable(d -> d)
                        .toSet()));
    }
}
