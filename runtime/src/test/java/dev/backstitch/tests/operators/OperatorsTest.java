package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Indexed;
import dev.backstitch.annotations.Suppress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each operator and collector gives, with a source that suspends before each value. */
class OperatorsTest {
    private final Runs runs = new Runs();

    private AsyncGen<Integer> five() {
        return runs.ticker("t", 5);
    }

    private <T> List<T> list(AsyncGen<T> gen) {
        return runs.run(gen.toList());
    }

    @Test
    void should_await_stages_when_mapped_with_map_stage() {
        assertEquals(List.of("0", "1"), list(runs.ticker("t", 2).mapStage(i -> CompletableFuture.completedStage("" + i))));
    }

    @Test
    void should_take_and_skip_counted_values() {
        assertEquals(List.of(0, 1), list(five().take(2)));
        assertEquals(List.of(), list(five().take(0)));
        assertEquals(List.of(0, 1, 2, 3, 4), list(five().take(9)));
        assertEquals(List.of(3, 4), list(five().skip(3)));
        assertEquals(List.of(), list(five().skip(9)));
        assertEquals(List.of(1, 2), list(five().skip(1).take(2)));
    }

    @Test
    void should_take_and_skip_while_a_condition_holds() {
        assertEquals(List.of(0, 1), list(five().takeWhile(i -> i < 2)));
        assertEquals(List.of(2, 3, 4), list(five().skipWhile(i -> i < 2)));
        assertEquals(List.of(0, 1), list(five().takeWhileAwait(i -> runs.later("c", i < 2))));
        assertEquals(List.of(2, 3, 4), list(five().skipWhileAwait(i -> runs.later("c", i < 2))));
        assertEquals(List.of(3, 0), list(AsyncGen.of(1, 3, 0).skipWhile(i -> i < 2)));
    }

    @Test
    void should_pair_values_to_the_end_of_the_shorter_when_zipped() {
        assertEquals(List.of("0a", "1b"), list(five().zip(AsyncGen.of("a", "b"), (i, s) -> i + s)));
        assertEquals(List.of("a0", "b1"), list(AsyncGen.of("a", "b").zip(five(), (s, i) -> s + i)));
        assertEquals(
                List.of("0a"), list(five().zipAwait(AsyncGen.of("a"), (i, s) -> runs.later("pair", i + s))));
    }

    @Test
    void should_number_values_when_enumerated() {
        assertEquals(
                List.of(new Indexed<>(0, "a"), new Indexed<>(1, "b")), list(AsyncGen.of("a", "b").enumerate()));
        assertEquals(List.of(new Indexed<>(7, "a")), list(AsyncGen.of("a").enumerate(7)));
    }

    @Test
    void should_give_lists_with_a_shorter_last_one_when_chunked() {
        assertEquals(List.of(List.of(0, 1), List.of(2, 3), List.of(4)), list(five().chunked(2)));
        assertEquals(List.of(List.of(0, 1, 2, 3, 4)), list(five().chunked(5)));
        assertEquals(List.of(), list(five().take(0).chunked(2)));
    }

    @Test
    void should_yield_the_initial_value_and_every_total_when_scanned() {
        assertEquals(List.of(10, 10, 11, 13, 16, 20), list(five().scan(10, Integer::sum)));
        assertEquals(List.of("", "0", "01"), list(five().take(2).scanAwait("", (s, i) -> runs.later("step", s + i))));
        assertEquals(List.of(1), list(five().take(0).scan(1, Integer::sum)));
    }

    @Test
    void should_collect_to_single_values() {
        assertEquals(11, runs.run(five().reduce(1, Integer::sum)));
        assertEquals(Optional.of(10), runs.run(five().reduce(Integer::sum)));
        assertEquals(Optional.empty(), runs.run(five().take(0).reduce(Integer::sum)));
        assertEquals("01", runs.run(five().take(2).reduceAwait("", (s, i) -> runs.later("step", s + i))));
        assertEquals("0|1|2|3|4", runs.run(five().map(String::valueOf).collect(Collectors.joining("|"))));
        assertEquals(5L, runs.run(five().count()));
        assertEquals(Optional.of(0), runs.run(five().first()));
        assertEquals(Optional.empty(), runs.run(five().take(0).first()));
    }

    @Test
    void should_stop_at_the_first_decisive_value_when_matching() {
        assertEquals(true, runs.run(AsyncGen.of(1, 2, 3).anyMatch(i -> runs.log(i) == 2)));
        assertEquals(false, runs.run(AsyncGen.of(1, 2, 3).allMatch(i -> runs.log(i) != 1)));
        assertEquals(List.of(1, 2, 1), runs.log());
        assertEquals(false, runs.run(AsyncGen.<Integer>of().anyMatch(i -> true)));
        assertEquals(true, runs.run(AsyncGen.<Integer>of().allMatch(i -> false)));
    }

    @Test
    void should_call_the_action_for_each_value_in_order() {
        runs.run(AsyncGen.of(1, 2).forEach(runs::log));
        runs.run(AsyncGen.of(3, 4).forEachAwait(i -> runs.later(i, null)));

        assertEquals(List.of(1, 2, "turn 3", 3, "turn 4", 4), runs.log());
    }

    @Test
    void should_be_a_generator_with_operations_of_its_own_when_mapped() {
        AsyncGen<Integer> doubled = five().map(i -> 2 * i);

        assertEquals(0, runs.run(doubled.next()));
        assertEquals(2, runs.run(doubled.next()));
        assertEquals(List.of(4, 6, 8), list(doubled));
    }

    @Test
    @Suppress("BST-501")
    void should_check_arguments_at_the_call() {
        assertThrows(IllegalArgumentException.class, () -> five().take(-1));
        assertThrows(IllegalArgumentException.class, () -> five().skip(-1));
        assertThrows(IllegalArgumentException.class, () -> five().chunked(0));
        assertThrows(NullPointerException.class, () -> five().map((Function<Integer, Integer>) null));
        assertThrows(NullPointerException.class, () -> five().zip(null, (a, b) -> a));
        assertThrows(NullPointerException.class, () -> five().collect(null));
    }
}
