package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen.State;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Context;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Handle;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L1, L2, L19: test_base_events.py, class BaseEventLoopTests; and the handles of test_events.py. */
class LoopTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;
    private final List<Object> log = new ArrayList<>();

    private Runnable logs(Object entry) {
        return () -> log.add(entry);
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalStateException.class, call::run).getMessage();
    }

    @Async
    private static Coroutine<Integer> sleeps(Duration delay) {
        await(sleep(delay));
        return Coroutine.of(1);
    }

    // ---------------------------------------------------------------- running and closing

    /** test_close; test_events.py::EventLoopTestsMixin.test_close. */
    @Test
    void should_refuse_to_run_once_closed() {
        assertFalse(loop.isClosed());
        loop.close();
        assertTrue(loop.isClosed());
        loop.close();
        var f = new LoopFuture<Void>(loop);
        assertEquals("Event loop is closed", refusal(loop::runForever));
        assertEquals("Event loop is closed", refusal(() -> loop.runUntilComplete(f)));
        assertEquals("Event loop is closed", refusal(() -> loop.callSoon(logs(1))));
        assertEquals("Event loop is closed", refusal(() -> loop.callLater(SECOND, logs(1))));
        assertEquals("Event loop is closed", refusal(() -> loop.callSoonThreadSafe(logs(1))));
        assertEquals("Event loop is closed", refusal(() -> loop.runInExecutor(() -> 1)));
    }

    /** test_create_task_error_closes_coro. */
    @Test
    void should_close_the_coroutine_that_it_refuses_to_run() {
        loop.close();
        Coroutine<Integer> coro = sleeps(SECOND);
        assertEquals("Event loop is closed", refusal(() -> loop.spawn(coro)));
        assertEquals(State.CLOSED, coro.state());
    }

    @Async
    private static Coroutine<Void> closes() {
        EventLoop.current().close();
        return Coroutine.done();
    }

    /** test_events.py::EventLoopTestsMixin.test_close_running_event_loop. */
    @Test
    void should_refuse_to_be_closed_while_it_runs() {
        assertEquals("Cannot close a running event loop", refusal(() -> virtual.run(closes())));
    }

    @Async
    private static Coroutine<Void> runs(EventLoop other) {
        other.runForever();
        return Coroutine.done();
    }

    /** RunningLoopTests.test_running_loop_within_a_loop; in itself, EventLoopTestsMixin.test_run_until_complete_nesting. */
    @Test
    void should_refuse_to_run_within_a_running_loop() {
        try (var outer = new VirtualLoop()) {
            assertEquals("Cannot run the event loop while another loop is running", refusal(() -> outer.run(runs(loop))));
            assertEquals("This event loop is already running", refusal(() -> virtual.run(runs(loop))));
        }
    }

    /** test_run_until_complete_loop. */
    @Test
    void should_refuse_the_future_of_another_loop() {
        var task = new LoopFuture<Void>(loop);
        try (var other = new VirtualLoop()) {
            assertTrue(refusal(() -> other.loop.runUntilComplete(task)).contains("belongs to a different loop"));
        }
    }

    private static void interrupt() {
        throw new KeyboardInterrupt("stop");
    }

    /** test_run_until_complete_loop_orphan_future_close_loop. */
    @Test
    void should_run_again_after_an_interrupted_run() {
        loop.callSoon(LoopTest::interrupt);
        assertThrows(KeyboardInterrupt.class, () -> virtual.run(sleeps(SECOND)));
        assertEquals(1, virtual.run(sleeps(SECOND.multipliedBy(2))));
        assertEquals(2_000, virtual.millis());
        virtual.close();
    }

    @Async
    private static Coroutine<Void> throwsInterrupt() {
        interrupt();
        return Coroutine.done();
    }

    /** test_run_forever_keyboard_interrupt and test_run_until_complete_baseexception. */
    @Test
    void should_not_report_the_interrupt_that_ended_the_run() {
        assertThrows(KeyboardInterrupt.class, () -> virtual.run(throwsInterrupt()));
        loop.callSoon(() -> loop.callSoon(() -> {
            log.add("called");
            loop.stop();
        }));
        loop.runForever();
        assertEquals(List.of("called"), log);
        virtual.close();
    }

    /** test_run_once: the idiom call_soon(stop), run_forever. */
    @Test
    void should_run_what_is_ready_before_it_stops() {
        loop.callSoon(logs(1));
        loop.callSoon(loop::stop);
        loop.callSoon(logs(2));
        loop.runForever();
        assertEquals(List.of(1, 2), log);
    }

    /** test_run_forever_pre_stopped. */
    @Test
    void should_take_one_turn_when_it_was_stopped_before() {
        loop.callSoon(logs(1));
        loop.stop();
        loop.runForever();
        assertEquals(List.of(1), log);
    }

    /** test_set_debug. */
    @Test
    void should_switch_debug_mode() {
        loop.setDebug(true);
        assertTrue(loop.isDebug());
        loop.setDebug(false);
        assertFalse(loop.isDebug());
    }

    // ---------------------------------------------------------------- callbacks

    /** test__add_callback_handle and test_call_soon. */
    @Test
    void should_run_a_callback_in_the_next_turn() {
        loop.callSoon(logs("now"));
        assertEquals(List.of(), log);
        virtual.turns(1);
        assertEquals(List.of("now"), log);
    }

    /** test__add_callback_cancelled_handle. */
    @Test
    void should_not_run_a_cancelled_callback() {
        loop.callSoon(logs("never")).cancel();
        virtual.turns(1);
        assertEquals(List.of(), log);
    }

    /** test_call_later_negative_delays. */
    @Test
    void should_run_overdue_timers_by_deadline() {
        loop.callLater(SECOND.negated(), logs("a"));
        loop.callLater(SECOND.multipliedBy(2).negated(), logs("b"));
        virtual.turns(1);
        assertEquals(List.of("b", "a"), log);
    }

    /** test_time_and_call_at. */
    @Test
    void should_run_a_timer_when_its_time_has_come() {
        Handle handle = loop.callAt(loop.time() + 100_000_000, loop::stop);
        assertEquals(100_000_000, handle.when());
        loop.runForever();
        assertEquals(100, virtual.millis());
    }

    /** test__run_once: a cancelled timer does not wake the loop. */
    @Test
    void should_sleep_past_a_cancelled_timer() {
        loop.callLater(SECOND.multipliedBy(5), logs(5)).cancel();
        loop.callLater(SECOND.multipliedBy(10), loop::stop);
        loop.runForever();
        assertEquals(10_000, virtual.millis());
        assertEquals(List.of(), log);
    }

    /** test__run_once_schedule_handle. */
    @Test
    void should_run_in_the_turn_after_what_a_callback_schedules() {
        loop.callSoon(() -> {
            loop.callSoon(logs("second turn"));
            loop.callLater(Duration.ZERO, logs("timer"));
            log.add("first turn");
        });
        loop.callSoon(logs("also first"));
        loop.stop();
        loop.runForever();
        assertEquals(List.of("first turn", "also first"), log);
        loop.stop();
        loop.runForever();
        assertEquals(List.of("first turn", "also first", "second turn", "timer"), log);
    }

    /** test__run_once_cancelled_event_cleanup: cancelled timers are swept out, and the others still run, in order. */
    @Test
    void should_keep_the_timers_that_are_left_when_most_are_cancelled() {
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Handle handle = loop.callLater(Duration.ofMillis(1_000 - i), logs(1_000 - i));
            if (i % 10 == 0) {
                expected.add(0, 1_000 - i);
            } else {
                handle.cancel();
                assertTrue(handle.isCancelled());
            }
        }
        virtual.pass(SECOND.multipliedBy(2));
        assertEquals(expected, log);
    }

    /** test_check_thread: from another thread, on a loop that runs; always, not in debug mode only. */
    @Test
    void should_refuse_calls_of_other_threads() {
        String refusal = "Non-thread-safe operation invoked on an event loop other than the current one";
        for (boolean debug : List.of(false, true)) {
            loop.setDebug(debug);
            ExecutorService pool = Executors.newSingleThreadExecutor();
            loop.callSoon(() -> {
                try {
                    pool.submit(() -> {
                        log.add(refusal(() -> loop.callSoon(logs(1))));
                        log.add(refusal(() -> loop.callLater(SECOND, logs(1))));
                        log.add(refusal(() -> loop.callAt(60, logs(1))));
                        log.add(refusal(() -> loop.spawn(sleeps(SECOND))));
                        log.add(refusal(loop::allTasks));
                    }).get();
                } catch (Exception e) {
                    throw new AssertionError(e);
                } finally {
                    pool.shutdown();
                }
            });
            virtual.turns(1);
            assertEquals(List.of(refusal, refusal, refusal, refusal, refusal), log);
            log.clear();
        }
        virtual.close();
    }

    /** test_events.py::HandleTests.test_handle and test_handle_repr; TimerTests.test_timer, test_when and test_timer_repr. */
    @Test
    void should_print_a_handle_with_its_state() {
        Handle handle = loop.callSoon(logs(1));
        assertFalse(handle.isCancelled());
        assertTrue(handle.toString().matches("<Handle .*LoopTest.*>"), handle.toString());
        handle.cancel();
        assertTrue(handle.isCancelled());
        assertEquals("<Handle cancelled>", handle.toString());
        Handle timer = loop.callAt(123, logs(1));
        assertEquals(123, timer.when());
        assertTrue(timer.toString().matches("<TimerHandle when=123 .*LoopTest.*>"), timer.toString());
        timer.cancel();
        assertEquals("<TimerHandle when=123 cancelled>", timer.toString());
        loop.setDebug(true);
        Handle debug = loop.callSoon(logs(1));
        assertTrue(debug.toString().contains(" created at "), debug.toString());
        assertTrue(debug.toString().contains("should_print_a_handle_with_its_state"), debug.toString());
    }

    private final ContextVar<String> var = new ContextVar<>("var", "unset");

    /** test_events.py: call_soon, call_later and call_soon_threadsafe with context. */
    @Test
    void should_run_a_callback_in_the_context_it_is_given() {
        var context = new Context();
        loop.callSoon(() -> log.add(context.call(var::get)), new Context());
        loop.callSoon(() -> var.set("mine"), context);
        loop.callSoon(() -> log.add(var.get()), context);
        loop.callSoon(() -> log.add(assertThrows(IllegalStateException.class, () -> context.run(() -> {}))
                .getMessage()
                .startsWith("cannot enter context")), context);
        virtual.turns(1);
        assertEquals(List.of("unset", "mine", true), log);
        assertEquals("mine", context.get(var));
        assertEquals("unset", var.get());
        virtual.close();
    }

    // ---------------------------------------------------------------- errors

    private static void zeroError() {
        throw new ArithmeticException("/ by zero");
    }

    /** test_default_exc_handler_callback: logged, and the loop goes on. */
    @Test
    void should_log_what_a_callback_throws() {
        try (var logged = new LogCapture("dev.backstitch.loop")) {
            loop.setExceptionHandler(null);
            loop.callSoon(LoopTest::zeroError);
            loop.callLater(SECOND, LoopTest::zeroError);
            virtual.pass(SECOND.multipliedBy(2));
            assertEquals(2, logged.records.size());
            for (var record : logged.records) {
                assertTrue(record.getMessage().matches("(?s)Exception in callback .*LoopTest.*"), record.getMessage());
                assertTrue(record.getThrown() instanceof ArithmeticException);
            }
        }
    }

    /** test_set_exc_handler_custom. */
    @Test
    void should_tell_the_handler_what_a_callback_throws_and_where_it_was_scheduled() {
        loop.setDebug(true);
        Handle handle = loop.callSoon(LoopTest::zeroError);
        virtual.turns(1);
        assertEquals(1, virtual.errors.size());
        LoopError error = virtual.errors.get(0);
        assertTrue(error.message().startsWith("Exception in callback "), error.message());
        assertTrue(error.exception() instanceof ArithmeticException);
        assertSame(handle, error.source());
        String here = "should_tell_the_handler_what_a_callback_throws_and_where_it_was_scheduled";
        assertEquals(here, error.createdAt().get(0).getMethodName());
        assertTrue(error.toString().contains("\tat " + LoopTest.class.getName() + "." + here), error.toString());
    }

    /** test_set_exc_handler_broken. */
    @Test
    void should_log_what_the_handler_itself_throws_and_the_error_it_was_given() {
        try (var logged = new LogCapture("dev.backstitch.loop")) {
            loop.setExceptionHandler(error -> {
                throw new IllegalStateException("spam");
            });
            loop.callSoon(LoopTest::zeroError);
            loop.callSoon(logs("goes on"));
            virtual.turns(1);
            assertEquals(2, logged.records.size());
            assertEquals("Unhandled error in exception handler", logged.records.get(0).getMessage());
            assertEquals("spam", logged.records.get(0).getThrown().getMessage());
            assertTrue(logged.records.get(1).getThrown() instanceof ArithmeticException);
            assertEquals(List.of("goes on"), log);
        }
    }

    @Test
    void should_end_the_run_when_the_handler_throws_an_interrupt() {
        loop.setExceptionHandler(error -> interrupt());
        loop.callSoon(LoopTest::zeroError);
        assertThrows(KeyboardInterrupt.class, loop::runForever);
    }

    /** By the program itself. */
    @Test
    void should_hand_the_handler_what_the_program_reports() {
        loop.callExceptionHandler(new LoopError("mine", null, null));
        assertEquals(List.of("mine"), virtual.messages());
        assertNull(virtual.errors.get(0).source());
    }

    @Async
    private static Coroutine<Void> failsLater() {
        await(sleep(SECOND));
        zeroError();
        return Coroutine.done();
    }

    /** test_default_exc_handler_coro: at the latest when the loop is closed. */
    @Test
    void should_report_the_failure_of_a_task_that_nobody_has_awaited() {
        Task<Void> task = loop.spawn(failsLater(), "lost");
        virtual.pass(SECOND.multipliedBy(2));
        loop.close();
        assertEquals(1, virtual.errors.size());
        assertTrue(
                virtual.errors.get(0).message().matches("Task exception was never retrieved: <Task finished name='lost'.*"),
                virtual.errors.get(0).message());
        assertSame(task, virtual.errors.get(0).source());
    }

    @Async
    private static Task<Void> failsAtOnce() {
        zeroError();
        return Task.done();
    }

    @Async
    private static Coroutine<Void> startsWhatFailsAtOnce() {
        failsAtOnce();
        assertThrows(ArithmeticException.class, () -> failsAtOnce().result());
        return Coroutine.done();
    }

    /** L3: and that of a hot method which fails before it suspends. */
    @Test
    void should_report_the_failure_of_a_hot_task_that_nobody_has_looked_at() {
        virtual.run(startsWhatFailsAtOnce());
        loop.close();
        assertEquals(1, virtual.errors.size(), virtual.errors.toString());
        assertTrue(
                virtual.errors.get(0).message().startsWith("Task exception was never retrieved: <Task finished"),
                virtual.errors.get(0).message());
        assertTrue(virtual.errors.get(0).exception() instanceof ArithmeticException);
    }

    /** test_log_slow_callbacks. */
    @Test
    void should_log_slow_steps_and_callbacks_in_debug_mode() {
        try (var logged = new LogCapture("dev.backstitch.loop")) {
            loop.setDebug(true);
            loop.setSlowCallbackDuration(Duration.ofMillis(100));
            loop.callSoon(() -> virtual.idle(161_000_000));
            loop.callSoon(() -> virtual.idle(99_000_000));
            virtual.turns(1);
            virtual.run(takesLong(virtual));
            assertEquals(2, logged.records.size(), logged.messages().toString());
            assertTrue(
                    logged.messages().get(0).matches("Executing <Handle .*LoopTest.*> took 0\\.161 seconds"),
                    logged.messages().get(0));
            assertTrue(
                    logged.messages().get(1).matches("Executing <Task finished .* created at .*> took 0\\.200 seconds"),
                    logged.messages().get(1));
        }
    }

    @Async
    private static Coroutine<Void> takesLong(VirtualLoop virtual) {
        virtual.idle(200_000_000);
        return Coroutine.done();
    }

    // ---------------------------------------------------------------- the executor's end

    /** test_shutdown_default_executor_timeout. */
    @Test
    void should_give_up_waiting_for_the_pool_after_the_limit() {
        var release = new CountDownLatch(1);
        var started = new CompletableFuture<Void>();
        try (var logged = new LogCapture("dev.backstitch.loop");
                var real = new EventLoop()) {
            real.runInExecutor(() -> {
                started.complete(null);
                release.await();
                return null;
            });
            started.join();
            real.runUntilComplete(real.shutdownDefaultExecutor(Duration.ofNanos(1)));
            assertEquals(1, logged.records.size());
            assertTrue(logged.messages().get(0).startsWith("The executor did not finish joining its threads within "));
        } finally {
            release.countDown();
        }
    }
}
