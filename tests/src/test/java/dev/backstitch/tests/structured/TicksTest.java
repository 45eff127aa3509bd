package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.asCompleted;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The rows of L5, the tick table, for groups, timeouts, scopes and waits: turns of the loop until the awaiter goes on. */
class TicksTest {
    private int turn;

    private void count() {
        turn++;
        EventLoop.current().callSoon(this::count);
    }

    private int turnsOf(Supplier<Coroutine<?>> operation) {
        return run(() -> counted(operation));
    }

    @Async
    private Coroutine<Integer> counted(Supplier<Coroutine<?>> operation) {
        turn = 0;
        EventLoop.current().callSoon(this::count);
        await(pause(0));
        int start = turn;
        try {
            await(operation.get());
        } catch (TimeoutError | ExceptionGroup e) {
            return Coroutine.of(turn - start);
        }
        return Coroutine.of(turn - start);
    }

    @Async
    private static Coroutine<Void> noop() {
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> fails() {
        throw new IllegalStateException();
    }

    @Async
    private static Coroutine<Void> group(boolean task, boolean failing) {
        try (var group = TaskGroup.open()) {
            if (task) {
                group.spawn(failing ? fails() : noop());
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> limited(int millis) {
        try (var timeout = timeout(Duration.ZERO)) {
            if (millis >= 0) {
                await(pause(millis));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> scope(boolean task, int millis) {
        try (var scope = CancelScope.moveOnAfter(Duration.ZERO)) {
            if (task) {
                scope.spawn(noop());
            }
            if (millis >= 0) {
                await(pause(millis));
            }
        }
        return Coroutine.done();
    }

    @Test
    void should_take_as_many_turns_as_in_python() {
        assertEquals(0, turnsOf(() -> group(false, false)));
        assertEquals(3, turnsOf(() -> group(true, false)));
        assertEquals(3, turnsOf(() -> group(true, true)));
        assertEquals(0, turnsOf(() -> limited(-1)));
        assertEquals(1, turnsOf(() -> limited(0)));
        assertEquals(2, turnsOf(() -> limited(1)));
        assertEquals(3, turnsOf(() -> Tasks.wait(List.of(spawn(noop())))));
        assertEquals(3, turnsOf(() -> asCompleted(List.of(noop())).next()));
    }

    /** A scope is told of at once: there is no timer to wait for. */
    @Test
    void should_take_no_turn_more_when_it_is_a_scope() {
        assertEquals(0, turnsOf(() -> scope(false, -1)));
        assertEquals(1, turnsOf(() -> scope(false, 0)));
        assertEquals(1, turnsOf(() -> scope(false, 1)));
    }
}
