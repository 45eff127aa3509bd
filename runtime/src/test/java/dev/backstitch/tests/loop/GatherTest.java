package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of {@code gather}, L9. */
class GatherTest {
    private final Loops loops = new Loops();
    private final List<Object> log = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    /** Sleeps, logs and returns {@code value}. */
    private Coroutine<Object> slow(long millis, Object value) {
        return Body.steps(x -> Tasks.sleep(Duration.ofMillis(millis)), x -> {
            log.add(value);
            return value;
        });
    }

    private Coroutine<Object> failing(long millis, Throwable failure) {
        return Body.steps(x -> Tasks.sleep(Duration.ofMillis(millis)), x -> {
            throw failure;
        });
    }

    @Test
    void should_give_results_in_the_order_of_the_arguments() {
        List<Object> results =
                loops.run(Body.steps(x -> Tasks.gather(slow(3, "a"), slow(1, "b"), slow(2, "c")), x -> x));
        assertEquals(List.of("a", "b", "c"), results);
        assertEquals(List.of("b", "c", "a"), log);
    }

    @Test
    void should_run_the_same_awaitable_once_when_given_twice() {
        List<Object> results = loops.run(Body.steps(
                x -> {
                    Coroutine<Object> twice = slow(1, "a");
                    return Tasks.gather(twice, slow(1, "b"), twice);
                },
                x -> x));
        assertEquals(List.of("a", "b", "a"), results);
        assertEquals(List.of("a", "b"), log);
    }

    @Test
    void should_fail_with_the_first_failure_and_let_the_others_run() {
        var failure = new IOException("first");
        loops.run(Body.steps(
                        x -> Tasks.gather(failing(1, failure), slow(2, "sibling"), failing(3, new IOException("later"))),
                        x -> log.add("no failure came"))
                .catching(t -> {
                    assertSame(failure, t);
                    log.add("caught");
                    return null;
                }));
        loops.run(Body.awaiting(Tasks.sleep(Duration.ofMillis(10))));
        loops.loop.close();
        assertEquals(List.of("caught", "sibling"), log);
        assertEquals(List.of(), loops.errors); // the later failure counts as seen
    }

    @Test
    void should_throw_a_cancellation_when_a_child_is_cancelled_and_let_the_others_run() {
        loops.run(Body.steps(
                        x -> {
                            Task<Object> child = Tasks.spawn(slow(5, "child"));
                            Task<Object> sibling = Tasks.spawn(slow(5, "sibling"));
                            Tasks.spawn(Body.returning(() -> child.cancel("one")));
                            return Tasks.gather(child, sibling);
                        },
                        x -> log.add("no failure came"))
                .catching(t -> {
                    log.add(assertInstanceOf(CancelledError.class, t).getMessage());
                    return null;
                }));
        loops.run(Body.awaiting(Tasks.sleep(Duration.ofMillis(10))));
        assertEquals(List.of("one", "sibling"), log);
    }

    @Test
    void should_put_failures_among_the_results_when_settled() {
        var failure = new IOException();
        List<Object> results = loops.run(Body.steps(
                x -> {
                    Task<Object> cancelled = Tasks.spawn(slow(9, "never"));
                    cancelled.cancel();
                    return Tasks.gatherSettled(slow(2, "a"), failing(1, failure), cancelled);
                },
                x -> x));
        assertEquals("a", results.get(0));
        assertSame(failure, results.get(1));
        assertInstanceOf(CancelledError.class, results.get(2));
    }

    @Test
    void should_cancel_all_children_when_cancelled_even_when_settling() {
        List<Task<Object>> children = new ArrayList<>();
        Task<Object> outer = loops.loop.spawn(Body.steps(
                x -> {
                    children.add(Tasks.spawn(slow(9, "a")));
                    children.add(Tasks.spawn(slow(9, "b")));
                    return Tasks.gatherSettled(children);
                },
                x -> x));
        loops.loop.callLater(Duration.ofMillis(1), () -> assertTrue(outer.cancel("all")));
        assertThrows(CancelledError.class, () -> loops.loop.runUntilComplete(outer));
        assertTrue(children.stream().allMatch(Task::isCancelled));
        assertEquals(List.of(), log);
    }

    @Test
    void should_take_awaitables_of_all_kinds() {
        List<Object> results = loops.run(Body.steps(
                x -> {
                    var future = new LoopFuture<Object>(loops.loop);
                    loops.loop.callSoon(() -> future.complete("future"));
                    var stage = new CompletableFuture<Object>();
                    loops.loop.callSoon(() -> stage.complete("stage"));
                    return Tasks.<Object>gather(
                            slow(1, "coroutine"), future, stage, Task.of("done"), Tasks.sleep(Duration.ofMillis(1)));
                },
                x -> x));
        assertEquals(java.util.Arrays.asList("coroutine", "future", "stage", "done", null), results);
    }

    @Test
    void should_refuse_what_cannot_be_awaited() {
        loops.run(Body.steps(x -> {
            assertThrows(IllegalArgumentException.class, () -> Tasks.gather((Object) "a string"));
            return null;
        }));
    }

    @Test
    void should_fail_with_the_original_exception_when_a_stage_fails() {
        var failure = new IOException();
        assertSame(failure, assertThrows(IOException.class, () -> loops.run(Body.steps(
                x -> {
                    var stage = new CompletableFuture<Object>();
                    loops.loop.callSoon(() -> stage.completeExceptionally(failure));
                    return Tasks.gather(stage.thenApply(v -> v));
                },
                x -> x))));
    }
}
