package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.StopIteration;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void should_have_no_result_while_pending() {
        try (var loops = new Loops()) {
            Task<Integer> task = loops.loop.spawn(Body.returning(() -> 5));
            assertEquals(
                    "Result is not set.",
                    assertThrows(IllegalStateException.class, task::result).getMessage());
            assertEquals(
                    "Exception is not set.",
                    assertThrows(IllegalStateException.class, task::exception).getMessage());
            assertEquals(5, loops.loop.runUntilComplete(task));
            assertEquals(5, task.result());
            assertNull(task.exception());
        }
    }

    @Test
    void should_keep_a_coroutine_as_a_value_when_that_is_the_result() {
        try (var loops = new Loops()) {
            Coroutine<Integer> value = Body.returning(() -> 5);
            Task<Object> task = loops.loop.spawn(Body.returning(() -> value));
            assertSame(value, loops.loop.runUntilComplete(task));
            assertTrue(task.isDone());
        }
    }

    @Test
    void should_refuse_a_bad_yield() {
        try (var loops = new Loops()) {
            var refused = assertThrows(IllegalStateException.class, () -> loops.run(new Coroutine<Object>() {
                private boolean asked;

                @Override
                protected Object run() {
                    if (asked) {
                        return resumed();
                    }
                    asked = true;
                    return request("a string");
                }
            }));
            assertEquals("Task got bad yield: a string", refused.getMessage());
        }
    }

    @Test
    void should_refuse_to_await_itself() {
        try (var loops = new Loops()) {
            var refused = assertThrows(
                    IllegalStateException.class,
                    () -> loops.run(Body.steps(x -> Tasks.currentTask(), x -> x)));
            assertTrue(refused.getMessage().startsWith("Task cannot await on itself: "), refused.getMessage());
        }
    }

    @Test
    void should_refuse_a_future_of_another_loop() {
        try (var loops = new Loops();
                var others = new Loops()) {
            var foreign = new LoopFuture<Integer>(others.loop);
            var refused = assertThrows(IllegalStateException.class, () -> loops.run(Body.awaiting(foreign)));
            assertTrue(refused.getMessage().endsWith("attached to a different loop"), refused.getMessage());
        }
    }

    @Test
    void should_name_the_cycle_when_tasks_await_one_another() {
        try (var loops = new Loops()) {
            Task<?>[] tasks = new Task<?>[3];
            for (int i = 0; i < 3; i++) {
                int next = (i + 1) % 3;
                tasks[i] = loops.loop.spawn(Body.steps(x -> tasks[next], x -> x));
                tasks[i].setName("t" + i);
            }
            var refused = assertThrows(IllegalStateException.class, () -> loops.loop.runUntilComplete(tasks[0]));
            assertTrue(refused.getMessage().startsWith("await cycle: <Task pending name='t2'"), refused.getMessage());
            assertTrue(refused.getMessage().matches(".*'t2'.* awaits .*'t0'.* awaits .*'t1'.* awaits .*'t2'.*"),
                    refused.getMessage());
        }
    }

    @Test
    void should_fail_the_second_use_when_a_coroutine_is_spawned_twice() {
        try (var loops = new Loops()) {
            Coroutine<Integer> coroutine = Body.steps(x -> Tasks.sleep(Duration.ofSeconds(1)), x -> 5);
            Task<Integer> first = loops.loop.spawn(coroutine);
            loops.loop.runUntilComplete(first);
            Task<Integer> second = loops.loop.spawn(coroutine);
            var refused = assertThrows(IllegalStateException.class, () -> loops.loop.runUntilComplete(second));
            assertEquals("cannot reuse already awaited coroutine", refused.getMessage());
        }
    }

    @Test
    void should_fail_the_task_when_its_coroutine_is_awaited_by_another() {
        try (var loops = new Loops()) {
            Coroutine<Object> shared = Body.steps(x -> Tasks.sleep(Duration.ofSeconds(1)), x -> 5);
            List<Task<?>> task = new ArrayList<>();
            assertEquals(5, loops.<Object>run(Body.steps(
                    x -> {
                        task.add(Tasks.spawn(shared));
                        return shared;
                    },
                    x -> x)));
            assertEquals("coroutine is being awaited already", task.get(0).exception().getMessage());
        }
    }

    @Test
    void should_call_back_through_the_loop_even_when_done_already() {
        try (var loops = new Loops()) {
            List<String> log = new ArrayList<>();
            loops.run(Body.steps(
                    x -> {
                        var future = new LoopFuture<Integer>(loops.loop);
                        future.complete(1);
                        future.whenDone(() -> log.add("called"));
                        log.add("asked");
                        return Tasks.sleep(Duration.ZERO);
                    },
                    x -> null));
            assertEquals(List.of("asked", "called"), log);
        }
    }

    @Test
    void should_refuse_a_second_outcome() {
        try (var loops = new Loops()) {
            var future = new LoopFuture<Integer>(loops.loop);
            future.complete(1);
            assertThrows(IllegalStateException.class, () -> future.complete(2));
            assertThrows(IllegalStateException.class, () -> future.fail(new RuntimeException()));
            assertFalse(future.cancel());
            assertEquals(1, future.result());
        }
    }

    @Test
    void should_turn_a_stop_iteration_into_an_error_when_a_future_fails_with_it() {
        try (var loops = new Loops()) {
            var future = new LoopFuture<Integer>(loops.loop);
            var stop = new StopIteration(1);
            future.fail(stop);
            assertSame(stop, assertThrows(IllegalStateException.class, future::result).getCause());
        }
    }

    @Test
    void should_refuse_to_block_on_its_own_loop() {
        try (var loops = new Loops()) {
            loops.run(Body.returning(() -> {
                Task<Integer> task = Tasks.spawn(Body.returning(() -> 1));
                assertThrows(IllegalStateException.class, task::get);
                assertThrows(IllegalStateException.class, () -> task.toCompletableFuture().join());
                return null;
            }));
        }
    }

    @Test
    void should_be_done_at_once_when_made_from_a_value() throws Exception {
        assertEquals(3, Task.of(3).get());
        assertNull(Task.done().get());
        assertEquals(3, Task.of(3).toCompletableFuture().join());
    }

    @Test
    void should_resume_when_a_stage_it_awaits_is_completed_by_its_own_thread() {
        try (var loops = new Loops()) {
            var stage = new CompletableFuture<String>();
            loops.loop.callSoon(() -> stage.complete("value"));
            assertEquals("value", loops.<Object>run(Body.awaiting(stage)));
        }
    }

    @Test
    void should_run_a_chain_of_a_hundred_thousand_tasks_that_await_one_another() {
        try (var loops = new Loops()) {
            Task<Integer> task = loops.loop.spawn(Body.steps(x -> Tasks.sleep(Duration.ofSeconds(1)), x -> 1));
            for (int i = 0; i < 100_000; i++) {
                Task<Integer> inner = task;
                task = loops.loop.spawn(Body.awaiting(inner));
            }
            assertEquals(1, loops.loop.runUntilComplete(task));
        }
    }

    @Test
    void should_know_its_loop_and_task_while_it_runs() {
        Task<?>[] seen = new Task<?>[1];
        EventLoop.run(Body.returning(() -> seen[0] = Tasks.currentTask()));
        assertTrue(seen[0].isDone());
        assertNull(Tasks.currentTask());
    }
}
