package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.tests.structured.TaskGroupTest.divideAfter;
import static dev.backstitch.tests.structured.TaskGroupTest.failureOf;
import static dev.backstitch.tests.structured.TaskGroupTest.failureWhenCancelled;
import static dev.backstitch.tests.structured.TaskGroupTest.types;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.TimeoutError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups, timeouts and scopes closed by try-with-resources: what leaves the block, and where the program goes on. */
class BlocksTest {
    private final List<Object> log = new ArrayList<>();

    @Async
    private Coroutine<Void> noting(long millis, Object what) {
        await(pause(millis));
        log.add(what);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> two() {
        try (var group = TaskGroup.open()) {
            group.spawn(noting(20, "second"));
            group.spawn(noting(10, "first"));
            log.add("body");
        }
        log.add("after at " + (int) time());
        return Coroutine.done();
    }

    @Test
    void should_wait_for_the_tasks_when_the_block_ends() {
        run(this::two);
        assertEquals(List.of("body", "first", "second", "after at 20"), log);
    }

    @Async
    private Coroutine<String> returning() {
        try (var group = TaskGroup.open()) {
            group.spawn(noting(10, "task"));
            return Coroutine.of("value");
        } finally {
            log.add("finally");
        }
    }

    @Test
    void should_wait_for_the_tasks_when_the_block_returns() {
        assertEquals("value", run(this::returning));
        assertEquals(List.of("task", "finally"), log);
    }

    @Async
    private Coroutine<Void> looping() {
        for (int i = 0; i < 5; i++) {
            try (var group = TaskGroup.open()) {
                group.spawn(noting(10, i));
                if (i == 1) {
                    continue;
                }
                if (i == 2) {
                    break;
                }
                log.add("body " + i);
            }
            log.add("after " + i);
        }
        return Coroutine.done();
    }

    @Test
    void should_wait_for_the_tasks_when_the_block_is_left_by_break_or_continue() {
        run(this::looping);
        assertEquals(List.of("body 0", 0, "after 0", 1, 2), log);
    }

    @Async
    private Coroutine<Void> failing(RuntimeException failure) {
        try (var group = TaskGroup.open()) {
            group.spawn(divideAfter(10));
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                throw failure;
            }
        }
        return Coroutine.done();
    }

    @Test
    void should_throw_the_group_in_place_of_what_the_block_threw() {
        var own = new IllegalArgumentException();
        Throwable failure = run(() -> failureOf(failing(own)));
        assertEquals(List.of(ArithmeticException.class, IllegalArgumentException.class), types(failure));
        assertSame(own, ((ExceptionGroup) failure).exceptions().get(1));
        assertEquals(0, own.getSuppressed().length);
    }

    @Async
    private Coroutine<Void> cancelled() {
        try (var group = TaskGroup.open()) {
            group.spawn(noting(1000, "never"));
            await(pause(1000));
        } catch (CancelledError e) {
            log.add(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Test
    void should_let_the_cancellation_itself_through() {
        Throwable failure = run(() -> failureWhenCancelled(cancelled(), 10));
        assertSame(log.get(0), failure);
        assertEquals(0, failure.getSuppressed().length);
    }

    @Async
    private Coroutine<Integer> movingOn() {
        int steps = 0;
        try (var scope = CancelScope.moveOnAfter(millis(25))) {
            while (steps < 100) {
                await(pause(10));
                steps++;
            }
        }
        log.add("after at " + (int) time());
        return Coroutine.of(steps);
    }

    @Test
    void should_go_on_after_the_block_when_the_scope_swallows() {
        assertEquals(2, run(this::movingOn));
        assertEquals(List.of("after at 25"), log);
    }

    @Async
    private Coroutine<Void> failingLate() {
        try (var scope = CancelScope.failAfter(millis(25))) {
            scope.spawn(noting(10, "in time"));
            scope.spawn(noting(1000, "late"));
        } finally {
            log.add("finally");
        }
        return Coroutine.done();
    }

    @Test
    void should_throw_a_timeout_in_place_of_the_cancellation() {
        Throwable failure = run(() -> failureOf(failingLate()));
        assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, failure).getCause());
        assertEquals(List.of("in time", "finally"), log);
    }

    @Async
    private Coroutine<Void> both() {
        try (var limit = timeout(millis(10)); var group = TaskGroup.open()) {
            group.spawn(noting(5, "in time"));
            group.spawn(noting(1000, "late"));
        }
        return Coroutine.done();
    }

    @Test
    void should_end_several_resources_in_reverse_order() {
        assertInstanceOf(TimeoutError.class, run(() -> failureOf(both())));
        assertEquals(List.of("in time"), log);
    }

    @Async
    private Coroutine<Void> nested() {
        try (var outer = CancelScope.moveOnAfter(millis(30))) {
            for (int i = 0; i < 10; i++) {
                try (var inner = CancelScope.moveOnAfter(millis(12))) {
                    await(pause(1000));
                }
                log.add("moved on at " + (int) time());
            }
        }
        log.add("out at " + (int) time());
        return Coroutine.done();
    }

    @Test
    void should_swallow_at_the_scope_that_is_cancelled() {
        run(this::nested);
        assertEquals(List.of("moved on at 12", "moved on at 24", "out at 30"), log);
    }

    @Async
    private Coroutine<Void> shielding() {
        try (var scope = CancelScope.moveOnAfter(millis(10))) {
            try {
                await(pause(1000));
            } finally {
                try (var shield = CancelScope.moveOnAfter(millis(50)).shield()) {
                    await(noting(20, "cleaned"));
                }
            }
        }
        log.add("out at " + (int) time());
        return Coroutine.done();
    }

    @Test
    void should_clean_up_in_a_shield() {
        run(this::shielding);
        assertEquals(List.of("cleaned", "out at 30"), log);
    }
}
