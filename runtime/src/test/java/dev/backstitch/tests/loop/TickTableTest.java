package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The tick table L5: turns of the loop from an operation to the resumption of who awaits it, as CPython 3.13 has them. */
class TickTableTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Coroutine<Integer> noop() {
        return Body.returning(() -> 5);
    }

    private static Coroutine<Void> sleeping() {
        return Body.awaiting(Tasks.sleep(SECOND));
    }

    /** Turns from the call of {@code operation} until the await of what it returns comes back, however it ends. */
    private static int ticks(Callable<?> operation) {
        return ticks(operation, null);
    }

    private static int ticks(Callable<?> operation, Class<? extends Throwable> failure) {
        try (var loops = new Loops()) {
            return loops.counting(l -> {
                int[] before = new int[1];
                return Body.<Integer>steps(
                                x -> {
                                    before[0] = l.turn();
                                    return operation.call();
                                },
                                x -> {
                                    assertEquals(null, failure, "no exception came");
                                    return l.turn() - before[0];
                                })
                        .catching(t -> {
                            if (failure == null || !failure.isInstance(t)) {
                                throw t;
                            }
                            return l.turn() - before[0];
                        });
            });
        }
    }

    /** A first part that takes any number of turns, then what is measured. */
    private static int ticksAfter(Callable<?> preparation, Callable<?> operation, Class<? extends Throwable> failure) {
        try (var loops = new Loops()) {
            return loops.counting(l -> {
                int[] before = new int[1];
                return Body.<Integer>steps(
                                x -> preparation.call(),
                                x -> {
                                    before[0] = l.turn();
                                    return operation.call();
                                },
                                x -> l.turn() - before[0])
                        .catching(t -> {
                            if (failure == null || !failure.isInstance(t)) {
                                throw t;
                            }
                            return l.turn() - before[0];
                        });
            });
        }
    }

    @Test
    void should_take_no_tick_when_a_coroutine_is_awaited() {
        assertEquals(0, ticks(TickTableTest::noop));
    }

    @Test
    void should_take_no_tick_when_what_is_awaited_is_done() {
        assertEquals(0, ticks(() -> Task.of(5)));
        assertEquals(0, ticks(() -> CompletableFuture.completedFuture(5)));
    }

    @Test
    void should_take_no_tick_when_nothing_is_gathered() {
        assertEquals(0, ticks(() -> Tasks.gather()));
        assertEquals(0, ticks(() -> Tasks.gather(Task.of(1), Task.of(2))));
    }

    @Test
    void should_take_no_tick_when_the_body_of_an_expired_timeout_does_not_await() {
        assertEquals(0, ticks(() -> Tasks.timeout(Duration.ZERO, TickTableTest::noop)));
    }

    @Test
    void should_take_one_tick_when_sleeping_for_nothing() {
        assertEquals(1, ticks(() -> Tasks.sleep(Duration.ZERO)));
        assertEquals(1, ticks(() -> Tasks.sleep(Duration.ofSeconds(-1))));
        assertEquals(1, ticks(() -> Body.Yield.NOTHING));
    }

    @Test
    void should_take_one_tick_when_an_expired_timeout_holds_a_bare_yield() {
        assertEquals(
                1,
                ticks(
                        () -> Tasks.timeout(Duration.ZERO, () -> Body.awaiting(Tasks.sleep(Duration.ZERO))),
                        TimeoutError.class));
    }

    @Test
    void should_take_one_tick_when_a_future_is_completed() {
        try (var loops = new Loops()) {
            int[] completed = new int[1];
            int resumed = loops.counting(l -> {
                var future = new LoopFuture<Integer>(l.loop);
                return Body.steps(
                        x -> {
                            l.loop.callSoon(() -> {
                                completed[0] = l.turn();
                                future.complete(1);
                            });
                            return future;
                        },
                        x -> l.turn());
            });
            assertEquals(1, resumed - completed[0]);
        }
    }

    @Test
    void should_take_two_ticks_when_a_new_task_is_awaited() {
        assertEquals(2, ticks(() -> Tasks.spawn(noop())));
    }

    @Test
    void should_take_two_ticks_when_a_task_is_waited_for_with_a_limit() {
        assertEquals(2, ticks(() -> Tasks.waitFor(Tasks.spawn(noop()), SECOND)));
    }

    @Test
    void should_take_two_ticks_when_a_sleeping_task_is_cancelled() {
        Task<?>[] task = new Task<?>[1];
        assertEquals(2, ticksAfter(() -> {
            task[0] = Tasks.spawn(sleeping());
            return Tasks.sleep(Duration.ZERO);
        }, () -> {
            task[0].cancel();
            return task[0];
        }, CancelledError.class));
    }

    @Test
    void should_take_two_ticks_when_an_expired_timeout_holds_a_sleep() {
        assertEquals(
                2, ticks(() -> Tasks.timeout(Duration.ZERO, TickTableTest::sleeping), TimeoutError.class));
    }

    @Test
    void should_take_three_ticks_when_coroutines_are_gathered() {
        assertEquals(3, ticks(() -> Tasks.gather(noop(), noop())));
    }

    @Test
    void should_take_three_ticks_when_a_coroutine_is_shielded() {
        assertEquals(3, ticks(() -> Tasks.shield(noop())));
    }

    @Test
    void should_take_three_ticks_when_a_coroutine_is_given_no_time() {
        assertEquals(3, ticks(() -> Tasks.waitFor(noop(), Duration.ZERO), TimeoutError.class));
    }

    @Test
    void should_take_three_ticks_when_a_task_that_awaits_a_sleeping_task_is_cancelled() {
        Task<?>[] task = new Task<?>[1];
        assertEquals(3, ticksAfter(() -> {
            var inner = Tasks.spawn(sleeping());
            task[0] = Tasks.spawn(Body.awaiting(inner));
            return Tasks.sleep(Duration.ZERO);
        }, () -> {
            task[0].cancel();
            return task[0];
        }, CancelledError.class));
    }
}
