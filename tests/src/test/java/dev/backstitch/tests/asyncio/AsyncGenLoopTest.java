package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Runner;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous generators that sleep in an event loop: AsyncGenAsyncioTest of test_asyncgen.py, and test_asyncio_1 of test_coroutines.py. */
class AsyncGenLoopTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final List<Object> trace = new ArrayList<>();
    private int done;

    @AfterEach
    void close() {
        virtual.close();
    }

    private static Awaitable<Void> shortly() {
        return sleep(Duration.ofMillis(10));
    }

    @Async
    @Generator
    static AsyncGen<Integer> oneTwo(boolean fails) {
        Gen.yield(1);
        await(shortly());
        Gen.yield(2);
        if (fails) {
            throw new ArithmeticException();
        }
        await(shortly());
        return AsyncGen.end();
    }

    /** test_async_gen_asyncio_01, test_async_gen_asyncio_02. */
    @Test
    void should_collect_what_it_yields_between_sleeps() {
        assertEquals(List.of(1, 2), virtual.run(oneTwo(false).toList()));
        assertEquals(20, virtual.millis());
        assertThrows(ArithmeticException.class, () -> virtual.run(oneTwo(true).toList()));
    }

    /** An object that is iterated asynchronously. */
    private static final class Numbers {
        @Async
        @Generator
        AsyncGen<Integer> iterator() {
            Gen.yield(1);
            await(shortly());
            Gen.yield(2);
            return AsyncGen.end();
        }
    }

    /** test_async_gen_asyncio_03, test_async_gen_aiter_class: it is a method that iterates it. */
    @Test
    void should_iterate_an_object_by_its_generator() {
        assertEquals(List.of(1, 2), virtual.run(new Numbers().iterator().toList()));
    }

    @Async
    @Generator
    static AsyncGen<Integer> catching() {
        Gen.yield(1);
        await(shortly());
        try {
            Gen.yield(2);
            Gen.yield(3);
        } catch (ArithmeticException e) {
            Gen.yield(1000);
        }
        await(shortly());
        Gen.yield(4);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<List<Integer>> pulls(boolean throwing) {
        AsyncGen<Integer> it = catching();
        List<Integer> got = new ArrayList<>();
        got.add(await(it.next()));
        got.add(await(it.next()));
        if (throwing) {
            try {
                it.next().raise(new ArithmeticException());
            } catch (StopIteration stop) {
                got.add((Integer) stop.value());
            }
        } else {
            got.add(await(it.next()));
        }
        got.add(await(it.next()));
        for (int i = 0; i < 2; i++) {
            try {
                await(it.next());
            } catch (StopAsyncIteration e) {
                got.add(-1);
            }
        }
        return Coroutine.of(got);
    }

    /** test_async_gen_asyncio_anext_04. */
    @Test
    void should_give_each_value_once_also_when_something_is_thrown_into_a_pull() {
        assertEquals(List.of(1, 2, 3, 4, -1, -1), virtual.run(pulls(false)));
        assertEquals(List.of(1, 2, 1000, 4, -1, -1), virtual.run(pulls(true)));
    }

    @Async
    static Coroutine<Void> sleepAndFail() {
        await(shortly());
        throw new ArithmeticException();
    }

    @Async
    @Generator
    AsyncGen<Integer> doubles(boolean fails) {
        try {
            await(shortly());
            int v = Gen.<Integer>yield(1);
            if (fails) {
                await(sleepAndFail());
                done += 1000;
            } else {
                await(shortly());
            }
            Gen.yield(v * 2);
            await(shortly());
            return AsyncGen.end();
        } finally {
            await(shortly());
            await(shortly());
            done++;
        }
    }

    @Async
    Coroutine<Void> sends(boolean fails) {
        AsyncGen<Integer> g = doubles(fails);
        assertEquals(1, await(g.send(null)));
        assertEquals(200, await(g.send(100)));
        try {
            await(g.send(null));
        } catch (StopAsyncIteration e) {
            trace.add("stop");
        }
        return Coroutine.done();
    }

    /** test_async_gen_asyncio_asend_01, test_async_gen_asyncio_asend_02. */
    @Test
    void should_run_its_finally_when_it_ends_or_fails_after_a_value_was_sent() {
        virtual.run(sends(false));
        assertEquals(1, done);
        assertEquals(List.of("stop"), trace);
        assertThrows(ArithmeticException.class, () -> virtual.run(sends(true)));
        assertEquals(2, done);
    }

    @Async
    @Generator
    static AsyncGen<Integer> range(int n) {
        for (int i = 0; i < n; i++) {
            await(shortly());
            Gen.yield(i);
        }
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Boolean> isTrue(int n) {
        await(shortly());
        return Coroutine.of(n != 0);
    }

    /** test_async_gen_expression_01, test_async_gen_expression_02. */
    @Test
    void should_map_and_filter_what_sleeps() {
        assertEquals(IntStream.range(0, 10).map(i -> 2 * i).boxed().toList(), virtual.run(range(10).map(i -> i * 2).toList()));
        AsyncGen<Integer> filtered = AsyncGen.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).filterAwait(AsyncGenLoopTest::isTrue);
        assertEquals(
                IntStream.range(1, 10).map(i -> 2 * i).boxed().toList(), virtual.run(filtered.map(i -> i * 2).toList()));
    }

    @Async
    static Coroutine<Void> breaksOff(AsyncGen<Integer> gen) {
        for (int i : awaitEach(gen)) {
            break;
        }
        return Coroutine.done();
    }

    /** test_asyncgen_nonstarted_hooks_are_cancellable. */
    @Test
    void should_report_nothing_when_a_loop_over_it_is_left_and_the_loop_shut_down() {
        try (var runner = new Runner().loopFactory(virtual::make)) {
            runner.run(breaksOff(oneTwo(false)));
        }
        assertEquals(List.of(), virtual.errors);
    }

    @Async
    Coroutine<Void> showsTasks() {
        Task<Void> closing = Tasks.spawn(oneTwo(false).close());
        for (Task<?> task : Tasks.allTasks()) {
            assertNotNull(task.stack());
            done++;
        }
        await(closing);
        return Coroutine.done();
    }

    /** test_async_gen_aclose_compatible_with_get_stack. */
    @Test
    void should_show_the_stack_of_a_task_that_closes_it() {
        virtual.run(showsTasks());
        assertEquals(2, done);
    }

    private final class Manager implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            await(shortly());
            trace.add(failure.getClass().getSimpleName());
            return Coroutine.of(false);
        }
    }

    @Async
    private Coroutine<Manager> enter() {
        trace.add(1);
        await(shortly());
        trace.add(2);
        return Coroutine.of(new Manager());
    }

    @Async
    private Coroutine<Void> failsWithin(boolean fails) {
        try (var c = await(enter())) {
            await(shortly());
            if (fails) {
                throw new IllegalArgumentException();
            }
        }
        trace.add("unreachable");
        return Coroutine.done();
    }

    /** test_asyncio_1. */
    @Test
    void should_enter_and_exit_a_manager_that_sleeps() {
        assertThrows(IllegalArgumentException.class, () -> virtual.run(failsWithin(true)));
        assertEquals(List.of(1, 2, "IllegalArgumentException"), trace);
    }

    /** test_async_gen_asyncio_asend_03: what is awaited is cancelled, halfway. */
    @Test
    void should_run_its_finally_when_what_it_awaits_is_cancelled() {
        assertThrows(CancelledError.class, () -> virtual.run(awaitsCancelled()));
        assertEquals(1, done);
    }

    @Async
    private Coroutine<Void> awaitsCancelled() {
        AsyncGen<Integer> g = cancelled();
        assertEquals(1, await(g.send(null)));
        await(g.send(100));
        return Coroutine.done();
    }

    @Async
    @Generator
    private AsyncGen<Integer> cancelled() {
        try {
            await(shortly());
            int v = Gen.<Integer>yield(1);
            Task<Void> task = Tasks.spawn(shortly());
            virtual.loop.callLater(Duration.ofMillis(5), task::cancel);
            await(task);
            done += 1000;
            Gen.yield(v * 2);
        } finally {
            await(shortly());
            await(shortly());
            done++;
        }
        return AsyncGen.end();
    }
}
