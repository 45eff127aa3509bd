package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TestLoopTest {

    @Async
    private static Coroutine<Integer> five() {
        await(sleep(Duration.ofDays(5)));
        return Coroutine.of(5);
    }

    @Async
    private static Coroutine<Void> failing() throws IOException {
        await(sleep(Duration.ofDays(5)));
        throw new IOException("no");
    }

    @Test
    void should_return_the_result_when_a_coroutine_is_run() {
        assertEquals(5, TestLoop.run(five()));
    }

    @Test
    void should_throw_the_failure_itself_when_a_coroutine_fails() {
        assertEquals("no", assertThrows(IOException.class, () -> TestLoop.run(failing())).getMessage());
    }

    /** The kit is no part of the program, and its own tests are. */
    @Test
    void should_leave_itself_out_of_the_traces_of_failures() {
        var failure = assertThrows(IOException.class, () -> TestLoop.run(failing()));
        List<String> classes =
                Arrays.stream(failure.getStackTrace()).map(StackTraceElement::getClassName).toList();
        assertEquals(TestLoopTest.class.getName(), classes.get(0));
        assertEquals(
                List.of(),
                classes.stream()
                        .filter(name -> name.startsWith("dev.backstitch.") && !name.startsWith(TestLoopTest.class.getName()))
                        .toList());
    }

    @Async
    private static Coroutine<Void> crossed() {
        var first = new LoopFuture<Void>(EventLoop.current());
        var second = new LoopFuture<Void>(EventLoop.current());
        spawn(answering(first, second), "forth");
        spawn(answering(second, first), "back");
        await(first);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> answering(LoopFuture<Void> question, LoopFuture<Void> answer) {
        await(asked(question));
        answer.complete(null);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> asked(LoopFuture<Void> question) {
        await(question);
        return Coroutine.done();
    }

    @Test
    void should_fail_with_the_await_tree_when_all_wait_for_one_another() {
        var error = assertThrows(StandstillError.class, () -> TestLoop.run(crossed()));
        String message = error.getMessage().replaceAll("java:\\d+", "java");
        assertEquals("""
                nothing is ready, no timer is set, and nothing outside the loop is under way
                └── (T) Task-N
                    └── dev.backstitch.testing.TestLoopTest.crossed(TestLoopTest.java)
                └── (T) forth
                    └── dev.backstitch.testing.TestLoopTest.answering(TestLoopTest.java)
                        └── dev.backstitch.testing.TestLoopTest.asked(TestLoopTest.java)
                └── (T) back
                    └── dev.backstitch.testing.TestLoopTest.answering(TestLoopTest.java)
                        └── dev.backstitch.testing.TestLoopTest.asked(TestLoopTest.java)
                """, message.replaceAll("Task-\\d+", "Task-N"));
    }

    @Test
    void should_end_what_waits_when_the_run_has_failed() {
        List<String> ended = new ArrayList<>();
        assertThrows(StandstillError.class, () -> TestLoop.run(cleaning(ended)));
        assertEquals(List.of("CancelledError"), ended);
    }

    @Async
    private static Coroutine<Void> cleaning(List<String> ended) {
        try {
            await(new LoopFuture<Void>(EventLoop.current()));
        } catch (CancelledError e) {
            await(sleep(Duration.ofSeconds(1)));
            ended.add("CancelledError");
            throw e;
        }
        return Coroutine.done();
    }

    @Test
    void should_end_what_is_left_when_the_run_is_over() {
        List<String> ended = new ArrayList<>();
        TestLoop.run(leaving(ended));
        assertEquals(List.of("CancelledError"), ended);
    }

    @Async
    private static Coroutine<Void> leaving(List<String> ended) {
        spawn(cleaning(ended));
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    @Async
    @Generator
    private static AsyncGen<Integer> counting(List<String> ended) {
        try {
            for (int i = 0; ; i++) {
                Gen.yield(i);
            }
        } finally {
            await(sleep(Duration.ofHours(1)));
            ended.add("closed");
        }
    }

    @Async
    private static Coroutine<Integer> takeOne(List<String> ended) {
        return Coroutine.of(await(counting(ended).next()));
    }

    @Test
    void should_close_asynchronous_generators_when_the_run_is_over() {
        List<String> ended = new ArrayList<>();
        assertEquals(0, TestLoop.run(takeOne(ended)));
        assertEquals(List.of("closed"), ended);
    }

    @Test
    void should_fail_when_a_task_failed_and_nobody_looked() {
        var error = assertThrows(AssertionError.class, () -> TestLoop.run(careless()));
        assertTrue(error.getMessage().contains("never retrieved"), error.getMessage());
        assertSame(IOException.class, error.getCause().getClass());
    }

    @Test
    void should_fail_when_a_hot_coroutine_failed_and_nobody_looked() {
        var error = assertThrows(AssertionError.class, () -> TestLoop.run(carelessWithAFuture()));
        assertTrue(error.getMessage().contains("never retrieved"), error.getMessage());
        assertSame(IllegalStateException.class, error.getCause().getClass());
    }

    @Async
    private static Coroutine<Void> carelessWithAFuture() {
        hot();
        await(sleep(Duration.ofDays(6)));
        return Coroutine.done();
    }

    @Async
    private static CompletableFuture<Void> hot() {
        await(sleep(Duration.ofDays(1)));
        throw new IllegalStateException("hot");
    }

    @Async
    private static Coroutine<Void> careless() throws IOException {
        spawn(failing());
        await(sleep(Duration.ofDays(6)));
        return Coroutine.done();
    }

    @Test
    void should_not_fail_when_the_errors_were_taken() {
        try (var test = new TestLoop()) {
            test.loop().callSoon(() -> {
                throw new IllegalStateException("callback");
            });
            test.runUntilComplete(five());
            assertEquals("callback", test.takeErrors().get(0).exception().getMessage());
        }
    }

    @Test
    void should_fail_when_a_task_fails_while_it_is_cancelled_at_the_end() {
        var test = new TestLoop();
        test.runUntilComplete(stubborn());
        var error = assertThrows(AssertionError.class, test::close);
        assertEquals("stubborn", error.getCause().getMessage());
    }

    @Async
    private static Coroutine<Void> stubborn() {
        spawn(refusing());
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> refusing() {
        try {
            await(sleep(Duration.ofDays(1)));
        } finally {
            throwStubborn();
        }
        return Coroutine.done();
    }

    private static void throwStubborn() {
        throw new IllegalStateException("stubborn");
    }
}
