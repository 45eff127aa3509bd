package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code timeout} (L7), {@code waitFor} (L8) and {@code shield} (L10). */
class LimitsTest {
    private final Loops loops = new Loops();
    private final List<Object> log = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Coroutine<Object> slow(long millis) {
        return Body.steps(x -> Tasks.sleep(ms(millis)), x -> "slow");
    }

    @Test
    void should_give_the_result_when_in_time() {
        assertEquals("slow", loops.run(Tasks.timeout(ms(10), () -> slow(5))));
        assertEquals("slow", loops.run(Tasks.waitFor(slow(5), ms(10))));
        assertEquals(0, loops.errors.size());
    }

    @Test
    void should_fail_with_a_timeout_when_late_and_leave_no_count_behind() {
        loops.run(Body.steps(x -> Tasks.timeout(ms(5), () -> slow(10)), x -> log.add("in time"))
                .catching(t -> {
                    assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, t).getCause());
                    assertEquals(0, Tasks.currentTask().cancelling());
                    log.add("late");
                    return null;
                }));
        assertEquals(List.of("late"), log);
    }

    @Test
    void should_let_the_failure_of_the_body_pass() {
        var failure = new IOException();
        assertSame(failure, assertThrows(IOException.class, () -> loops.run(Tasks.timeout(ms(5), () -> {
            return Body.returning(() -> {
                throw failure;
            });
        }))));
    }

    @Test
    void should_expire_outermost_when_nested_timeouts_expire_together() {
        Coroutine<Object> inner = Body.<Object>steps(x -> Tasks.timeout(ms(5), () -> slow(10)), x -> x)
                .catching(t -> {
                    log.add(t.getClass());
                    throw t;
                });
        assertThrows(TimeoutError.class, () -> loops.run(Tasks.timeout(ms(5), () -> inner)));
        assertEquals(List.of(CancelledError.class), log);
    }

    @Test
    void should_pass_the_cancellation_when_the_task_is_cancelled_by_another_at_the_same_time() {
        Task<Object> task = loops.loop.spawn(Tasks.timeout(ms(5), () -> slow(10)));
        loops.loop.callLater(ms(5), task::cancel);
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(task));
        assertEquals(1, task.cancelling());
    }

    @Test
    void should_wait_for_the_end_of_what_is_cancelled_for_being_late() {
        Task<Object> task = loops.loop.spawn(Body.steps(x -> Tasks.sleep(ms(10)), x -> Tasks.sleep(ms(20)), x -> "saved")
                .catching(t -> Tasks.sleep(ms(20))));
        assertEquals("saved", loops.run(Tasks.waitFor(task, ms(5))));
        assertEquals(ms(25).toNanos(), loops.loop.time());
    }

    @Test
    void should_not_start_a_coroutine_when_it_is_given_no_time() {
        Coroutine<Object> never = Body.returning(() -> log.add("ran"));
        assertThrows(TimeoutError.class, () -> loops.run(Tasks.waitFor(never, Duration.ZERO)));
        assertEquals(List.of(), log);
    }

    @Test
    void should_give_the_result_of_something_done_when_given_no_time() {
        assertEquals(5, loops.run(Tasks.waitFor(Task.of(5), Duration.ZERO)));
    }

    @Test
    void should_refuse_a_timeout_outside_a_task() {
        Coroutine<Object> timeout = Tasks.timeout(ms(1), () -> slow(1));
        var refused = new Throwable[1];
        loops.loop.callSoon(() -> refused[0] = assertThrows(IllegalStateException.class, () -> timeout.send(null)));
        loops.run(slow(1));
        assertEquals("Timeout should be used inside a task", refused[0].getMessage());
    }

    @Test
    void should_keep_the_inner_task_running_when_the_shield_is_cancelled() {
        Task<Object> inner = loops.loop.spawn(slow(10));
        Task<Object> outer = loops.loop.spawn(Body.steps(x -> Tasks.shield(inner), x -> x));
        loops.loop.callLater(ms(1), outer::cancel);
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(outer));
        assertFalse(inner.isDone());
        assertEquals("slow", loops.loop.runUntilComplete(inner));
    }

    @Test
    void should_cancel_the_shield_when_the_inner_task_is() {
        Task<Object> inner = loops.loop.spawn(slow(10));
        Task<Object> outer = loops.loop.spawn(Body.steps(x -> Tasks.shield(inner), x -> x));
        loops.loop.callLater(ms(1), inner::cancel);
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(outer));
        assertTrue(inner.isCancelled());
    }

    @Test
    void should_report_the_late_failure_of_what_was_shielded() {
        var failure = new IOException("late");
        Coroutine<Object> inner = Body.steps(x -> Tasks.sleep(ms(5)), x -> {
            throw failure;
        });
        Task<Object> outer = loops.loop.spawn(Body.steps(x -> Tasks.shield(inner), x -> x));
        loops.loop.callLater(ms(1), outer::cancel);
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(outer));
        loops.run(slow(10));
        loops.loop.close();
        assertSame(failure, loops.errors.get(0).exception());
    }
}
