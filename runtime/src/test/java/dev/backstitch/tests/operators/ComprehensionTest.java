package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** PEP 530: the comprehensions of SEMANTICS.md 1.5, with the order of effects that CPython 3.13 shows for them. */
class ComprehensionTest {
    private final Runs runs = new Runs();

    /** {@code return [i async for i in aiter() if i % 2]}. */
    @Async
    private Coroutine<List<Integer>> odds() {
        return runs.ticker("t", 5).filter(i -> i % 2 == 1).toList();
    }

    /** {@code return [await fun() for fun in funs if await condition()]}. */
    @Async
    private Coroutine<List<Integer>> calls(List<Supplier<Coroutine<Integer>>> funs, Iterator<Boolean> conditions) {
        return AsyncGen.from(funs)
                .filterAwait(f -> runs.later("condition", conditions.next()))
                .mapAwait(f -> f.get())
                .toList();
    }

    @Test
    void should_give_the_odd_values_when_filtered_to_a_list() {
        assertEquals(List.of(1, 3), runs.run(odds()));
        assertEquals(
                List.of("turn t0", "turn t1", "turn t2", "turn t3", "turn t4", "t exhausted", "turn t closing", "t closed"),
                runs.log());
    }

    @Test
    void should_await_the_condition_before_the_element_when_both_await() {
        List<Supplier<Coroutine<Integer>>> funs =
                List.of(() -> runs.later("f1", 1), () -> runs.later("f2", 2), () -> runs.later("f3", 3));

        assertEquals(List.of(1, 3), runs.run(calls(funs, List.of(true, false, true).iterator())));
        assertEquals(
                List.of(
                        "turn condition", "condition", "turn f1", "f1",
                        "turn condition", "condition",
                        "turn condition", "condition", "turn f3", "f3"),
                runs.log());
    }

    @Test
    void should_not_call_the_second_function_when_the_first_fails() {
        var failure = new IllegalStateException("f1");
        List<Supplier<Coroutine<Integer>>> funs = List.of(
                () -> {
                    await(runs.later("f1", null));
                    throw failure;
                },
                () -> runs.now("f2", 2));

        var thrown = assertThrows(
                IllegalStateException.class, () -> runs.run(calls(funs, List.of(true, true).iterator())));

        assertEquals(failure, thrown);
        assertEquals(List.of("turn condition", "condition", "turn f1", "f1"), runs.log());
    }

    @Test
    void should_take_lambdas_that_await_when_mapping_and_filtering() {
        AsyncGen<String> strings = AsyncGen.of(1, 2, 3, 4)
                .filterAwait(i -> {
                    boolean even = await(runs.later("even? " + i, i % 2 == 0));
                    return Coroutine.of(even);
                })
                .mapAwait(i -> {
                    String left = "<" + i;
                    return Coroutine.of(left + await(runs.later("map " + i, ">")));
                });

        assertEquals(List.of("<2>", "<4>"), runs.run(strings.toList()));
        assertEquals(
                List.of(
                        "turn even? 1", "even? 1",
                        "turn even? 2", "even? 2", "turn map 2", "map 2",
                        "turn even? 3", "even? 3",
                        "turn even? 4", "even? 4", "turn map 4", "map 4"),
                runs.log());
    }

    @Test
    void should_run_the_inner_loop_to_its_end_when_flat_mapping() {
        // [(x, y) async for x in ticker("a", 2) async for y in await inner(x)]
        AsyncGen<String> pairs = runs.ticker("a", 2)
                .flatMapAwait(x -> runs.now("inner", runs.ticker("b", 2).map(y -> x + "," + y)));

        assertEquals(List.of("0,0", "0,1", "1,0", "1,1"), runs.run(pairs.toList()));
        assertEquals(
                List.of(
                        "turn a0", "inner", "turn b0", "turn b1", "b exhausted", "turn b closing", "b closed",
                        "turn a1", "inner", "turn b0", "turn b1", "b exhausted", "turn b closing", "b closed",
                        "a exhausted", "turn a closing", "a closed"),
                runs.log());
    }

    @Test
    void should_accept_a_lambda_that_is_an_asynchronous_generator_when_flat_mapping() {
        AsyncGen<Integer> twice = AsyncGen.of(1, 2).flatMap(x -> {
            Gen.yield(x);
            Gen.yield(await(runs.later("negate " + x, -x)));
            return AsyncGen.end();
        });

        assertEquals(List.of(1, -1, 2, -2), runs.run(twice.toList()));
        assertEquals(List.of("turn negate 1", "negate 1", "turn negate 2", "negate 2"), runs.log());
    }

    @Test
    void should_mix_plain_and_asynchronous_loops_when_flat_mapping_iterables() {
        AsyncGen<Integer> flat = runs.ticker("t", 3).flatMapIterable(x -> List.of(x, x * 10));

        assertEquals(List.of(0, 0, 1, 10, 2, 20), runs.run(flat.toList()));
    }

    @Test
    void should_collect_a_set_and_a_map_as_the_comprehensions_do() {
        assertEquals(Set.of(0, 1), runs.run(runs.ticker("t", 4).map(i -> i % 2).toSet()));
        assertEquals(Map.of(0, 2, 1, 3), runs.run(runs.ticker("t", 4).toMap(i -> i % 2, i -> i)));
    }

    @Test
    void should_await_the_key_before_the_value_when_collecting_a_map() {
        Map<Integer, Integer> map = runs.run(
                AsyncGen.of(1, 2).toMapAwait(i -> runs.later("key " + i, i), i -> runs.later("value " + i, i * i)));

        assertEquals(Map.of(1, 1, 2, 4), map);
        assertEquals(
                List.of(
                        "turn key 1", "key 1", "turn value 1", "value 1",
                        "turn key 2", "key 2", "turn value 2", "value 2"),
                runs.log());
    }

    @Test
    void should_evaluate_the_outermost_iterable_at_once_and_the_rest_late() {
        Iterable<Integer> source = () -> runs.log(List.of(1).iterator());
        AsyncGen<Integer> gen = AsyncGen.<Integer>from(source).map(i -> runs.log(i));

        assertEquals(1, runs.log().size());
        assertEquals(List.of(1), runs.run(gen.toList()));
        assertEquals(2, runs.log().size());
    }

    @Test
    void should_run_nothing_until_the_collector_is_awaited() {
        Coroutine<List<Integer>> list = runs.ticker("t", 2).map(i -> runs.log(i)).toList();

        assertEquals(List.of(), runs.log());
        assertEquals(List.of(0, 1), runs.run(list));
    }

    @Test
    void should_keep_null_values_when_mapping_and_collecting() {
        List<Object> expected = new ArrayList<>();
        expected.add(null);
        expected.add(null);
        assertEquals(expected, runs.run(AsyncGen.of(1, 2).map(i -> null).toList()));
    }
}
