package dev.backstitch.tests.loop;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of cancellation, L6. */
class CancellationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Loops loops = new Loops();
    private final List<Object> log = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    /** Runs a few turns, in which nothing but {@code then} happens after the first. */
    private void turns(int count, Runnable then) {
        loops.run(Body.steps(
                x -> Body.Yield.NOTHING,
                x -> {
                    then.run();
                    return repeat(count);
                },
                x -> null));
    }

    private static Coroutine<Object> repeat(int count) {
        return count == 0 ? Body.returning(() -> null) : Body.steps(x -> Body.Yield.NOTHING, x -> repeat(count - 1), x -> x);
    }

    @Test
    void should_never_run_the_body_when_cancelled_before_the_first_step() {
        Task<Object> task = loops.loop.spawn(Body.returning(() -> log.add("ran")));
        assertTrue(task.cancel());
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(task));
        assertEquals(List.of(), log);
        assertTrue(task.isCancelled());
        assertFalse(task.cancel());
    }

    @Test
    void should_carry_the_message() {
        Task<Object> task = loops.loop.spawn(Body.awaiting(Tasks.sleep(SECOND)));
        turns(2, () -> task.cancel("enough"));
        assertEquals("enough", assertThrows(CancelledError.class, task::result).getMessage());
        assertEquals("enough", assertThrows(CancelledError.class, task::exception).getMessage());
    }

    @Test
    void should_cancel_the_task_although_its_body_returned_when_asked_for_in_the_last_step() {
        Task<Object> task = loops.loop.spawn(Body.returning(() -> {
            Tasks.currentTask().cancel();
            return 5;
        }));
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(task));
    }

    @Test
    void should_cancel_what_a_task_awaits_next_when_it_cancels_itself() {
        var future = new LoopFuture<Object>(loops.loop);
        Task<Object> task = loops.loop.spawn(Body.steps(
                x -> {
                    Tasks.currentTask().cancel();
                    return future;
                },
                x -> x));
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(task));
        assertTrue(future.isCancelled());
    }

    @Test
    void should_lose_the_result_when_cancelled_between_completion_and_wake_up() {
        var future = new LoopFuture<Object>(loops.loop);
        Task<Object> task = loops.loop.spawn(Body.awaiting(future));
        turns(2, () -> {
            future.complete(5);
            assertTrue(task.cancel());
        });
        assertTrue(task.isCancelled());
        assertEquals(5, future.result());
    }

    @Test
    void should_go_on_and_keep_the_count_when_the_body_swallows_it() {
        Task<Object> task = loops.loop.spawn(Body.steps(x -> Tasks.sleep(SECOND), x -> Tasks.sleep(SECOND), x -> "result")
                .catching(t -> {
                    log.add(t.getClass());
                    return Tasks.sleep(SECOND);
                }));
        turns(2, task::cancel);
        assertEquals("result", loops.loop.runUntilComplete(task));
        assertEquals(List.of(CancelledError.class), log);
        assertEquals(1, task.cancelling());
    }

    @Test
    void should_count_requests_and_take_them_back() {
        Task<Object> task = loops.loop.spawn(Body.returning(() -> 5));
        task.cancel();
        task.cancel();
        assertEquals(2, task.cancelling());
        assertEquals(1, task.uncancel());
        assertEquals(0, task.uncancel());
        assertEquals(0, task.uncancel());
        assertEquals(5, loops.loop.runUntilComplete(task)); // at 0 the request that was not delivered is forgotten
    }

    @Test
    void should_go_down_the_chain_of_tasks_to_the_innermost() {
        Task<Object> inner = loops.loop.spawn(Body.<Object>awaiting(Tasks.sleep(SECOND)).catching(t -> {
            log.add("inner");
            throw t;
        }));
        Task<Object> middle = loops.loop.spawn(Body.<Object>awaiting(inner).catching(t -> {
            log.add("middle");
            throw t;
        }));
        Task<Object> outer = loops.loop.spawn(Body.awaiting(middle));
        turns(5, () -> outer.cancel("why"));
        assertEquals(List.of("inner", "middle"), log);
        assertTrue(inner.isCancelled() && middle.isCancelled() && outer.isCancelled());
        assertEquals(1, inner.cancelling());
        assertEquals("why", assertThrows(CancelledError.class, inner::result).getMessage());
    }

    @Test
    void should_deliver_the_value_when_the_inner_task_swallows_it() {
        Task<Object> inner = loops.loop.spawn(Body.awaiting(Tasks.sleep(SECOND)).catching(t -> 7));
        Task<Object> outer = loops.loop.spawn(Body.awaiting(inner));
        turns(5, outer::cancel);
        assertEquals(7, outer.result());
    }

    @Test
    void should_use_no_stack_when_the_chain_is_long() {
        Task<Object> task = loops.loop.spawn(Body.awaiting(Tasks.sleep(SECOND)));
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Task<Object> inner = task;
            task = loops.loop.spawn(Body.awaiting(inner));
            all.add(task);
        }
        Task<Object> outermost = task;
        turns(1, outermost::cancel);
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(outermost));
        assertTrue(all.stream().allMatch(Task::isCancelled));
    }

    @Test
    void should_cancel_the_stage_a_task_awaits_and_throw_into_the_body() {
        var stage = new CompletableFuture<Object>();
        Task<Object> task = loops.loop.spawn(Body.awaiting(stage).catching(t -> t.getClass()));
        turns(3, task::cancel);
        assertEquals(CancelledError.class, task.result());
        assertTrue(stage.isCancelled());
    }

    @Test
    void should_leave_a_stage_alone_when_it_refuses_to_be_cancelled() {
        var stage = new CompletableFuture<Object>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        var second = new LoopFuture<Object>(loops.loop);
        Task<Object> task = loops.loop.spawn(
                Body.steps(x -> stage, x -> second, x -> x).catching(t -> second));
        turns(3, task::cancel);
        turns(3, () -> stage.complete("late")); // must not wake the task, which waits for something else now
        assertFalse(task.isDone());
        turns(3, () -> second.complete("value"));
        assertEquals("value", task.result());
    }

    @Test
    void should_end_a_coroutine_that_awaits_a_future_cancelled_by_another() {
        var future = new LoopFuture<Object>(loops.loop);
        Task<Object> task = loops.loop.spawn(Body.awaiting(future));
        turns(2, () -> future.cancel("gone"));
        assertTrue(task.isCancelled());
        assertEquals(0, task.cancelling());
    }

    @Test
    void should_cancel_when_the_request_is_an_awaitable_of_requests() {
        var future = new LoopFuture<Object>(loops.loop);
        dev.backstitch.Awaitable<Object> indirect = future::requests;
        Task<Object> task = loops.loop.spawn(Body.awaiting(indirect));
        turns(2, task::cancel);
        assertTrue(task.isCancelled());
        assertTrue(future.isCancelled());
    }

    @Test
    void should_end_both_when_a_cycle_of_awaits_is_cancelled_in_the_turn_in_which_it_is_refused() {
        List<Task<Object>> tasks = new ArrayList<>();
        loops.run(Body.steps(
                x -> {
                    tasks.add(loops.loop.spawn(Body.steps(y -> tasks.get(1), y -> y)));
                    tasks.add(loops.loop.spawn(Body.steps(y -> tasks.get(0), y -> y)));
                    return Body.Yield.NOTHING;
                },
                x -> {
                    assertTrue(tasks.get(0).cancel());
                    return repeat(5);
                },
                x -> null));
        assertTrue(tasks.get(0).isCancelled());
        assertTrue(tasks.get(1).isCancelled());
    }

    /** Waits for {@code other}, and cleans up for a second. */
    @Async
    private Coroutine<Void> waitingThenCleaning(Task<?> other) {
        try {
            await(other);
        } catch (CancelledError cancelled) {
            await(CancelScope.run(() -> CancelScope.open().shield(), shield -> {
                long before = loops.loop.time();
                await(Tasks.sleep(SECOND));
                log.add(loops.loop.time() - before);
                return Coroutine.done();
            }));
            throw cancelled;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> inTwoScopes(List<CancelScope> scopes, Task<?> other) {
        await(CancelScope.run(CancelScope::open, outer -> {
            scopes.add(outer);
            await(CancelScope.run(CancelScope::open, inner -> {
                scopes.add(inner);
                await(waitingThenCleaning(other));
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> inScope() {
        await(CancelScope.run(CancelScope::open, scope -> {
            await(Tasks.sleep(SECOND.multipliedBy(3)));
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Test
    void should_clean_up_in_peace_when_two_scopes_around_are_cancelled_in_one_turn() {
        List<CancelScope> scopes = new ArrayList<>();
        Task<Void> other = loops.loop.spawn(inScope());
        Task<Void> task = loops.loop.spawn(inTwoScopes(scopes, other));
        turns(4, () -> {
            scopes.get(0).cancel();
            scopes.get(1).cancel();
        });
        loops.loop.runUntilComplete(task);
        assertEquals(List.of(SECOND.toNanos()), log);
        loops.loop.runUntilComplete(other);
    }

    @Test
    void should_throw_once_when_what_refuses_is_cancelled_twice_and_awaited_again() {
        var stubborn = new CompletableFuture<Object>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        Task<Object> task = loops.loop.spawn(Body.steps(x -> stubborn, x -> x, x -> x).catching(t -> {
            log.add(t.getClass());
            return stubborn;
        }));
        turns(4, () -> {
            task.cancel();
            task.cancel();
        });
        assertFalse(task.isDone());
        stubborn.complete(5);
        assertEquals(5, loops.loop.runUntilComplete(task));
        assertEquals(List.of(CancelledError.class), log);
    }
}
