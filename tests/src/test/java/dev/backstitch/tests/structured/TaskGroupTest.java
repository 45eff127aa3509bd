package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Context;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** L11, with the tests of CPython's test_taskgroups.py: each names the method it comes from. */
class TaskGroupTest {
    private final List<Object> log = new ArrayList<>();

    static final class MyException extends RuntimeException {}

    static final class MyError extends Error {}

    static List<Object> types(Throwable group) {
        return assertInstanceOf(ExceptionGroup.class, group).exceptions().stream()
                .map(Throwable::getClass)
                .distinct()
                .collect(Collectors.toList());
    }

    @Async
    static Coroutine<Integer> answer(long millis, int value) {
        await(pause(millis));
        return Coroutine.of(value);
    }

    @Async
    static Coroutine<Void> divideAfter(long millis) {
        await(pause(millis));
        throw new ArithmeticException();
    }

    @Async
    static Coroutine<Void> crashAfter(long millis) {
        await(pause(millis));
        throw new IllegalArgumentException(String.valueOf(millis));
    }

    @Async
    private Coroutine<Void> noting(long millis) {
        try {
            await(pause(millis));
        } catch (CancelledError e) {
            log.add("cancelled");
            throw e;
        }
        log.add("over");
        return Coroutine.done();
    }

    /** Fails in its {@code finally}. */
    @Async
    static Coroutine<Void> crashingAtTheEnd() {
        try {
            await(pause(10_000));
        } finally {
            fail(new ArithmeticException());
        }
        return Coroutine.done();
    }

    private static void fail(RuntimeException e) {
        throw e;
    }

    private static void fail(Error e) {
        throw e;
    }

    /** The failure of a task that runs {@code body}, for which this awaits. */
    @Async
    static Coroutine<Throwable> failureOf(Coroutine<?> body) {
        Task<?> task = Tasks.spawn(body);
        try {
            await(task);
        } catch (Throwable t) {
            return Coroutine.of(t);
        }
        throw new AssertionError("it did not fail");
    }

    /** As {@link #failureOf}, of a task that is cancelled once {@code millis} have passed. */
    @Async
    static Coroutine<Throwable> failureWhenCancelled(Coroutine<?> body, long millis) {
        Task<?> task = Tasks.spawn(body);
        await(pause(millis));
        assertFalse(task.isDone());
        task.cancel();
        try {
            await(task);
        } catch (Throwable t) {
            return Coroutine.of(t);
        }
        throw new AssertionError("it did not fail");
    }

    /** test_taskgroup_01. */
    @Test
    void should_wait_for_all_tasks_when_the_body_ends() {
        List<Integer> results = run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            await(TaskGroup.run(group -> {
                tasks.add(group.spawn(answer(100, 42)));
                tasks.add(group.spawn(answer(200, 11)));
                return Coroutine.done();
            }));
            return Coroutine.of(List.of(tasks.get(0).result(), tasks.get(1).result()));
        });
        assertEquals(List.of(42, 11), results);
    }

    /** test_taskgroup_02. */
    @Test
    void should_take_tasks_when_the_body_has_waited() {
        List<Integer> results = run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            await(TaskGroup.run(group -> {
                tasks.add(group.spawn(answer(100, 42)));
                await(pause(150));
                tasks.add(group.spawn(answer(200, 11)));
                return Coroutine.done();
            }));
            return Coroutine.of(List.of(tasks.get(0).result(), tasks.get(1).result()));
        });
        assertEquals(List.of(42, 11), results);
    }

    /** test_taskgroup_03. */
    @Test
    void should_go_on_when_one_task_is_cancelled() {
        run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            await(TaskGroup.run(group -> {
                tasks.add(group.spawn(answer(1000, 42)));
                await(pause(150));
                tasks.get(0).cancel();
                tasks.add(group.spawn(answer(200, 11)));
                return Coroutine.done();
            }));
            assertTrue(tasks.get(0).isCancelled());
            assertEquals(11, tasks.get(1).result());
            return Coroutine.done();
        });
    }

    /** test_taskgroup_04. */
    @Test
    void should_cancel_the_others_when_one_fails() {
        List<Task<Void>> tasks = new ArrayList<>();
        Throwable failure = run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(divideAfter(100));
            tasks.add(group.spawn(noting(1000)));
            return Coroutine.done();
        })));
        assertEquals(List.of(ArithmeticException.class), types(failure));
        assertEquals(List.of("cancelled"), log);
        assertTrue(tasks.get(0).isCancelled());
    }

    /** test_cancel_children_on_child_error. */
    @Test
    void should_cancel_the_body_and_take_all_failures_when_children_fail() {
        Throwable failure = run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(divideAfter(100));
            group.spawn(divideAfter(100));
            group.spawn(divideAfter(100));
            group.spawn(noting(5000));
            return noting(10_000);
        })));
        assertEquals(List.of(ArithmeticException.class), types(failure));
        assertEquals(3, ((ExceptionGroup) failure).exceptions().size());
        assertEquals(List.of("cancelled", "cancelled"), log);
    }

    /** test_cancellation. */
    @Test
    void should_cancel_its_tasks_when_its_parent_is_cancelled_at_the_end() {
        Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(group -> {
            for (int i = 0; i < 5; i++) {
                group.spawn(noting(5000));
            }
            return Coroutine.done();
        }), 100));
        assertInstanceOf(CancelledError.class, failure);
        assertEquals(5, log.size());
    }

    /** test_taskgroup_07. */
    @Test
    void should_cancel_its_tasks_when_its_parent_is_cancelled_in_the_body() {
        Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(group -> {
            for (int i = 0; i < 5; i++) {
                group.spawn(noting(5000));
            }
            return noting(10_000);
        }), 100));
        assertInstanceOf(CancelledError.class, failure);
        assertEquals(6, log.size());
    }

    /** test_taskgroup_08. */
    @Test
    void should_throw_the_group_when_tasks_fail_while_the_parent_is_cancelled() {
        Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(group -> {
            for (int i = 0; i < 5; i++) {
                group.spawn(crashingAtTheEnd());
            }
            await(pause(10_000));
            return Coroutine.done();
        }), 100));
        assertEquals(List.of(ArithmeticException.class), types(failure));
        assertEquals(5, ((ExceptionGroup) failure).exceptions().size());
    }

    /** test_taskgroup_09 and _10. */
    @Test
    void should_cancel_its_tasks_when_the_body_fails() {
        for (long millis : new long[] {100, -1}) {
            List<Task<Integer>> tasks = new ArrayList<>();
            Throwable failure = run(() -> failureOf(TaskGroup.run(group -> {
                tasks.add(group.spawn(answer(1000, 42)));
                tasks.add(group.spawn(answer(2000, 11)));
                if (millis > 0) {
                    await(pause(millis));
                }
                throw new ArithmeticException();
            })));
            assertEquals(List.of(ArithmeticException.class), types(failure));
            assertTrue(tasks.get(0).isCancelled() && tasks.get(1).isCancelled());
        }
    }

    /** test_taskgroup_11 and _12. */
    @Test
    void should_nest_the_groups_of_failures_when_the_inner_group_fails_while_cancelled() {
        for (boolean sibling : new boolean[] {false, true}) {
            Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(outer -> {
                if (sibling) {
                    outer.spawn(pause(10_000));
                }
                return TaskGroup.run(inner -> {
                    for (int i = 0; i < 5; i++) {
                        inner.spawn(crashingAtTheEnd());
                    }
                    await(pause(10_000));
                    return Coroutine.done();
                });
            }), 100));
            assertEquals(List.of(ExceptionGroup.class), types(failure));
            assertEquals(List.of(ArithmeticException.class), types(((ExceptionGroup) failure).exceptions().get(0)));
        }
    }

    /** test_taskgroup_13: the outer group's failure is the only one. */
    @Test
    void should_throw_one_group_when_the_outer_groups_task_fails() {
        Throwable failure = run(() -> failureOf(TaskGroup.run(outer -> {
            outer.spawn(crashAfter(100));
            return TaskGroup.run(inner -> {
                inner.spawn(crashAfter(10_000));
                return Coroutine.done();
            });
        })));
        assertEquals(List.of(IllegalArgumentException.class), types(failure));
    }

    /** test_taskgroup_14. */
    @Test
    void should_throw_a_group_in_a_group_when_the_inner_groups_task_fails() {
        Throwable failure = run(() -> failureOf(TaskGroup.run(outer -> {
            outer.spawn(crashAfter(10_000));
            return TaskGroup.run(inner -> {
                inner.spawn(crashAfter(100));
                return Coroutine.done();
            });
        })));
        assertEquals(List.of(ExceptionGroup.class), types(failure));
        assertEquals(List.of(IllegalArgumentException.class), types(((ExceptionGroup) failure).exceptions().get(0)));
    }

    @Async
    private static Coroutine<Void> slowToEnd() {
        try {
            await(pause(10_000));
        } catch (CancelledError e) {
            await(pause(500));
            throw e;
        }
        return Coroutine.done();
    }

    private static Coroutine<Void> crashWhileTheBodyEnds() {
        return TaskGroup.run(group -> {
            group.spawn(divideAfter(300));
            return slowToEnd();
        });
    }

    @Async
    private static Coroutine<Void> inATaskOfItsOwn(Coroutine<Void> body) {
        await(Tasks.spawn(body));
        return Coroutine.done();
    }

    /** test_taskgroup_15 and _16. */
    @Test
    void should_throw_the_group_when_a_task_fails_after_the_parent_was_cancelled() {
        assertEquals(
                List.of(ArithmeticException.class),
                types(run(() -> failureWhenCancelled(crashWhileTheBodyEnds(), 100))));
        assertEquals(
                List.of(ArithmeticException.class),
                types(run(() -> failureWhenCancelled(inATaskOfItsOwn(crashWhileTheBodyEnds()), 100))));
    }

    /** test_taskgroup_17. */
    @Test
    void should_let_the_cancellation_through_when_it_has_no_tasks() {
        Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(group -> noting(10_000)), 100));
        assertInstanceOf(CancelledError.class, failure);
        assertEquals(List.of("cancelled"), log);
    }

    /** test_taskgroup_18. */
    @Test
    void should_throw_a_group_when_the_body_answers_a_cancellation_with_a_failure() {
        Throwable failure = run(() -> failureWhenCancelled(TaskGroup.run(group -> {
            try {
                await(pause(10_000));
            } catch (CancelledError e) {
                throw new MyException();
            }
            return Coroutine.done();
        }), 100));
        assertEquals(List.of(MyException.class), types(failure));
    }

    @Async
    private static Coroutine<Void> answering(RuntimeException e) {
        try {
            await(pause(10_000));
        } finally {
            fail(e);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> answeringWith(Error e) {
        try {
            await(pause(10_000));
        } finally {
            fail(e);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> erring(long millis) {
        await(pause(millis));
        throw new MyError();
    }

    /** test_taskgroup_19: in the order in which they came, the body's own last. */
    @Test
    void should_take_the_failure_of_the_body_last_when_a_task_has_failed() {
        Throwable failure = run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(divideAfter(100));
            return answering(new MyException());
        })));
        assertEquals(List.of(ArithmeticException.class, MyException.class), types(failure));
    }

    /** test_taskgroup_20. */
    @Test
    void should_throw_an_interrupt_of_the_user_as_it_is() {
        var interrupt = new KeyboardInterrupt("Ctrl-C");
        assertSame(interrupt, assertThrows(KeyboardInterrupt.class, () -> run(() -> TaskGroup.run(group -> {
            group.spawn(divideAfter(100));
            return answeringWith(interrupt);
        }))));
    }

    /** As test_taskgroup_20. */
    @Test
    void should_throw_an_error_of_the_virtual_machine_as_it_is() {
        var error = new OutOfMemoryError();
        assertSame(error, run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(divideAfter(100));
            return answeringWith(error);
        }))));
        assertSame(error, run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(answeringWith(error));
            group.spawn(divideAfter(100));
            return Coroutine.done();
        }))));
    }

    /** test_taskgroup_20a and _21a. */
    @Test
    void should_group_other_errors_with_exceptions() {
        assertEquals(
                List.of(ArithmeticException.class, MyError.class),
                types(run(() -> failureOf(TaskGroup.run(group -> {
                    group.spawn(divideAfter(100));
                    return answeringWith(new MyError());
                })))));
        assertEquals(
                List.of(MyError.class, IllegalArgumentException.class),
                types(run(() -> failureOf(TaskGroup.run(group -> {
                    group.spawn(erring(100));
                    return answering(new IllegalArgumentException());
                })))));
    }

    /** test_taskgroup_22. */
    @Test
    void should_be_cancelled_when_its_parent_is_and_nothing_failed() {
        assertInstanceOf(CancelledError.class, run(() -> failureWhenCancelled(TaskGroup.run(group -> {
            group.spawn(answer(1000, 42));
            group.spawn(answer(2000, 11));
            return Coroutine.done();
        }), 50)));
    }

    /** test_taskgroup_23: tasks that are done are forgotten. */
    @Test
    void should_forget_tasks_when_they_are_done() {
        run(() -> TaskGroup.run(group -> {
            for (int i = 0; i < 10; i++) {
                await(pause(100));
                group.spawn(answer(300, i));
                if (i == 5) {
                    assertTrue(group.toString().matches("<TaskGroup tasks=[1-4] entered>"), group::toString);
                }
            }
            await(pause(1350));
            assertEquals("<TaskGroup entered>", group.toString());
            return Coroutine.done();
        }));
    }

    @Async
    private static Coroutine<Void> spawning(TaskGroup group) {
        await(pause(100));
        group.spawn(answer(100, 1));
        group.spawn(answer(200, 2));
        return Coroutine.done();
    }

    /** test_taskgroup_24. */
    @Test
    void should_take_tasks_of_its_tasks_when_the_body_has_ended() {
        double end = run(() -> {
            await(TaskGroup.run(group -> {
                group.spawn(spawning(group));
                return Coroutine.done();
            }));
            return Coroutine.of(VirtualLoop.time());
        });
        assertEquals(300.0, end);
    }

    @Async
    private Coroutine<Void> hydra(TaskGroup group) {
        log.add("head");
        await(pause(10));
        group.spawn(hydra(group));
        group.spawn(hydra(group));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> hercules() {
        while (log.size() < 10) {
            await(pause(15));
        }
        throw new ArithmeticException();
    }

    /** test_taskgroup_25. */
    @Test
    void should_end_tasks_that_go_on_spawning_when_one_fails() {
        assertEquals(List.of(ArithmeticException.class), types(run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(hydra(group));
            group.spawn(hercules());
            return Coroutine.done();
        })))));
        assertTrue(log.size() >= 10);
    }

    /** test_taskgroup_task_name. */
    @Test
    void should_name_a_task() {
        run(() -> TaskGroup.run(group -> {
            assertEquals("yolo", group.spawn(answer(0, 1), "yolo").name());
            return Coroutine.done();
        }));
    }

    @Async
    private Coroutine<Void> spawnsWhenCancelled(TaskGroup group) {
        try {
            await(pause(1000));
        } catch (CancelledError e) {
            Coroutine<Void> late = divideAfter(1);
            String message = assertThrows(IllegalStateException.class, () -> group.spawn(late)).getMessage();
            assertTrue(message.endsWith("is shutting down"), message);
            log.add(late.state());
        }
        return Coroutine.done();
    }

    private static final ContextVar<Integer> CVAR = new ContextVar<>("cvar");

    @Async
    private static Coroutine<Void> setting(int value) {
        await(pause(0));
        CVAR.set(value);
        return Coroutine.done();
    }

    /** test_taskgroup_task_context. */
    @Test
    void should_run_a_task_in_the_context_it_is_given() {
        run(() -> TaskGroup.run(group -> {
            Context context = Context.copyContext();
            assertNull(context.get(CVAR));
            await(group.spawn(setting(1), context));
            assertEquals(1, context.get(CVAR));
            await(group.spawn(setting(2), context));
            assertEquals(2, context.get(CVAR));
            return Coroutine.done();
        }));
    }

    /** test_taskgroup_no_create_task_after_failure. */
    @Test
    void should_refuse_a_task_when_one_has_failed() {
        Throwable failure = run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(divideAfter(1));
            group.spawn(spawnsWhenCancelled(group));
            return Coroutine.done();
        })));
        assertEquals(List.of(ArithmeticException.class), types(failure));
        assertEquals("[CLOSED]", log.toString());
    }

    @Async
    private static Coroutine<Void> failing() {
        throw new MyException();
    }

    /** test_taskgroup_context_manager_exit_raises. */
    @Test
    void should_take_back_its_cancellation_when_the_body_fails_while_being_cancelled() {
        run(() -> {
            try {
                await(TaskGroup.run(group -> {
                    try {
                        group.spawn(failing());
                        await(pause(1000));
                    } finally {
                        fail(new MyException());
                    }
                    return Coroutine.done();
                }));
            } catch (ExceptionGroup e) {
                assertEquals(0, Tasks.currentTask().cancelling());
                assertEquals(2, e.subgroup(MyException.class).exceptions().size());
                return Coroutine.done();
            }
            throw new AssertionError("it did not fail");
        });
    }

    /** test_taskgroup_already_entered and _double_enter: a group is of one block. */
    @Test
    void should_refuse_a_second_exit() {
        run(() -> {
            TaskGroup group = TaskGroup.open();
            assertNull(await(group.exit(null)));
            String message = assertThrows(IllegalStateException.class, () -> {
                throw new AssertionError(group.exit(null));
            }).getMessage();
            assertTrue(message.endsWith("has been exited before"), message);
            return Coroutine.done();
        });
    }

    /** test_taskgroup_finished and test_coro_closed_when_tg_closed. */
    @Test
    void should_refuse_and_close_a_coroutine_when_the_group_is_finished() {
        run(() -> {
            TaskGroup group = TaskGroup.open();
            assertNull(await(group.exit(null)));
            Coroutine<Integer> late = answer(0, 1);
            String message = assertThrows(IllegalStateException.class, () -> group.spawn(late)).getMessage();
            assertTrue(message.endsWith("is finished"), message);
            assertEquals("CLOSED", late.state().toString());
            return Coroutine.done();
        });
    }

    /** test_taskgroup_without_parent_task. */
    @Test
    void should_refuse_to_open_when_there_is_no_task() {
        String message = assertThrows(IllegalStateException.class, TaskGroup::open).getMessage();
        assertTrue(message.contains("parent task"), message);
    }

    @Async
    private static Coroutine<Void> raiseAfter(long millis, RuntimeException e) {
        await(pause(millis));
        throw e;
    }

    /** test_cancelling_level_preserved. */
    @Test
    void should_leave_the_count_of_cancellations_as_it_was_when_it_fails() {
        run(() -> {
            try {
                await(TaskGroup.run(group -> {
                    group.spawn(raiseAfter(0, new IllegalStateException()));
                    return Coroutine.done();
                }));
            } catch (ExceptionGroup e) {
                log.add(types(e));
            }
            assertEquals(0, Tasks.currentTask().cancelling());
            return Coroutine.done();
        });
        assertEquals(List.of(List.of(IllegalStateException.class)), log);
    }

    /** test_nested_groups_both_cancelled. */
    @Test
    void should_count_both_cancellations_when_nested_groups_fail_at_once() {
        run(() -> {
            try {
                await(TaskGroup.run(outer -> {
                    try {
                        await(TaskGroup.run(inner -> {
                            inner.spawn(raiseAfter(0, new MyException()));
                            outer.spawn(raiseAfter(0, new IllegalArgumentException()));
                            return Coroutine.done();
                        }));
                        log.add("inner did not fail");
                    } catch (ExceptionGroup e) {
                        e.handle(MyException.class, part -> log.add("inner"));
                    }
                    assertEquals(1, Tasks.currentTask().cancelling());
                    return Coroutine.done();
                }));
                log.add("outer did not fail");
            } catch (ExceptionGroup e) {
                e.handle(IllegalArgumentException.class, part -> log.add("outer"));
            }
            assertEquals(0, Tasks.currentTask().cancelling());
            return Coroutine.done();
        });
        assertEquals(List.of("inner", "outer"), log);
    }

    @Async
    private Coroutine<Void> errorAndCancel() {
        try {
            await(TaskGroup.run(group -> {
                group.spawn(raiseAfter(0, new MyException()));
                await(pause(1000));
                log.add("sleep in group should have been cancelled");
                return Coroutine.done();
            }));
        } catch (ExceptionGroup e) {
            e.handle(MyException.class, part -> log.add("group"));
            assertEquals(1, Tasks.currentTask().cancelling());
        }
        assertEquals(1, Tasks.currentTask().cancelling());
        await(pause(1000));
        log.add("sleep after group should have been cancelled");
        return Coroutine.done();
    }

    /** test_error_and_cancel: the cancellation is requested again, and the count is kept. */
    @Test
    void should_request_the_cancellation_again_when_the_group_has_failed_too() {
        run(() -> {
            Task<Void> task = Tasks.spawn(errorAndCancel());
            await(pause(0));
            await(pause(0));
            assertEquals(0, task.cancelling());
            task.cancel();
            assertEquals(1, task.cancelling());
            try {
                await(task);
            } catch (CancelledError e) {
                log.add("cancelled");
            }
            assertTrue(task.isCancelled());
            return Coroutine.done();
        });
        assertEquals(List.of("group", "cancelled"), log);
    }

    /** The reason is in the error that the others get. */
    @Test
    void should_say_why_when_it_cancels() {
        run(() -> failureOf(TaskGroup.run(group -> {
            group.spawn(raiseAfter(0, new MyException()), "culprit");
            try {
                await(pause(1000));
            } catch (CancelledError e) {
                log.add(e.request().reason());
            }
            return Coroutine.done();
        })));
        assertEquals(List.of("task 'culprit' of its group failed with " + MyException.class.getName()), log);
    }
}
