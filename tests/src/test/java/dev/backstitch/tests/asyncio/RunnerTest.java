package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.backstitch.loop.Context;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Runner;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L15: test_runners.py. Where CPython's tests interrupt the main thread, these interrupt the loop's thread. */
class RunnerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualLoop virtual = new VirtualLoop();

    private Runner runner() {
        return new Runner().loopFactory(() -> virtual.loop);
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Async
    private static Coroutine<Integer> returns42() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(42);
    }

    /** test_runners.py::RunTests.test_asyncio_run_return. */
    @Test
    void should_return_the_result() {
        assertEquals(42, EventLoop.run(returns42()));
    }

    @Async
    private static Coroutine<Integer> raises() {
        await(sleep(Duration.ZERO));
        throw new IllegalArgumentException("spam");
    }

    /** test_runners.py::RunTests.test_asyncio_run_raises. */
    @Test
    void should_throw_the_failure() {
        assertEquals("spam", assertThrows(IllegalArgumentException.class, () -> EventLoop.run(raises())).getMessage());
    }

    @Async
    private static Coroutine<Boolean> debug() {
        return Coroutine.of(EventLoop.current().isDebug());
    }

    /** test_runners.py::RunTests.test_asyncio_run_debug, RunnerTests.test_debug and test_non_debug. */
    @Test
    void should_switch_debug_mode() {
        try (var on = new Runner().debug(true);
                var off = new Runner().debug(false);
                var unset = new Runner()) {
            assertTrue(on.run(debug()));
            assertFalse(off.run(debug()));
            assertFalse(unset.run(debug()));
        }
    }

    @Async
    private static Coroutine<Integer> runsItself() {
        Coroutine<Integer> again = runsItself();
        try {
            return Coroutine.of(EventLoop.run(again));
        } finally {
            again.close();
        }
    }

    /** test_runners.py::RunTests.test_asyncio_run_from_running_loop. */
    @Test
    void should_refuse_to_run_in_a_running_loop() {
        var refusal = assertThrows(IllegalStateException.class, () -> EventLoop.run(runsItself()));
        assertTrue(refusal.getMessage().contains("cannot be called from a running"), refusal.getMessage());
    }

    private Task<?> leftover;

    @Async
    private Coroutine<Void> sleeps() {
        await(sleep(SECOND));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> failsWhenCancelled() {
        try {
            await(sleep(SECOND));
        } catch (CancelledError e) {
            throw new ArithmeticException();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> leaves(Coroutine<Void> body) {
        leftover = Tasks.spawn(body);
        await(sleep(Duration.ZERO));
        return Coroutine.of(123);
    }

    /** test_runners.py::RunTests.test_asyncio_run_cancels_hanging_tasks. */
    @Test
    void should_cancel_hanging_tasks() {
        try (var runner = runner()) {
            assertEquals(123, runner.run(leaves(sleeps())));
        }
        assertTrue(leftover.isDone());
        assertTrue(leftover.isCancelled());
        virtual.close();
    }

    /** test_runners.py::RunTests.test_asyncio_run_reports_hanging_tasks_errors. */
    @Test
    void should_report_the_errors_of_hanging_tasks() {
        try (var runner = runner()) {
            assertEquals(123, runner.run(leaves(failsWhenCancelled())));
        }
        assertTrue(leftover.isDone());
        assertEquals(1, virtual.errors.size());
        LoopError error = virtual.errors.get(0);
        assertTrue(error.message().contains("shutdown"), error.message());
        assertSame(leftover, error.source());
        assertTrue(error.exception() instanceof ArithmeticException);
    }

    private AsyncGen<Integer> spinner;

    @Async
    @Generator
    private static AsyncGen<Integer> fidget() {
        while (true) {
            Gen.yield(1);
            await(sleep(SECOND));
        }
    }

    @Async
    private Coroutine<Void> spin() {
        spinner = fidget();
        try {
            for (int theMeaningOfLife : awaitEach(spinner)) {
                assertEquals(1, theMeaningOfLife);
            }
        } catch (CancelledError e) {
            throw new ArithmeticException();
        }
        return Coroutine.done();
    }

    private static final class FancyExit extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Async
    private Coroutine<Void> spinsAndFails() {
        leftover = Tasks.spawn(spin());
        await(sleep(Duration.ZERO));
        throw new FancyExit();
    }

    /** test_runners.py::RunTests.test_asyncio_run_closes_gens_after_hanging_tasks_errors. */
    @Test
    void should_close_generators_after_the_errors_of_hanging_tasks() {
        var runner = runner();
        assertThrows(FancyExit.class, () -> {
            try (runner) {
                runner.run(spinsAndFails());
            }
        });
        assertTrue(leftover.isDone());
        assertEquals(State.CLOSED, spinner.state());
        assertEquals(1, virtual.errors.size());
        assertTrue(virtual.errors.get(0).exception() instanceof ArithmeticException);
    }

    @Async
    private static Coroutine<EventLoop> current() {
        return Coroutine.of(EventLoop.current());
    }

    /** test_runners.py::RunTests.test_asyncio_run_loop_factory and RunnerTests.test_custom_factory. */
    @Test
    void should_use_the_loop_of_its_factory() {
        List<EventLoop> made = new ArrayList<>();
        try (var runner = new Runner().loopFactory(() -> {
            made.add(virtual.loop);
            return virtual.loop;
        })) {
            assertSame(virtual.loop, runner.loop());
            assertSame(virtual.loop, runner.run(current()));
            assertThrows(IllegalStateException.class, () -> runner.debug(true));
        }
        assertEquals(1, made.size());
    }

    /** test_runners.py::RunnerTests.test_run. */
    @Test
    void should_close_its_loop_at_the_end() {
        EventLoop loop;
        Runner closed;
        try (var runner = runner()) {
            closed = runner;
            assertEquals(42, runner.run(returns42()));
            loop = runner.loop();
        }
        assertEquals("Runner is closed", assertThrows(IllegalStateException.class, closed::loop).getMessage());
        assertTrue(loop.isClosed());
    }

    /** test_runners.py::RunnerTests.test_explicit_close and test_double_close. */
    @Test
    void should_do_nothing_when_closed_twice() {
        var runner = runner();
        EventLoop loop = runner.loop();
        runner.close();
        assertEquals("Runner is closed", assertThrows(IllegalStateException.class, runner::loop).getMessage());
        assertTrue(loop.isClosed());
        runner.close();
        assertTrue(loop.isClosed());
    }

    /** test_runners.py::RunnerTests.test_second_with_block_raises. */
    @Test
    void should_refuse_to_run_once_closed() {
        var runner = runner();
        try (runner) {
            runner.run(returns42());
        }
        Coroutine<Integer> second = returns42();
        assertEquals(
                "Runner is closed", assertThrows(IllegalStateException.class, () -> runner.run(second)).getMessage());
    }

    private static final ContextVar<Integer> VAR = new ContextVar<>("cvar", -1);

    @Async
    private static Coroutine<Integer> exchange(int value) {
        int old = VAR.get();
        await(sleep(Duration.ZERO));
        VAR.set(value);
        return Coroutine.of(old);
    }

    @Async
    private static Coroutine<Context> context() {
        return Coroutine.of(Context.copyContext());
    }

    /** test_runners.py::RunnerTests.test_run_keeps_context. */
    @Test
    void should_keep_the_context_from_run_to_run() {
        try (var runner = runner()) {
            assertEquals(-1, runner.run(exchange(1)));
            assertEquals(1, runner.run(exchange(2)));
            assertEquals(2, runner.run(context()).get(VAR));
            var other = new Context();
            assertEquals(-1, runner.run(exchange(7), other));
            assertEquals(7, other.get(VAR));
            assertEquals(2, runner.run(exchange(3)));
        }
        assertEquals(-1, VAR.get());
    }

    @Async
    private static Coroutine<Integer> runsOn(Runner runner) {
        Coroutine<Integer> inner = returns42();
        try {
            return Coroutine.of(runner.run(inner));
        } finally {
            inner.close();
        }
    }

    /** test_runners.py::RunnerTests.test_recursive_run. */
    @Test
    void should_refuse_to_run_itself_recursively() {
        try (var runner = runner()) {
            assertEquals(
                    "Runner.run() cannot be called from a running event loop",
                    assertThrows(IllegalStateException.class, () -> runner.run(runsOn(runner))).getMessage());
        }
    }

    // ---------------------------------------------------------------- interrupts

    private void interruptLater(Runner runner) {
        runner.loop().callLater(SECOND, () -> Thread.currentThread().interrupt());
    }

    @Async
    private static Coroutine<Void> busy() {
        boolean cancelled = false;
        try {
            while (true) {
                await(sleep(Duration.ZERO));
                Tasks.currentTask().name();
                if (EventLoop.current().time() == 0) {
                    await(sleep(SECOND));
                }
            }
        } catch (CancelledError e) {
            cancelled = true;
        }
        assertTrue(cancelled);
        throw new CancelledError();
    }

    /** test_runners.py::RunnerTests.test_interrupt_call_soon. */
    @Test
    void should_throw_the_interrupt_when_the_task_never_waits() {
        try (var runner = runner()) {
            interruptLater(runner);
            assertThrows(KeyboardInterrupt.class, () -> runner.run(busy()));
            assertTrue(Thread.interrupted());
        }
    }

    @Async
    private static Coroutine<Void> waits(LoopFuture<Void> future) {
        assertCancelled(future);
        try {
            await(future);
        } catch (CancelledError e) {
            throw new CancelledError();
        }
        throw new AssertionError("not cancelled");
    }

    private static void assertCancelled(LoopFuture<Void> future) {
        assertFalse(future.isDone());
    }

    /** test_runners.py::RunnerTests.test_interrupt_wait. */
    @Test
    void should_cancel_what_the_main_task_waits_for_when_interrupted() {
        try (var runner = runner()) {
            var future = new LoopFuture<Void>(runner.loop());
            interruptLater(runner);
            var interrupt = assertThrows(KeyboardInterrupt.class, () -> runner.run(waits(future)));
            assertTrue(future.isCancelled());
            assertTrue(Thread.interrupted());
            assertEquals("the thread of the event loop was interrupted", interrupt.getMessage());
        }
    }

    @Async
    private static Coroutine<Void> cancelsAndInterrupts(Task<?> task) {
        await(sleep(Duration.ZERO));
        task.cancel();
        Thread.currentThread().interrupt();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> isCancelledAndInterrupted() {
        Tasks.spawn(cancelsAndInterrupts(Tasks.currentTask()));
        await(sleep(SECOND));
        return Coroutine.done();
    }

    /** test_runners.py::RunnerTests.test_interrupt_cancelled_task. */
    @Test
    void should_throw_no_interrupt_when_the_task_was_cancelled_anyway() {
        try (var runner = runner()) {
            assertThrows(CancelledError.class, () -> runner.run(isCancelledAndInterrupted()));
            Thread.interrupted();
        }
    }

    @Async
    private static Coroutine<String> refusesOnce() {
        try {
            await(sleep(SECOND));
        } catch (CancelledError e) {
            await(sleep(Duration.ofDays(1)));
        }
        return Coroutine.of("went on");
    }

    /** What CPython does on the second Ctrl-C. */
    @Test
    void should_throw_at_once_when_interrupted_again() {
        try (var runner = runner()) {
            runner.loop().callLater(Duration.ofMillis(1), () -> Thread.currentThread().interrupt());
            runner.loop().callLater(Duration.ofMillis(2), () -> Thread.currentThread().interrupt());
            assertThrows(KeyboardInterrupt.class, () -> runner.run(refusesOnce()));
            assertEquals(2, virtual.millis());
            Thread.interrupted();
        }
    }

    @Async
    private static Coroutine<String> swallows() {
        try {
            await(sleep(SECOND));
        } catch (CancelledError e) {
            await(sleep(SECOND));
        }
        return Coroutine.of("went on");
    }

    @Test
    void should_return_the_result_when_the_task_refuses_to_be_interrupted() {
        try (var runner = runner()) {
            runner.loop().callLater(Duration.ofMillis(1), () -> Thread.currentThread().interrupt());
            assertEquals("went on", runner.run(swallows()));
            assertTrue(Thread.interrupted());
        }
    }

    @Async
    private static Coroutine<Void> throwsInterrupt() {
        await(sleep(Duration.ZERO));
        throw new KeyboardInterrupt("enough");
    }

    /** L2: what a task throws to stop the program stops the loop; test_tasks.py::BaseTaskTests.test_baseexception_during_cancel. */
    @Test
    void should_end_the_run_when_a_task_throws_an_interrupt() {
        try (var runner = runner()) {
            runner.loop().spawn(throwsInterrupt());
            assertEquals(
                    "enough",
                    assertThrows(KeyboardInterrupt.class, () -> runner.run(swallows())).getMessage());
            assertEquals(0, virtual.millis());
        }
        assertEquals(List.of(), virtual.errors);
    }

    private static final class Unprintable {
        private int prints;

        @Override
        public String toString() {
            prints++;
            return "printed";
        }
    }

    @Async
    private static Coroutine<Unprintable> returnsUnprintable() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(new Unprintable());
    }

    /** test_runners.py::RunnerTests.test_no_repr_is_call_on_the_task_result. */
    @Test
    void should_not_print_the_result_that_it_returns() {
        try (var runner = new Runner()) {
            assertEquals(0, runner.run(returnsUnprintable()).prints);
        }
    }
}
