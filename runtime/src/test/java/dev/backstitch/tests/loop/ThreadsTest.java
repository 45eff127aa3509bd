package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls and wake-ups that come to a loop, on the real clock, from other threads. */
class ThreadsTest {
    private final List<Thread> threads = new ArrayList<>();

    private void start(Runnable code) {
        var thread = new Thread(code);
        threads.add(thread);
        thread.start();
    }

    @AfterEach
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void should_wake_an_idle_loop_when_a_stage_is_completed_elsewhere() {
        var stage = new CompletableFuture<Thread>();
        start(() -> stage.complete(Thread.currentThread()));
        Thread completer = EventLoop.run(Body.steps(x -> stage, x -> {
            assertNotEquals(x, Thread.currentThread());
            return x;
        }));
        assertSame(threads.get(0), completer);
    }

    @Test
    void should_throw_the_original_exception_when_a_stage_fails_elsewhere() {
        var failure = new IOException();
        var stage = new CompletableFuture<Object>();
        start(() -> stage.completeExceptionally(failure));
        assertSame(failure, assertThrows(
                IOException.class, () -> EventLoop.run(Body.awaiting(stage.thenApply(x -> x)))));
    }

    /** Otherwise the callback, which is handed in after the completion, would come first. */
    @Test
    void should_resume_with_one_hand_over_when_a_stage_is_completed_elsewhere() {
        List<String> log = new ArrayList<>();
        var stage = new CompletableFuture<Object>();
        EventLoop.run(Body.steps(
                x -> {
                    EventLoop loop = EventLoop.current();
                    var last = new LoopFuture<Void>(loop);
                    Task<Object> waits = Tasks.spawn(Body.steps(y -> stage, y -> log.add("resumed")));
                    loop.callSoon(() -> start(() -> {
                        stage.complete("value");
                        loop.callSoonThreadSafe(() -> log.add("called"));
                        loop.callSoonThreadSafe(() -> last.complete(null));
                    }));
                    return Tasks.gather(waits, last);
                },
                x -> null));
        assertEquals(List.of("resumed", "called"), log);
    }

    @Test
    void should_lose_no_wake_up_when_many_threads_complete_stages() {
        int each = 20_000;
        List<CompletableFuture<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 4 * each; i++) {
            stages.add(new CompletableFuture<>());
        }
        for (int t = 0; t < 4; t++) {
            int first = t * each;
            start(() -> {
                for (int i = first; i < first + each; i++) {
                    stages.get(i).complete(1);
                }
            });
        }
        int sum = EventLoop.run(Body.steps(
                x -> {
                    List<Task<Object>> tasks = new ArrayList<>();
                    for (var stage : stages) {
                        tasks.add(Tasks.spawn(Body.awaiting(stage)));
                    }
                    return Tasks.gather(tasks);
                },
                x -> ((List<?>) x).stream().mapToInt(v -> (Integer) v).sum()));
        assertEquals(4 * each, sum);
    }

    @Test
    void should_run_thread_safe_calls_of_one_thread_in_order() {
        List<Integer> log = new ArrayList<>();
        EventLoop.run(Body.steps(
                x -> {
                    EventLoop loop = EventLoop.current();
                    var last = new LoopFuture<Void>(loop);
                    start(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            int n = i;
                            loop.callSoonThreadSafe(() -> log.add(n));
                        }
                        loop.callSoonThreadSafe(() -> last.complete(null));
                    });
                    return last;
                },
                x -> null));
        List<Integer> expected = new ArrayList<>();
        Collections.addAll(expected, java.util.stream.IntStream.range(0, 1_000).boxed().toArray(Integer[]::new));
        assertEquals(expected, log);
    }

    @Test
    void should_refuse_calls_of_other_threads_that_are_not_thread_safe() {
        var refusals = Collections.synchronizedList(new ArrayList<String>());
        EventLoop.run(Body.steps(
                x -> {
                    EventLoop loop = EventLoop.current();
                    var done = new LoopFuture<Void>(loop);
                    start(() -> {
                        for (Runnable call : List.<Runnable>of(
                                () -> loop.callSoon(() -> {}),
                                () -> loop.callLater(Duration.ZERO, () -> {}),
                                () -> loop.spawn(Body.returning(() -> 1)),
                                () -> done.complete(null))) {
                            refusals.add(assertThrows(IllegalStateException.class, call::run).getMessage());
                        }
                        loop.callSoonThreadSafe(() -> done.complete(null));
                    });
                    return done;
                },
                x -> null));
        assertEquals(
                Collections.nCopies(
                        4, "Non-thread-safe operation invoked on an event loop other than the current one"),
                refusals);
    }

    @Test
    void should_run_a_coroutine_submitted_by_another_thread() {
        var got = new CompletableFuture<Object>();
        EventLoop.run(Body.steps(
                x -> {
                    EventLoop loop = EventLoop.current();
                    start(() -> got.complete(loop.submit(Body.steps(y -> Tasks.sleep(Duration.ofNanos(1)), y -> 7)).join()));
                    return got;
                },
                x -> null));
        assertEquals(7, got.join());
    }

    @Test
    void should_block_for_a_task_of_another_thread_and_throw_its_failure() throws Exception {
        var failure = new IOException();
        var seen = new AtomicReference<Throwable>();
        var value = new AtomicReference<Object>();
        EventLoop.run(Body.steps(
                x -> {
                    Task<Object> fine = Tasks.spawn(Body.steps(y -> Tasks.sleep(Duration.ofNanos(1)), y -> 7));
                    Task<Object> bad = Tasks.spawn(Body.steps(y -> Tasks.sleep(Duration.ofNanos(1)), y -> {
                        throw failure;
                    }));
                    var done = new CompletableFuture<Void>();
                    start(() -> {
                        try {
                            value.set(fine.get());
                            seen.set(assertThrows(IOException.class, bad::get));
                        } catch (InterruptedException e) {
                            seen.set(e);
                        } finally {
                            done.complete(null);
                        }
                    });
                    return done;
                },
                x -> null));
        assertEquals(7, value.get());
        assertSame(failure, seen.get());
    }

    @Test
    void should_cancel_a_task_from_another_thread() {
        assertThrows(CancelledError.class, () -> EventLoop.run(Body.steps(
                x -> {
                    Task<?> main = Tasks.currentTask();
                    start(main::cancel);
                    return Tasks.sleep(Duration.ofDays(1));
                },
                x -> x)));
    }

    @Test
    void should_run_blocking_work_on_a_thread_of_the_pool() {
        String name = EventLoop.run(Body.awaiting(Tasks.toThread(() -> Thread.currentThread().getName())));
        assertTrue(name.startsWith("backstitch-worker-"), name);
    }

    @Test
    void should_not_start_the_work_when_no_one_awaits_it() {
        var ran = new AtomicReference<>(false);
        EventLoop.run(Body.returning(() -> Tasks.toThread(() -> {
            ran.set(true);
            return null;
        })));
        assertEquals(false, ran.get());
    }

    @Test
    void should_throw_what_the_work_threw() {
        var failure = new IOException();
        assertSame(failure, assertThrows(IOException.class, () -> EventLoop.run(Tasks.toThread(() -> {
            throw failure;
        }))));
    }

    @Test
    void should_leave_the_thread_alone_when_the_awaiter_is_cancelled() {
        var release = new CountDownLatch(1);
        var finished = new AtomicReference<>(false);
        EventLoop.run(Body.steps(
                x -> {
                    var started = new CompletableFuture<Void>();
                    Task<Object> task = Tasks.spawn(Tasks.toThread(() -> {
                        started.complete(null);
                        release.await();
                        finished.set(true);
                        return null;
                    }));
                    return Body.<Object>steps(
                                    y -> started,
                                    y -> {
                                        task.cancel();
                                        return task;
                                    },
                                    y -> y)
                            .catching(t -> {
                                release.countDown();
                                return t.getClass();
                            });
                },
                x -> {
                    assertEquals(CancelledError.class, x);
                    return null;
                }));
        assertEquals(true, finished.get()); // the end of the run waits for the pool
    }

    @Test
    void should_fail_what_was_submitted_when_the_loop_is_closed_before_it_has_taken_it_in() {
        var loop = new EventLoop();
        Coroutine<Object> body = Body.returning(() -> "never");
        var submitted = loop.submit(body);
        loop.close();
        var failure = assertThrows(ExecutionException.class, submitted::get).getCause();
        assertEquals("Event loop is closed", failure.getMessage());
        assertFalse(submitted.cancel(true));
    }

    @Test
    void should_close_the_coroutine_when_a_closed_loop_refuses_it() {
        var loop = new EventLoop();
        loop.close();
        Coroutine<Object> body = Body.returning(() -> "never");
        assertThrows(IllegalStateException.class, () -> loop.submit(body));
        var other = new EventLoop();
        assertThrows(IllegalStateException.class, () -> other.runUntilComplete(body));
        other.close();
    }
}
