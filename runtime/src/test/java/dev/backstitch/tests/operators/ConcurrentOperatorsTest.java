package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code merge} and {@code buffer}: sources that run while their consumer does something else. */
class ConcurrentOperatorsTest {
    private final List<Object> log = new ArrayList<>();

    /** Yields what {@code futures} come to, one after the other. */
    @Async
    @Generator
    private AsyncGen<String> feed(String name, List<LoopFuture<String>> futures) {
        try {
            for (LoopFuture<String> future : futures) {
                log.add(name + " pulled");
                Gen.yield(await(future));
            }
        } finally {
            await(Tasks.sleep(Duration.ZERO));
            log.add(name + " closed");
        }
        return AsyncGen.end();
    }

    private static List<LoopFuture<String>> futures(int count) {
        List<LoopFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(new LoopFuture<>(EventLoop.current()));
        }
        return futures;
    }

    /** Lets everything run that can. */
    @Async
    private static Coroutine<Void> settle() {
        for (int turn = 0; turn < 12; turn++) {
            await(Tasks.sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void should_give_values_in_the_order_of_arrival_when_merged() {
        EventLoop.run(mergedInOrder());

        assertEquals(
                List.of("a pulled", "b pulled", "b0", "b pulled", "b1", "a0", "a pulled", "b closed", "a1", "a closed", "end"),
                log);
    }

    @Async
    private Coroutine<Void> mergedInOrder() {
        var a = futures(2);
        var b = futures(2);
        Task<Void> consumer = Tasks.spawn(feed("a", a).merge(feed("b", b)).forEach(log::add));
        await(settle());
        b.get(0).complete("b0");
        await(settle());
        b.get(1).complete("b1");
        a.get(0).complete("a0");
        await(settle());
        a.get(1).complete("a1");
        await(consumer);
        log.add("end");
        return Coroutine.done();
    }

    @Test
    void should_cancel_and_close_the_other_sources_when_one_fails() {
        var failure = new IllegalStateException("b");

        var thrown = assertThrows(IllegalStateException.class, () -> EventLoop.run(mergedWithFailure(failure)));

        assertSame(failure, thrown);
        assertEquals(List.of("a pulled", "b pulled", "a0", "a pulled", "b closed", "a closed", 1), log);
    }

    @Async
    private Coroutine<Void> mergedWithFailure(Exception failure) {
        var a = futures(2);
        var b = futures(1);
        Task<Void> consumer = Tasks.spawn(feed("a", a).merge(feed("b", b)).forEach(log::add));
        await(settle());
        a.get(0).complete("a0");
        await(settle());
        b.get(0).fail(failure);
        try {
            await(consumer);
        } finally {
            log.add(EventLoop.current().allTasks().size());
        }
        return Coroutine.done();
    }

    @Test
    void should_end_its_producers_and_close_their_sources_when_closed() {
        EventLoop.run(mergedAndClosed());

        assertEquals(List.of("a pulled", "b pulled", "a0", "b closed", "a closed", 1), log);
    }

    @Async
    private Coroutine<Void> mergedAndClosed() {
        var a = futures(1);
        AsyncGen<String> merged = feed("a", a).merge(feed("b", futures(1)));
        a.get(0).complete("a0");
        log.add(await(merged.next()));
        await(merged.close());
        log.add(EventLoop.current().allTasks().size());
        return Coroutine.done();
    }

    @Test
    void should_run_ahead_by_its_size_and_no_further_when_buffered() {
        EventLoop.run(buffered());

        assertEquals(List.of("pulled 0", "got 0", "pulled 3", "got 1", "pulled 4", "got 2", "pulled 5"), log);
    }

    @Async
    private Coroutine<Void> buffered() {
        int[] pulled = {0};
        AsyncGen<Integer> numbers = AsyncGen.of(0, 1, 2, 3, 4, 5, 6).map(i -> {
            pulled[0]++;
            return i;
        });
        AsyncGen<Integer> buffered = numbers.buffer(2);
        await(settle());
        log.add("pulled " + pulled[0]);
        for (int i = 0; i < 3; i++) {
            log.add("got " + await(buffered.next()));
            await(settle());
            log.add("pulled " + pulled[0]);
        }
        await(buffered.close());
        return Coroutine.done();
    }

    @Test
    void should_give_all_values_in_order_when_buffered() {
        assertEquals(List.of(0, 1, 2, 3, 4), EventLoop.run(AsyncGen.of(0, 1, 2, 3, 4).buffer(3).toList()));
        assertEquals(List.of(), EventLoop.run(AsyncGen.<Integer>of().buffer(3).toList()));
    }

    @Test
    void should_refuse_to_merge_where_no_loop_runs() {
        AsyncGen<Integer> merged = AsyncGen.of(1).merge(AsyncGen.of(2));

        assertThrows(IllegalStateException.class, () -> new Runs().run(merged.next()));
    }

    @Test
    void should_block_for_each_value_when_read_as_a_stream() {
        assertEquals(List.of(0, 2, 4), slowly(5).filter(i -> i % 2 == 0).toStream().toList());
        List<Integer> seen = new ArrayList<>();
        for (int i : slowly(3).toIterable()) {
            seen.add(i);
        }
        assertEquals(List.of(0, 1, 2), seen);
    }

    @Test
    void should_close_the_generator_when_the_stream_is_closed() {
        AsyncGen<Integer> gen = slowly(9);
        try (var stream = gen.toStream()) {
            assertEquals(0, stream.findFirst().orElseThrow());
        }

        assertEquals(Gen.State.CLOSED, gen.state());
        assertEquals(List.of("slowly closed"), log);
    }

    @Async
    @Generator
    private AsyncGen<Integer> slowly(int to) {
        try {
            for (int i = 0; i < to; i++) {
                await(Tasks.sleep(Duration.ZERO));
                Gen.yield(i);
            }
        } finally {
            await(Tasks.sleep(Duration.ZERO));
            log.add("slowly closed");
        }
        return AsyncGen.end();
    }
}
