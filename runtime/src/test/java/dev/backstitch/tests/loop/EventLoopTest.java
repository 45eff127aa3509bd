package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Handle;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final List<Object> log = new ArrayList<>();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void should_run_callbacks_first_in_first_out_and_new_ones_in_the_next_turn() {
        try (var loops = new Loops()) {
            loops.loop.callSoon(() -> {
                log.add("a");
                loops.loop.callSoon(() -> log.add("c"));
            });
            loops.loop.callSoon(() -> log.add("b"));
            loops.run(Body.awaiting(Tasks.sleep(ms(1))));
            assertEquals(List.of("a", "b", "c"), log);
        }
    }

    @Test
    void should_run_equal_deadlines_in_the_order_of_adding() {
        try (var loops = new Loops()) {
            for (int i = 0; i < 100; i++) {
                int n = i;
                loops.loop.callAt(10, () -> log.add(n));
            }
            loops.run(Body.awaiting(Tasks.sleep(ms(1))));
            for (int i = 0; i < 100; i++) {
                assertEquals(i, log.get(i));
            }
        }
    }

    @Test
    void should_run_timers_by_deadline_when_added_in_any_order() {
        try (var loops = new Loops()) {
            var random = new Random(7);
            List<Long> expected = new ArrayList<>();
            List<Handle> cancelled = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                long when = 1 + random.nextInt(500);
                if (random.nextInt(3) > 0) {
                    cancelled.add(loops.loop.callAt(when, () -> log.add("a cancelled one ran")));
                } else {
                    expected.add(when);
                    loops.loop.callAt(when, () -> log.add(when));
                }
            }
            loops.loop.callSoon(() -> cancelled.forEach(Handle::cancel));
            loops.run(Body.awaiting(Tasks.sleep(ms(1))));
            expected.sort(null);
            assertEquals(expected, log);
        }
    }

    @Test
    void should_not_run_a_callback_when_it_was_cancelled() {
        try (var loops = new Loops()) {
            Handle handle = loops.loop.callSoon(() -> log.add("ran"));
            handle.cancel();
            loops.run(Body.awaiting(Tasks.sleep(ms(1))));
            assertTrue(handle.isCancelled());
            assertEquals(List.of(), log);
        }
    }

    @Test
    void should_report_and_go_on_when_a_callback_throws() {
        try (var loops = new Loops()) {
            var failure = new IllegalArgumentException("callback");
            loops.loop.callSoon(() -> {
                throw failure;
            });
            loops.loop.callSoon(() -> log.add("next"));
            loops.run(Body.awaiting(Tasks.sleep(ms(1))));
            assertEquals(List.of("next"), log);
            assertSame(failure, loops.errors.get(0).exception());
        }
    }

    @Test
    void should_return_the_result_when_run() {
        assertEquals(7, EventLoop.run(Body.returning(() -> 7)));
        assertNull(EventLoop.currentOrNull());
    }

    @Test
    void should_throw_the_original_exception_when_the_main_coroutine_fails() {
        var failure = new IOException("main");
        assertSame(failure, assertThrows(IOException.class, () -> EventLoop.run(Body.returning(() -> {
            throw failure;
        }))));
    }

    @Test
    void should_refuse_when_a_loop_is_run_inside_a_loop() {
        var inner = Body.returning(() -> 1);
        var refused = assertThrows(
                IllegalStateException.class,
                () -> EventLoop.run(Body.returning(() -> EventLoop.run(inner))));
        assertEquals("EventLoop.run() cannot be called from a running event loop", refused.getMessage());
    }

    @Test
    void should_say_so_when_no_loop_runs() {
        var refused = assertThrows(IllegalStateException.class, () -> Tasks.spawn(Body.returning(() -> 1)));
        assertEquals("no running event loop", refused.getMessage());
    }

    @Test
    void should_refuse_everything_when_closed() {
        var loop = new EventLoop();
        loop.close();
        loop.close();
        assertTrue(loop.isClosed());
        for (var call : List.<org.junit.jupiter.api.function.Executable>of(
                () -> loop.callSoon(() -> {}),
                () -> loop.callSoonThreadSafe(() -> {}),
                () -> loop.callLater(ms(1), () -> {}),
                () -> loop.spawn(Body.returning(() -> 1)),
                () -> loop.runUntilComplete(Body.returning(() -> 1)))) {
            assertEquals("Event loop is closed", assertThrows(IllegalStateException.class, call).getMessage());
        }
    }

    @Test
    void should_fail_when_stopped_before_the_future_is_done() {
        try (var loops = new Loops()) {
            loops.loop.callSoon(loops.loop::stop);
            var refused = assertThrows(
                    IllegalStateException.class,
                    () -> loops.loop.runUntilComplete(new LoopFuture<Void>(loops.loop)));
            assertEquals("Event loop stopped before Future completed.", refused.getMessage());
        }
    }

    @Test
    void should_cancel_and_await_the_remaining_tasks_when_the_run_ends() {
        List<Task<?>> tasks = new ArrayList<>();
        EventLoop.run(Body.steps(
                x -> {
                    tasks.add(Tasks.spawn(Body.<Object>steps(
                                    y -> Tasks.sleep(Duration.ofDays(1)),
                                    y -> Tasks.sleep(ms(1)),
                                    y -> log.add("cleaned up"))
                            .catching(t -> Tasks.sleep(ms(1)))));
                    return Tasks.sleep(Duration.ZERO);
                },
                x -> null));
        assertEquals(List.of("cleaned up"), log);
        assertTrue(tasks.get(0).isDone());
    }

    @Test
    void should_report_a_failure_that_nobody_retrieved_when_closed() {
        var loops = new Loops();
        var failure = new IllegalStateException("lost");
        loops.run(Body.steps(
                x -> {
                    Tasks.spawn(Body.returning(() -> {
                        throw failure;
                    }), "careless");
                    return Tasks.sleep(ms(1));
                },
                x -> null));
        loops.close();
        assertEquals(1, loops.errors.size());
        assertSame(failure, loops.errors.get(0).exception());
        assertTrue(loops.errors.get(0).message().startsWith("Task exception was never retrieved"));
        assertTrue(loops.errors.get(0).message().contains("careless"));
    }

    @Test
    void should_report_nothing_when_the_failure_was_awaited_later() {
        var loops = new Loops();
        assertThrows(IOException.class, () -> loops.run(Body.steps(
                x -> {
                    Task<Object> task = Tasks.spawn(Body.returning(() -> {
                        throw new IOException();
                    }));
                    return Body.steps(y -> Tasks.sleep(ms(1)), y -> task, y -> y);
                },
                x -> x)));
        loops.close();
        assertEquals(List.of(), loops.errors);
    }

    @Test
    void should_hold_tasks_in_the_order_of_spawning_until_they_are_done() {
        try (var loops = new Loops()) {
            loops.run(Body.steps(
                    x -> {
                        Task<?> main = Tasks.currentTask();
                        Task<?> a = Tasks.spawn(Body.awaiting(Tasks.sleep(ms(2))));
                        Task<?> b = Tasks.spawn(Body.awaiting(Tasks.sleep(ms(1))));
                        Task<?> c = Tasks.spawn(Body.awaiting(Tasks.sleep(ms(3))));
                        assertEquals(List.of(main, a, b, c), List.copyOf(Tasks.allTasks()));
                        return Body.steps(y -> b, y -> {
                            assertEquals(List.of(main, a, c), List.copyOf(Tasks.allTasks()));
                            return Tasks.gather(a, c);
                        }, y -> y);
                    },
                    x -> null));
            assertEquals(0, loops.loop.allTasks().size());
        }
    }

    @Test
    void should_cancel_the_main_task_when_the_thread_is_interrupted() {
        Thread.currentThread().interrupt();
        var interrupt = assertThrows(
                KeyboardInterrupt.class, () -> EventLoop.run(Body.awaiting(Tasks.sleep(Duration.ofDays(1)))));
        assertTrue(interrupt.getCause() instanceof CancelledError);
        assertTrue(Thread.interrupted());
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
