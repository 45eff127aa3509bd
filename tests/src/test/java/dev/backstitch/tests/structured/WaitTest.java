package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.ReturnWhen.ALL_COMPLETED;
import static dev.backstitch.loop.ReturnWhen.FIRST_COMPLETED;
import static dev.backstitch.loop.ReturnWhen.FIRST_EXCEPTION;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Waited;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** L10, {@code wait}, with the tests of CPython's test_tasks.py: each names the method it comes from. */
class WaitTest {
    @Async
    private static Coroutine<String> give(String value) {
        return Coroutine.of(value);
    }

    @Async
    private static Coroutine<Void> divide(long millis) {
        if (millis > 0) {
            await(pause(millis));
        }
        throw new ArithmeticException("err");
    }

    @Async
    private static Coroutine<Void> waitsForBoth(Task<Void> a, Task<Void> b) {
        Waited<Task<Void>> waited = await(Tasks.wait(List.of(b, a)));
        assertEquals(List.of(b, a), List.copyOf(waited.done()));
        assertEquals(Set.of(), waited.pending());
        return Coroutine.done();
    }

    /** test_wait and test_wait_with_iterator_of_tasks. */
    @Test
    void should_wait_for_all_and_take_no_time_the_second_time() {
        run(() -> {
            Task<Void> a = spawn(pause(100));
            Task<Void> b = spawn(pause(150));
            await(spawn(waitsForBoth(a, b)));
            assertEquals(150, time());
            await(spawn(waitsForBoth(a, b)));
            assertEquals(150, time());
            return Coroutine.done();
        });
    }

    /** test_wait_duplicate_coroutines. */
    @Test
    void should_count_a_task_once_when_it_is_given_twice() {
        run(() -> {
            Task<String> c = spawn(give("test"));
            Waited<Task<String>> waited = await(Tasks.wait(List.of(c, c, spawn(give("spam")))));
            assertEquals(
                    List.of("test", "spam"), waited.done().stream().map(LoopFuture::result).collect(Collectors.toList()));
            assertEquals(Set.of(), waited.pending());
            return Coroutine.done();
        });
    }

    /** test_wait_errors and test_wait_invalid_args. */
    @Test
    void should_refuse_to_wait_for_nothing() {
        assertThrows(IllegalArgumentException.class, () -> {
            throw new AssertionError(Tasks.wait(Set.<Task<?>>of()));
        });
        assertThrows(NullPointerException.class, () -> {
            throw new AssertionError(Tasks.wait(List.of(Task.of(1)), null, null));
        });
    }

    /** test_wait_first_completed. */
    @Test
    void should_return_when_the_first_is_done() {
        run(() -> {
            Task<Void> a = spawn(pause(10_000));
            Task<Void> b = spawn(pause(100));
            Waited<Task<Void>> waited = await(Tasks.wait(List.of(b, a), null, FIRST_COMPLETED));
            assertEquals(new Waited<>(Set.of(b), Set.of(a)), waited);
            assertFalse(a.isDone());
            assertNull(b.result());
            assertEquals(100, time());
            await(a);
            return Coroutine.done();
        });
    }

    /** test_wait_really_done: one whose callback has not run yet is done all the same. */
    @Test
    void should_take_for_done_what_is_done() {
        run(() -> {
            Task<Void> a = spawn(turns(1));
            Task<Void> b = spawn(turns(2));
            Waited<Task<Void>> waited = await(spawn(Tasks.wait(List.of(b, a), null, FIRST_COMPLETED)));
            assertEquals(Set.of(a, b), waited.done());
            return Coroutine.done();
        });
    }

    /** test_wait_first_exception. */
    @Test
    void should_return_when_one_fails() {
        run(() -> {
            Task<Void> a = spawn(pause(10_000));
            Task<Void> b = spawn(divide(0));
            Waited<Task<Void>> waited = await(spawn(Tasks.wait(List.of(b, a), null, FIRST_EXCEPTION)));
            assertEquals(new Waited<>(Set.of(b), Set.of(a)), waited);
            assertEquals(0, time());
            await(a);
            return Coroutine.done();
        });
    }

    /** test_wait_first_exception_in_wait. */
    @Test
    void should_return_when_one_fails_later() {
        run(() -> {
            Task<Void> a = spawn(pause(10_000));
            Task<Void> b = spawn(divide(10));
            Waited<Task<Void>> waited = await(Tasks.wait(List.of(b, a), null, FIRST_EXCEPTION));
            assertEquals(new Waited<>(Set.of(b), Set.of(a)), waited);
            assertEquals(10, time());
            await(a);
            return Coroutine.done();
        });
    }

    /** A cancellation is no exception, {@code _wait}'s condition. */
    @Test
    void should_go_on_when_one_is_cancelled_and_an_exception_is_waited_for() {
        run(() -> {
            Task<Void> a = spawn(pause(100));
            Task<Void> b = spawn(pause(10_000));
            b.cancel();
            Waited<Task<Void>> waited = await(Tasks.wait(List.of(b, a), null, FIRST_EXCEPTION));
            assertEquals(Set.of(a, b), waited.done());
            assertEquals(100, time());
            return Coroutine.done();
        });
    }

    /** test_wait_with_exception. */
    @Test
    void should_not_throw_what_one_failed_with() {
        run(() -> {
            Task<Void> a = spawn(pause(100));
            Task<Void> b = spawn(divide(150));
            for (int i = 0; i < 2; i++) {
                Waited<Task<Void>> waited = await(Tasks.wait(List.of(b, a)));
                assertEquals(2, waited.done().size());
                assertEquals(1, waited.done().stream().filter(f -> f.exception() != null).count());
                assertEquals(150, time());
            }
            return Coroutine.done();
        });
    }

    /** test_wait_with_timeout and test_wait_concurrent_complete. */
    @Test
    void should_return_when_the_time_is_over_and_cancel_nothing() {
        for (long timeout : new long[] {110, 100}) {
            run(() -> {
                Task<Void> a = spawn(pause(100));
                Task<Void> b = spawn(pause(150));
                Waited<Task<Void>> waited = await(spawn(Tasks.wait(List.of(b, a), millis(timeout), ALL_COMPLETED)));
                assertEquals(new Waited<>(Set.of(a), Set.of(b)), waited);
                assertEquals(timeout, time());
                await(b);
                assertEquals(150, time());
                return Coroutine.done();
            });
        }
    }

    /** {@code _wait}'s {@code finally}: nothing of the wait is left on what it waited for. */
    @Test
    void should_leave_the_futures_alone_when_it_is_cancelled() {
        run(() -> {
            LoopFuture<Integer> future = new LoopFuture<>(EventLoop.current());
            Task<?> waiting = spawn(Tasks.wait(List.of(future)));
            await(turns(2));
            waiting.cancel();
            await(turns(2));
            assertTrue(waiting.isCancelled());
            assertFalse(future.isDone());
            future.complete(1);
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Void> waitsForACancelledTask() {
        Task<Void> nested = spawn(pause(10_000));
        await(pause(0));
        nested.cancel();
        Waited<Task<Void>> waited = await(Tasks.wait(List.of(nested)));
        throw new AssertionError(waited.done().iterator().next().exception()); // search target
    }

    /** test_cancel_traceback_for_future_exception. */
    @Test
    void should_throw_the_cancellation_when_asked_for_the_exception() {
        assertInstanceOf(CancelledError.class, run(() -> TaskGroupTest.failureOf(waitsForACancelledTask())));
    }
}
