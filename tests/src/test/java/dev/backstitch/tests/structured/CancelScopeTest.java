package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.tests.structured.TaskGroupTest.failureOf;
import static dev.backstitch.tests.structured.TaskGroupTest.failureWhenCancelled;
import static dev.backstitch.tests.structured.TaskGroupTest.types;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Timeout;
import dev.backstitch.loop.TimeoutError;
import dev.backstitch.sync.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Level-triggered cancellation: scopes, their tasks, and how both get on with counts, timeouts and groups. */
class CancelScopeTest {
    private final List<Object> log = new ArrayList<>();

    private static CancelScope moveOn() {
        return CancelScope.moveOnAfter(millis(10));
    }

    private static CancelScope fail() {
        return CancelScope.failAfter(millis(10));
    }

    /** Sleeps, and answers {@code times} cancellations with another sleep. */
    @Async
    private Coroutine<Void> stubborn(int times) {
        for (int i = 0; i < times; i++) {
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                log.add("swallowed at " + (int) time());
            }
        }
        await(pause(1000));
        log.add("never");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> sleeping(long millis) {
        try {
            await(pause(millis));
            log.add("slept");
        } finally {
            log.add("ended at " + (int) time());
        }
        return Coroutine.done();
    }

    // ---------------------------------------------------------------- deadlines

    @Test
    void should_move_on_when_the_deadline_is_over() {
        run(() -> {
            List<CancelScope> scopes = new ArrayList<>();
            assertNull(await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                scopes.add(scope);
                await(pause(1000));
                return Coroutine.of("late");
            })));
            assertEquals(10, time());
            assertTrue(scopes.get(0).cancelledCaught() && scopes.get(0).isCancelled());
            await(pause(5)); // outside, nothing is cancelled
            return Coroutine.done();
        });
    }

    @Test
    void should_fail_when_the_deadline_is_over() {
        Throwable failure = run(() -> failureOf(CancelScope.run(CancelScopeTest::fail, scope -> {
            await(pause(1000));
            return Coroutine.done();
        })));
        var cause = assertInstanceOf(CancelledError.class, assertInstanceOf(TimeoutError.class, failure).getCause());
        assertEquals("the deadline of a scope was over", cause.request().reason());
    }

    @Test
    void should_take_the_deadline_as_a_time_of_the_clock() {
        run(() -> {
            long start = EventLoop.current().time();
            assertNull(await(CancelScope.run(
                    () -> CancelScope.moveOnAt(start + millis(10).toNanos()), scope -> {
                        assertFalse(scope.isShielded());
                        await(pause(1000));
                        return Coroutine.of("late");
                    })));
            assertEquals(10, time());
            assertInstanceOf(TimeoutError.class, await(failureOf(CancelScope.run(
                    () -> CancelScope.failAt(start + millis(30).toNanos()).shield(), scope -> {
                        assertTrue(scope.isShielded());
                        await(pause(1000));
                        return Coroutine.done();
                    }))));
            assertEquals(30, time());
            return Coroutine.done();
        });
    }

    @Test
    void should_do_nothing_when_the_block_ends_in_time() {
        run(() -> {
            List<CancelScope> scopes = new ArrayList<>();
            assertEquals("in time", await(CancelScope.run(CancelScopeTest::fail, scope -> {
                scopes.add(scope);
                await(pause(9));
                return Coroutine.of("in time");
            })));
            await(pause(100));
            assertFalse(scopes.get(0).isCancelled() || scopes.get(0).cancelledCaught());
            return Coroutine.done();
        });
    }

    @Test
    void should_cancel_nothing_when_the_block_never_waits() {
        run(() -> CancelScope.run(() -> CancelScope.failAfter(Duration.ZERO), scope -> {
            assertTrue(scope.isCancelled());
            LoopFuture<Integer> done = new LoopFuture<>(EventLoop.current());
            done.complete(1);
            assertEquals(1, await(done));
            return Coroutine.done();
        }));
    }

    @Test
    void should_follow_a_deadline_that_is_moved() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                scope.setDeadline(Timeout.NEVER);
                await(pause(100));
                scope.setDeadline(EventLoop.current().time() + 50_000_000);
                await(pause(1000));
                log.add("never");
                return Coroutine.done();
            }));
            assertEquals(150, time());
            return Coroutine.done();
        });
        assertEquals(List.of(), log);
    }

    @Test
    void should_tell_the_deadline_that_reaches_the_task() {
        run(() -> {
            assertEquals(Timeout.NEVER, CancelScope.currentDeadline());
            await(CancelScope.run(CancelScopeTest::moveOn, outer -> {
                await(CancelScope.run(() -> CancelScope.moveOnAfter(millis(20)), inner -> {
                    assertEquals(10_000_000, CancelScope.currentDeadline());
                    inner.shield();
                    assertEquals(20_000_000, CancelScope.currentDeadline());
                    return Coroutine.done();
                }));
                outer.cancel();
                assertEquals(Long.MIN_VALUE, CancelScope.currentDeadline());
                return Coroutine.done();
            }));
            return Coroutine.done();
        });
    }

    // ---------------------------------------------------------------- every await

    @Test
    void should_throw_at_every_await_until_the_block_has_ended() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> stubborn(3)));
            assertEquals(10, time());
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10", "swallowed at 10", "swallowed at 10"), log);
    }

    @Test
    void should_throw_at_a_sleep_of_no_time() {
        run(() -> CancelScope.run(CancelScope::open, scope -> {
            scope.cancel();
            try {
                await(sleep(Duration.ZERO));
                log.add("slept");
            } catch (CancelledError e) {
                log.add("thrown");
            }
            await(sleep(Duration.ZERO));
            log.add("never");
            return Coroutine.done();
        }));
        assertEquals(List.of("thrown"), log);
    }

    @Test
    void should_carry_the_reason() {
        run(() -> CancelScope.run(CancelScope::open, scope -> {
            scope.cancel("enough");
            try {
                await(pause(10));
            } catch (CancelledError e) {
                log.add(e.getMessage());
                log.add(e.request().by().startsWith("task "));
            }
            return Coroutine.done();
        }));
        assertEquals(List.of("enough", true), log);
    }

    /** Unlike {@link Task#cancel}, which loses it. */
    @Test
    void should_not_lose_a_result_that_has_arrived() {
        run(() -> CancelScope.run(CancelScope::open, scope -> {
            LoopFuture<String> future = new LoopFuture<>(EventLoop.current());
            EventLoop.current().callSoon(() -> {
                future.complete("arrived");
                scope.cancel();
            });
            log.add(await(future));
            await(pause(1));
            log.add("never");
            return Coroutine.done();
        }));
        assertEquals(List.of("arrived"), log);
    }

    @Test
    void should_swallow_nothing_but_cancellations() {
        var failure = new IllegalArgumentException();
        assertSame(failure, run(() -> failureOf(CancelScope.run(CancelScopeTest::fail, scope -> {
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                throw failure;
            }
            return Coroutine.done();
        }))));
    }

    @Test
    void should_let_the_cancellation_of_something_awaited_through_when_it_is_not_cancelled() {
        assertInstanceOf(CancelledError.class, run(() -> failureOf(CancelScope.run(CancelScope::open, scope -> {
            LoopFuture<Void> future = new LoopFuture<>(EventLoop.current());
            EventLoop.current().callSoon(future::cancel);
            await(future);
            return Coroutine.done();
        }))));
    }

    // ---------------------------------------------------------------- scopes in scopes

    @Test
    void should_go_through_the_inner_scope_when_the_outer_is_cancelled() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, outer -> {
                await(CancelScope.run(() -> CancelScope.moveOnAfter(millis(500)), inner -> stubborn(1)));
                log.add("never");
                return Coroutine.done();
            }));
            log.add("outside");
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10", "outside"), log);
    }

    @Test
    void should_go_on_after_the_inner_scope_when_only_that_is_cancelled() {
        run(() -> CancelScope.run(() -> CancelScope.moveOnAfter(millis(500)), outer -> {
            await(CancelScope.run(CancelScopeTest::moveOn, inner -> stubborn(1)));
            await(pause(100));
            assertEquals(110, time());
            assertFalse(outer.isCancelled());
            return Coroutine.done();
        }));
    }

    @Test
    void should_let_the_outer_scope_take_it_when_both_are_cancelled() {
        run(() -> {
            List<CancelScope> scopes = new ArrayList<>();
            await(CancelScope.run(CancelScopeTest::moveOn, outer -> {
                scopes.add(outer);
                await(CancelScope.run(CancelScopeTest::fail, inner -> {
                    scopes.add(inner);
                    return stubborn(1);
                }));
                log.add("never");
                return Coroutine.done();
            }));
            assertTrue(scopes.get(0).cancelledCaught());
            assertFalse(scopes.get(1).cancelledCaught());
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10"), log);
    }

    @Test
    void should_refuse_to_end_before_a_scope_inside_it() {
        run(() -> {
            CancelScope outer = CancelScope.open();
            CancelScope inner = CancelScope.open();
            assertThrows(IllegalStateException.class, () -> {
                throw new AssertionError(outer.exit(null));
            });
            assertEquals(false, await(inner.exit(null)));
            assertThrows(IllegalStateException.class, () -> {
                throw new AssertionError(inner.exit(null));
            });
            return Coroutine.done();
        });
    }

    @Test
    void should_refuse_to_open_outside_of_a_task() {
        assertThrows(IllegalStateException.class, CancelScope::open);
    }

    // ---------------------------------------------------------------- shields

    @Async
    private Coroutine<Void> cleaning() {
        try {
            await(pause(1000));
        } finally {
            await(CancelScope.run(() -> CancelScope.moveOnAfter(millis(50)).shield(), scope -> {
                await(pause(20));
                log.add("cleaned at " + (int) time());
                return Coroutine.done();
            }));
        }
        return Coroutine.done();
    }

    @Test
    void should_wait_inside_a_shield_when_the_scope_around_it_is_cancelled() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> cleaning()));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(List.of("cleaned at 30"), log);
    }

    @Test
    void should_be_cancelled_again_when_the_shield_has_ended() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, outer -> {
                await(CancelScope.run(() -> CancelScope.open().shield(), inner -> sleeping(30)));
                log.add("after the shield");
                await(pause(1));
                log.add("never");
                return Coroutine.done();
            }));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(List.of("slept", "ended at 30", "after the shield"), log);
    }

    @Test
    void should_cancel_a_shielded_scope_by_its_own_deadline() {
        run(() -> CancelScope.run(CancelScope::open, outer -> {
            await(CancelScope.run(() -> CancelScope.moveOnAfter(millis(10)).shield(), inner -> stubborn(1)));
            await(pause(1));
            log.add("goes on");
            return Coroutine.done();
        }));
        assertEquals(List.of("swallowed at 10", "goes on"), log);
    }

    // ---------------------------------------------------------------- Task.cancel and timeouts

    @Test
    void should_let_the_cancellation_of_the_task_through() {
        Throwable failure = run(() -> failureWhenCancelled(CancelScope.run(CancelScope::open, s -> stubborn(0)), 5));
        assertInstanceOf(CancelledError.class, failure);
    }

    @Async
    private Coroutine<Void> cancelledTwice(List<Integer> counts) {
        await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                Tasks.currentTask().cancel("from outside");
                counts.add(Tasks.currentTask().cancelling());
                throw e;
            }
            return Coroutine.done();
        }));
        log.add("never");
        return Coroutine.done();
    }

    @Test
    void should_swallow_nothing_when_the_task_is_cancelled_too() {
        List<Integer> counts = new ArrayList<>();
        assertInstanceOf(CancelledError.class, run(() -> failureOf(cancelledTwice(counts))));
        assertEquals(List.of(1), counts); // a scope is not counted
        assertEquals(List.of(), log);
    }

    @Test
    void should_swallow_its_own_cancellation_when_an_earlier_one_of_the_task_was_ignored() {
        run(() -> {
            Tasks.currentTask().cancel();
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                log.add("ignored");
            }
            assertEquals(1, Tasks.currentTask().cancelling());
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> stubborn(1)));
            assertEquals(10, time());
            Tasks.currentTask().uncancel();
            return Coroutine.done();
        });
        assertEquals(List.of("ignored", "swallowed at 10"), log);
    }

    @Test
    void should_win_over_a_timeout_inside_it() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> timeout(millis(10), () -> sleeping(1000))));
            log.add("moved on");
            return Coroutine.done();
        });
        assertEquals(List.of("ended at 10", "moved on"), log);
    }

    @Test
    void should_let_a_timeout_around_it_win() {
        assertInstanceOf(TimeoutError.class, run(() -> failureOf(
                timeout(millis(10), () -> CancelScope.run(CancelScope::open, scope -> sleeping(1000))))));
        log.clear();
        run(() -> {
            await(timeout(millis(100), () -> CancelScope.run(CancelScopeTest::moveOn, scope -> stubborn(1))));
            assertEquals(10, time());
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10"), log);
    }

    @Test
    void should_let_a_timeout_inside_a_shield_speak() {
        run(() -> CancelScope.run(CancelScopeTest::moveOn, outer -> {
            await(CancelScope.run(() -> CancelScope.open().shield(), shield -> {
                Throwable failure = await(failureInPlace(timeout(millis(20), () -> sleeping(1000))));
                log.add(failure.getClass());
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));
        assertEquals(List.of("ended at 20", TimeoutError.class), log);
    }

    @Async
    private static Coroutine<Throwable> failureInPlace(Coroutine<?> body) {
        try {
            await(body);
        } catch (Throwable t) {
            return Coroutine.of(t);
        }
        throw new AssertionError("it did not fail");
    }

    // ---------------------------------------------------------------- tasks

    @Test
    void should_wait_for_its_tasks() {
        run(() -> {
            await(CancelScope.run(CancelScope::open, scope -> {
                scope.spawn(sleeping(10));
                scope.spawn(sleeping(20), "second");
                scope.spawn(pause(30));
                return Coroutine.done();
            }));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(List.of("slept", "ended at 10", "slept", "ended at 20"), log);
    }

    @Test
    void should_cancel_its_tasks_at_every_await_when_the_deadline_is_over() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                scope.spawn(stubborn(2));
                scope.spawn(cleaning());
                return Coroutine.done();
            }));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10", "swallowed at 10", "cleaned at 30"), log);
    }

    @Test
    void should_fail_when_its_tasks_are_late() {
        Throwable failure = run(() -> failureOf(CancelScope.run(CancelScopeTest::fail, scope -> {
            scope.spawn(sleeping(1000));
            return Coroutine.done();
        })));
        assertInstanceOf(TimeoutError.class, failure);
        assertEquals(List.of("ended at 10"), log);
    }

    @Async
    private static Coroutine<Void> failing(long millis) {
        await(pause(millis));
        throw new IllegalArgumentException();
    }

    @Test
    void should_cancel_all_and_throw_a_group_when_a_task_fails() {
        Throwable failure = run(() -> failureOf(CancelScope.run(CancelScope::open, scope -> {
            scope.spawn(failing(10), "culprit");
            scope.spawn(stubborn(2));
            return stubborn(2);
        })));
        assertEquals(List.of(IllegalArgumentException.class), types(failure));
        assertEquals(4, log.size());
        assertFalse(log.contains("never"));
    }

    @Test
    void should_let_the_shield_of_a_task_hold_when_another_fails() {
        Throwable failure = run(() -> failureOf(CancelScope.run(CancelScope::open, scope -> {
            scope.spawn(failing(10));
            scope.spawn(cleaning());
            return Coroutine.done();
        })));
        assertEquals(List.of(IllegalArgumentException.class), types(failure));
        assertEquals(List.of("cleaned at 30"), log);
    }

    @Test
    void should_throw_the_group_when_tasks_fail_after_the_deadline() {
        Throwable failure = run(() -> failureOf(CancelScope.run(CancelScopeTest::fail, scope -> {
            scope.spawn(TaskGroupTest.crashingAtTheEnd());
            await(pause(1000));
            return Coroutine.done();
        })));
        assertEquals(List.of(ArithmeticException.class), types(failure));
    }

    @Test
    void should_start_a_task_in_a_cancelled_scope_and_cancel_it_at_its_first_await() {
        run(() -> CancelScope.run(CancelScope::open, scope -> {
            scope.cancel();
            Task<Void> task = scope.spawn(stubborn(1));
            log.add(task.isDone());
            return Coroutine.done();
        }));
        assertEquals(List.of(false, "swallowed at 0"), log);
    }

    @Test
    void should_refuse_a_task_when_it_has_ended() {
        run(() -> {
            List<CancelScope> scopes = new ArrayList<>();
            for (boolean before : new boolean[] {false, true}) {
                await(CancelScope.run(CancelScope::open, scope -> {
                    scopes.add(scope);
                    if (before) {
                        scope.spawn(pause(1));
                    }
                    return Coroutine.done();
                }));
            }
            for (CancelScope scope : scopes) {
                Coroutine<Void> late = sleeping(1);
                assertThrows(IllegalStateException.class, () -> scope.spawn(late));
                assertEquals("CLOSED", late.state().toString());
            }
            return Coroutine.done();
        });
    }

    @Test
    void should_end_only_the_wait_for_a_task_that_belongs_to_a_scope() {
        run(() -> CancelScope.run(CancelScope::open, outer -> {
            Task<Void> cleaner = outer.spawn(sleeping(50));
            await(CancelScope.run(CancelScopeTest::moveOn, inner -> {
                await(cleaner);
                log.add("never");
                return Coroutine.done();
            }));
            log.add("moved on at " + (int) time());
            return Coroutine.done();
        }));
        assertEquals(List.of("moved on at 10", "slept", "ended at 50"), log);
    }

    @Test
    void should_cancel_a_task_that_is_awaited_and_belongs_to_no_scope() {
        run(() -> {
            Task<Void> task = spawn(sleeping(50));
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                await(task);
                return Coroutine.done();
            }));
            assertTrue(task.isCancelled());
            return Coroutine.done();
        });
        assertEquals(List.of("ended at 10"), log);
    }

    @Test
    void should_cancel_a_gathering_and_its_children() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                await(Tasks.gather(sleeping(1000), sleeping(2000)));
                return Coroutine.done();
            }));
            await(turns(3));
            return Coroutine.done();
        });
        assertEquals(List.of("ended at 10", "ended at 10"), log);
    }

    @Test
    void should_leave_a_task_alone_that_was_spawned_without_it() {
        run(() -> {
            List<Task<Void>> tasks = new ArrayList<>();
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                tasks.add(spawn(sleeping(20)));
                await(pause(1000));
                return Coroutine.done();
            }));
            await(tasks.get(0));
            return Coroutine.done();
        });
        assertEquals(List.of("slept", "ended at 20"), log);
    }

    // ---------------------------------------------------------------- groups

    @Test
    void should_cancel_the_tasks_of_a_group_inside_it_at_every_await() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> TaskGroup.run(group -> {
                group.spawn(stubborn(2));
                group.spawn(cleaning());
                return stubborn(1);
            })));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(
                List.of("swallowed at 10", "swallowed at 10", "swallowed at 10", "cleaned at 30"), log);
    }

    @Test
    void should_end_a_group_that_only_waits_for_its_tasks() {
        run(() -> {
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                await(TaskGroup.run(group -> {
                    group.spawn(cleaning());
                    return Coroutine.done();
                }));
                log.add("never");
                return Coroutine.done();
            }));
            assertEquals(30, time());
            return Coroutine.done();
        });
        assertEquals(List.of("cleaned at 30"), log);
    }

    @Test
    void should_go_on_in_the_scope_when_a_group_inside_it_has_failed() {
        run(() -> CancelScope.run(CancelScope::open, scope -> {
            Throwable failure = await(failureInPlace(TaskGroup.run(group -> {
                group.spawn(failing(10));
                group.spawn(cleaning());
                return stubborn(2);
            })));
            assertEquals(List.of(IllegalArgumentException.class), types(failure));
            await(pause(10));
            assertFalse(scope.isCancelled());
            assertEquals(0, Tasks.currentTask().cancelling());
            return Coroutine.done();
        }));
        assertEquals(List.of("swallowed at 10", "swallowed at 10", "cleaned at 30"), log);
    }

    @Async
    private Coroutine<Void> groupInAScope() {
        await(CancelScope.run(CancelScope::open, scope -> TaskGroup.run(group -> {
            group.spawn(cleaning());
            return Coroutine.done();
        })));
        log.add("never");
        return Coroutine.done();
    }

    @Test
    void should_let_the_cancellation_of_the_task_through_a_group_inside_it() {
        assertInstanceOf(CancelledError.class, run(() -> failureWhenCancelled(groupInAScope(), 10)));
        assertEquals(List.of("cleaned at 30"), log);
    }

    // ---------------------------------------------------------------- eager tasks and locks

    @Async
    private Coroutine<Void> opensAScopeAtOnce() {
        await(CancelScope.run(() -> CancelScope.moveOnAfter(millis(500)), own -> stubborn(1)));
        log.add("never");
        return Coroutine.done();
    }

    @Test
    void should_reach_the_scopes_that_an_eager_task_has_opened_on_its_first_run() {
        run(() -> {
            EventLoop.current().setEagerTasks(true);
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                scope.spawn(opensAScopeAtOnce());
                assertEquals("1", scope.spawn(Coroutine.of("1")).result());
                return Coroutine.done();
            }));
            assertEquals(10, time());
            return Coroutine.done();
        });
        assertEquals(List.of("swallowed at 10"), log);
    }

    @Async
    private Coroutine<Void> holds(Condition condition, long millis) {
        await(condition.acquire());
        await(pause(millis));
        condition.release();
        return Coroutine.done();
    }

    /** L13: a cancelled waiter has the lock again when it ends; in a cancelled scope too, and without being asked at every turn. */
    @Test
    void should_let_a_condition_take_its_lock_again() {
        run(() -> {
            var condition = new Condition();
            List<Task<Void>> holder = new ArrayList<>();
            await(CancelScope.run(CancelScopeTest::moveOn, scope -> {
                await(condition.acquire());
                holder.add(spawn(holds(condition, 100)));
                try {
                    await(condition.waitForSignal());
                    log.add("never");
                } finally {
                    log.add((int) time() + " " + condition.isLocked() + " " + holder.get(0).isDone());
                    condition.release();
                }
                return Coroutine.done();
            }));
            assertFalse(condition.isLocked());
            return Coroutine.done();
        });
        assertEquals(List.of("100 true true"), log);
    }

    // ---------------------------------------------------------------- other threads

    @Test
    void should_be_cancelled_by_another_thread() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (var loop = new EventLoop()) {
            loop.runUntilComplete(CancelScope.run(CancelScope::open, scope -> {
                var thread = new Thread(() -> scope.cancel("from elsewhere"));
                threads.add(thread);
                thread.start();
                try {
                    await(sleep(Duration.ofDays(1)));
                } catch (CancelledError e) {
                    log.add(e.getMessage());
                }
                return Coroutine.done();
            }));
        }
        threads.get(0).join();
        assertEquals(List.of("from elsewhere"), log);
    }
}
