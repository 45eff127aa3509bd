package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static dev.backstitch.tests.semantics.Drive.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md C7 and K1 to K3: async for, and comprehensions, with the tests of test_coroutines.py they come from. */
class AsyncForTest {
    private final List<Object> trace = new ArrayList<>();

    /** test_for_1's AsyncIter: a request to the driver at every tenth value. */
    @Async
    @Generator
    static AsyncGen<Integer> iter() {
        for (int i = 1; ; i++) {
            if (i % 10 == 0) {
                await(ask(i * 10));
            }
            if (i > 100) {
                return AsyncGen.end();
            }
            Gen.yield(i);
        }
    }

    @Async
    Coroutine<Void> exhausts() {
        for (int i : awaitEach(iter())) {
            trace.add(2 * i);
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> breaks(AsyncGen<Integer> source) {
        boolean exhausted = true;
        for (int i : awaitEach(source)) {
            trace.add(i);
            if (i == 20) {
                exhausted = false;
                break;
            }
        }
        if (exhausted) {
            trace.add("what?");
        }
        trace.add("end");
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> continues() {
        for (int i : awaitEach(iter())) {
            if (i > 20) {
                continue;
            }
            trace.add(i);
        }
        trace.add("end");
        return Coroutine.done();
    }

    private static List<Object> requests(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count).mapToObj(i -> i * 100).toList());
    }

    /** C7, test_for_1. */
    @Test
    void should_iterate_to_the_end_or_until_it_breaks() {
        assertEquals(requests(10), run(exhausts()).yielded());
        assertEquals(IntStream.rangeClosed(1, 100).mapToObj(i -> 2 * i).toList(), trace);

        trace.clear();
        List<Object> expected = new ArrayList<>(IntStream.rangeClosed(1, 20).boxed().toList());
        expected.add("end");
        assertEquals(requests(2), run(breaks(iter())).yielded());
        assertEquals(expected, trace);

        trace.clear();
        assertEquals(requests(10), run(continues()).yielded());
        assertEquals(expected, trace);
    }

    /** C7: break does not close the iterator. */
    @Test
    void should_leave_the_generator_open_when_the_loop_breaks() {
        AsyncGen<Integer> source = iter();
        run(breaks(source));
        assertEquals(Gen.State.SUSPENDED, source.state());
        assertEquals(21, result(source.next()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> source() {
        Gen.yield(10);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<String> assignmentRaises(StopAsyncIteration raised) {
        try {
            for (int i : awaitEach(source())) {
                throw raised;
            }
        } catch (StopAsyncIteration e) {
            assertSame(raised, e);
            return Coroutine.of("end");
        }
        return Coroutine.of("taken for the end");
    }

    /** C7, test_for_assign_raising_stop_async_iteration. */
    @Test
    void should_not_take_the_bodys_stop_for_the_end() {
        assertEquals("end", result(assignmentRaises(new StopAsyncIteration())));
        AsyncGen<Integer> mapped = source().map(i -> {
            throw new StopAsyncIteration();
        });
        var e = assertThrows(IllegalStateException.class, () -> result(mapped.next()));
        assertEquals("async generator raised StopAsyncIteration", e.getMessage());
    }

    @Async
    static <T> Coroutine<T> f(T value) {
        return Coroutine.of(value);
    }

    @Async
    @Generator
    static <T> AsyncGen<T> each(Iterable<T> values) {
        for (T value : values) {
            Gen.yield(value);
        }
        return AsyncGen.end();
    }

    /** K1, test_comp_1: await in the element, key and value. */
    @Test
    void should_collect_awaited_elements() {
        assertEquals(List.of(1, 41), result(each(List.of(f(1), f(41))).mapAwait(c -> c).toList()));
        assertEquals(Set.of(1, 41), result(each(List.of(f(1), f(41))).mapAwait(c -> c).toSet()));
        assertEquals(
                Map.of(1, "a", 41, "a"),
                result(each(List.of(f(1), f(41))).mapAwait(c -> c).toMap(i -> i, i -> "a")));
    }

    /** K1, test_comp_2: await in inner iterables. */
    @Test
    void should_await_inner_iterables() {
        AsyncGen<Coroutine<String>> source = each(List.of(f(""), f("abc"), f(""), f("de")));
        assertEquals(
                List.of("a", "b", "c", "d", "e"),
                result(source.mapAwait(c -> c)
                        .flatMapIterable(s -> s.chars().mapToObj(Character::toString).toList())
                        .toList()));
    }

    /** K1, test_comp_3, test_comp_4. */
    @Test
    void should_map_and_filter() {
        assertEquals(List.of(11, 21), result(each(List.of(10, 20)).map(i -> i + 1).toList()));
        assertEquals(Set.of(21), result(each(List.of(10, 20)).filter(i -> i > 10).map(i -> i + 1).toSet()));
        assertEquals(
                Map.of(21, 22),
                result(each(List.of(10, 20)).filter(i -> i > 10).toMap(i -> i + 1, i -> i + 2)));
        AsyncGen<Integer> gen = each(List.of(10, 20)).map(i -> i + 1);
        assertEquals(List.of(111, 121), result(gen.map(g -> g + 100).toList()));
    }

    /** K1, test_comp_5: for and async for mixed. */
    @Test
    void should_mix_for_and_async_for() {
        assertEquals(
                List.of(41),
                result(each(List.of(List.of(10, 20), List.of(30, 40)))
                        .filter(pair -> pair.get(0) > 10)
                        .flatMap(AsyncForTest::each)
                        .filter(i -> i > 30)
                        .map(i -> i + 1)
                        .toList()));
    }

    @Async
    static Coroutine<List<List<Integer>>> nested() {
        List<List<Integer>> outer = new ArrayList<>();
        for (int j : List.of(10, 20)) {
            outer.add(await(each(List.of(1, 2)).map(i -> i + j).toList()));
        }
        return Coroutine.of(outer);
    }

    /** K1, test_nested_comp. */
    @Test
    void should_nest() {
        List<List<Integer>> expected = List.of(List.of(11, 12), List.of(21, 22));
        assertEquals(expected, result(nested()));
        assertEquals(
                expected,
                result(each(List.of(10, 20))
                        .mapAwait(j -> each(List.of(1, 2)).map(i -> i + j).toList())
                        .toList()));
        assertEquals(
                List.of(0, 1, 2, 0, 1, 2, 3, 4),
                result(each(List.of(3, 5))
                        .flatMap(n -> each(IntStream.range(0, n).boxed().toList()))
                        .toList()));
    }

    /** K2: a generator expression is an asynchronous generator, and runs nothing before it is pulled. */
    @Test
    void should_run_nothing_until_it_is_pulled() {
        AsyncGen<Integer> gen = each(List.of(1, 2)).map(i -> {
            trace.add(i);
            return i;
        });
        assertEquals(List.of(), trace);
        assertEquals(1, result(gen.next()));
        assertEquals(List.of(1), trace);
    }

    /** K3: {@code [i async for i in aiter() if i % 2]}. */
    @Test
    void should_be_the_first_line_that_everyone_knows() {
        assertEquals(
                IntStream.rangeClosed(1, 100).filter(i -> i % 2 == 1).boxed().toList(),
                result(iter().filter(i -> i % 2 == 1).toList()));
    }

    @Async
    Coroutine<Boolean> condition(String name) {
        trace.add("condition " + name);
        await(ask("condition"));
        return Coroutine.of(!name.equals("b"));
    }

    @Async
    Coroutine<String> fun(String name) {
        trace.add("fun " + name);
        await(ask("fun"));
        return Coroutine.of(name + "!");
    }

    /** K3: {@code [await fun() for fun in funcs if await condition()]}, condition before element, one at a time. */
    @Test
    void should_be_the_second_line_that_everyone_knows() {
        var ran = run(each(List.of("a", "b", "c")).filterAwait(this::condition).mapAwait(this::fun).toList());
        assertEquals(List.of("a!", "c!"), ran.result());
        assertEquals(List.of("condition", "fun", "condition", "condition", "fun"), ran.yielded());
        assertEquals(List.of("condition a", "fun a", "condition b", "condition c", "fun c"), trace);
    }

    /** K1: the outermost iterable is evaluated at once, the rest late. */
    @Test
    void should_evaluate_the_outermost_source_at_once_and_the_rest_late() {
        Function<String, List<Integer>> noted = name -> {
            trace.add(name);
            return List.of(1, 2);
        };
        AsyncGen<Integer> gen = each(noted.apply("outer")).flatMapIterable(i -> noted.apply("inner"));
        assertEquals(List.of("outer"), trace);
        assertEquals(List.of(1, 2, 1, 2), result(gen.toList()));
        assertEquals(List.of("outer", "inner", "inner"), trace);
        assertEquals(new LinkedHashMap<>(Map.of(1, 1)), result(source().toMap(i -> 1, i -> 1)));
    }

    @Test
    void should_be_another_generator_each_time_when_plain_code_returns_the_end() {
        AsyncGen<String> empty = AsyncGen.end();
        assertEquals(List.of(), result(empty.toList()));
        assertEquals(Gen.State.CLOSED, empty.state());
        assertEquals(Gen.State.CREATED, AsyncGen.end().state());
    }
}
