package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Runner;
import dev.backstitch.loop.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md A7, A8: the shutdown tests of test_asyncgen.py, and asynchronous generators of test_base_events.py. */
class AsyncGenShutdownTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private int finalized;

    @Async
    @Generator
    private AsyncGen<Integer> waiter(Duration timeout) {
        try {
            await(sleep(timeout));
            Gen.yield(1);
        } finally {
            await(sleep(Duration.ZERO));
            finalized++;
        }
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> exhausts(AsyncGen<Integer> gen) {
        for (int ignored : awaitEach(gen)) {
            assertEquals(1, ignored);
        }
        return Coroutine.done();
    }

    /** test_asyncgen.py::AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_01. */
    @Test
    void should_run_the_finally_of_generators_whose_tasks_were_cancelled() {
        Task<Void> t1 = virtual.loop.spawn(exhausts(waiter(Duration.ofSeconds(1))));
        Task<Void> t2 = virtual.loop.spawn(exhausts(waiter(Duration.ofSeconds(1))));
        virtual.pass(Duration.ofMillis(100));
        t1.cancel();
        t2.cancel();
        assertThrows(CancelledError.class, () -> virtual.loop.runUntilComplete(t1));
        assertThrows(CancelledError.class, () -> virtual.loop.runUntilComplete(t2));
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(2, finalized);
        virtual.close();
    }

    @Async
    @Generator
    private static AsyncGen<Integer> oneTwo() {
        Gen.yield(1);
        Gen.yield(2);
        return AsyncGen.end();
    }

    @Async
    @Generator
    private static AsyncGen<Integer> oneTwoThenFails() {
        try {
            Gen.yield(1);
            Gen.yield(2);
        } finally {
            fail();
        }
        return AsyncGen.end();
    }

    private static void fail() {
        throw new ArithmeticException("/ by zero");
    }

    @Async
    private static Coroutine<Void> breaksOff(AsyncGen<Integer> gen) {
        for (int i : awaitEach(gen)) {
            break;
        }
        return Coroutine.done();
    }

    private void runAndClose(Coroutine<Void> main) {
        try (var runner = new Runner().loopFactory(() -> virtual.loop)) {
            runner.run(main);
        }
    }

    /** test_asyncgen.py::AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_02. */
    @Test
    void should_close_quietly_what_was_left_early() {
        AsyncGen<Integer> gen = oneTwo();
        runAndClose(breaksOff(gen));
        assertEquals(List.of(), virtual.errors);
    }

    /** test_asyncgen.py::AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_exception_01. */
    @Test
    void should_report_what_closing_throws_with_the_generator() {
        AsyncGen<Integer> gen = oneTwoThenFails();
        runAndClose(breaksOff(gen));
        assertEquals(1, virtual.errors.size());
        LoopError error = virtual.errors.get(0);
        assertSame(gen, error.source());
        assertTrue(error.exception() instanceof ArithmeticException);
        assertTrue(error.message().contains("an error occurred during closing of asynchronous generator"));
        assertEquals(State.CLOSED, gen.state());
    }

    @Async
    private static Coroutine<Void> dropsIt() {
        for (int i : awaitEach(oneTwoThenFails())) {
            break;
        }
        System.gc();
        return Coroutine.done();
    }

    /** test_asyncgen.py::AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_exception_02: nobody holds it any more. */
    @Test
    void should_run_the_finally_of_a_generator_that_the_program_has_dropped() {
        runAndClose(dropsIt());
        assertEquals(1, virtual.errors.size());
        assertTrue(virtual.errors.get(0).exception() instanceof ArithmeticException);
    }

    private final List<String> log = new ArrayList<>();

    @Async
    @Generator
    private AsyncGen<Integer> closesSlowly(String name, int millis) {
        try {
            Gen.yield(1);
        } finally {
            log.add(name + " begins");
            await(sleep(Duration.ofMillis(millis)));
            log.add(name + " ends");
        }
        return AsyncGen.end();
    }

    /** A8: all at the same time. */
    @Test
    void should_close_all_at_the_same_time() {
        for (int i = 1; i <= 3; i++) {
            virtual.run(breaksOff(closesSlowly("g" + i, 40 - 10 * i)));
        }
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(List.of("g1 begins", "g2 begins", "g3 begins", "g3 ends", "g2 ends", "g1 ends"), log);
        assertEquals(30, virtual.millis());
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(6, log.size());
        virtual.close();
    }

    /** A generator that has ended, by exhaustion, failure or closing, is no business of the shutdown. */
    @Test
    void should_forget_generators_that_have_ended() {
        virtual.run(exhausts(waiter(Duration.ofMillis(1))));
        AsyncGen<Integer> closed = closesSlowly("closed", 0);
        virtual.run(breaksOff(closed));
        virtual.run(closed.close());
        assertEquals(List.of("closed begins", "closed ends"), log);
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(1, finalized);
        assertEquals(2, log.size());
        virtual.close();
    }

    @Async
    @Generator
    private static AsyncGen<Integer> opens(AutoCloseable resource) throws Exception {
        try (resource) {
            Gen.yield(1);
        }
        return AsyncGen.end();
    }

    /** A resource is as good as a finally. */
    @Test
    void should_close_the_resource_that_a_generator_holds() {
        virtual.run(breaksOff(opensQuietly()));
        assertEquals(List.of(), log);
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(List.of("closed"), log);
        virtual.close();
    }

    private AsyncGen<Integer> opensQuietly() {
        try {
            return opens(() -> log.add("closed"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Without a shutdown it is told what has not been run; a generator that has nothing to run is no business of a loop's. */
    @Test
    void should_be_reported_when_the_loop_is_closed_before() {
        virtual.run(breaksOff(oneTwo()));
        AsyncGen<Integer> left = closesSlowly("g", 0);
        virtual.run(breaksOff(left));
        virtual.loop.close();
        assertEquals(1, virtual.errors.size());
        assertSame(left, virtual.errors.get(0).source());
        assertTrue(
                virtual.errors.get(0)
                        .message()
                        .matches("asynchronous generator was never closed: <async generator .*closesSlowly\\(.*:\\d+\\)>.*"),
                virtual.errors.get(0).message());
    }

    /** A7: a hook is called once for each generator, and told of its end. */
    @Test
    void should_belong_to_the_loop_that_first_iterates_it() {
        AsyncGen<Integer> gen = closesSlowly("g", 0);
        virtual.run(breaksOff(gen));
        var other = new VirtualLoop();
        EventLoop second = other.loop;
        second.runUntilComplete(second.shutdownAsyncGens());
        assertEquals(List.of(), log);
        other.close();
        virtual.run(virtual.loop.shutdownAsyncGens());
        assertEquals(List.of("g begins", "g ends"), log);
        virtual.close();
    }
}
