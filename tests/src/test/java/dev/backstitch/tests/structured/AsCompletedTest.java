package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.asCompleted;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.time;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.AsCompleted;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** L10, {@code asCompleted}, with the tests of CPython's test_tasks.py: each names the method it comes from. */
class AsCompletedTest {
    @Async
    private static Coroutine<String> give(long millis, String value) {
        if (millis > 0) {
            await(pause(millis));
        }
        return Coroutine.of(value);
    }

    /** By the plain iterator. */
    @Async
    private static Coroutine<List<Object>> plainly(Collection<?> awaitables, Duration timeout) {
        List<Object> values = new ArrayList<>();
        for (Coroutine<Object> next : asCompleted(awaitables, timeout)) {
            try {
                values.add(await(next));
            } catch (TimeoutError e) {
                values.add(e.getClass());
            }
        }
        return Coroutine.of(values);
    }

    /** By the asynchronous one. */
    @Async
    private static Coroutine<List<Object>> asynchronously(Collection<?> awaitables, Duration timeout) {
        List<Object> values = new ArrayList<>();
        try {
            for (LoopFuture<Object> done : awaitEach(Tasks.<Object>asCompleted(awaitables, timeout).futures())) {
                assertTrue(done.isDone());
                values.add(await(done));
            }
        } catch (TimeoutError e) {
            values.add(e.getClass());
        }
        return Coroutine.of(values);
    }

    /** test_as_completed. */
    @Test
    void should_give_results_in_the_order_of_their_ends() {
        run(() -> {
            assertEquals(
                    List.of("b", "a", "c"),
                    await(plainly(List.of(give(10, "b"), give(150, "c"), give(10, "a")), null)));
            assertEquals(150, time());
            assertEquals(
                    List.of("b", "a", "c"),
                    await(asynchronously(List.of(give(10, "b"), give(150, "c"), give(10, "a")), null)));
            assertEquals(300, time());
            return Coroutine.done();
        });
    }

    /** test_as_completed_same_tasks_in_as_out. */
    @Test
    void should_give_the_tasks_that_were_given() {
        run(() -> {
            Task<String> b = spawn(give(0, "b"));
            Task<String> d = spawn(give(0, "d"));
            Set<LoopFuture<String>> out = new java.util.HashSet<>();
            AsCompleted<String> all = asCompleted(List.of(give(0, "a"), b, give(0, "c"), d));
            for (LoopFuture<String> done : awaitEach(all.futures())) {
                out.add(done);
            }
            assertEquals(4, out.size());
            assertTrue(out.containsAll(List.of(b, d)));
            return Coroutine.done();
        });
    }

    /** test_as_completed_with_timeout. */
    @Test
    void should_throw_a_timeout_for_each_that_is_late() {
        run(() -> {
            Task<String> a = spawn(give(100, "a"));
            Task<String> b = spawn(give(150, "b"));
            assertEquals(List.of("a", TimeoutError.class), await(plainly(List.of(a, b), millis(120))));
            assertEquals(120, time());
            assertEquals("b", await(b)); // it goes on
            return Coroutine.done();
        });
        run(() -> {
            Task<String> a = spawn(give(100, "a"));
            Task<String> b = spawn(give(150, "b"));
            assertEquals(List.of("a", TimeoutError.class), await(asynchronously(List.of(a, b), millis(120))));
            assertEquals(120, time());
            assertEquals("b", await(b));
            return Coroutine.done();
        });
    }

    /** test_as_completed_with_unused_timeout: no timer is left. */
    @Test
    void should_take_its_timer_back_when_all_are_done() {
        run(() -> {
            assertEquals(List.of("a"), await(plainly(List.of(give(10, "a")), millis(1000))));
            assertEquals(List.of("a"), await(asynchronously(List.of(give(10, "a")), millis(1000))));
            assertEquals(20, time());
            return Coroutine.done();
        });
    }

    /** test_as_completed_resume_iterator. */
    @Test
    void should_go_on_where_it_was_left() {
        run(() -> {
            AsCompleted<String> all = asCompleted(List.of(give(0, "0"), give(0, "1"), give(0, "2"), give(0, "3")));
            List<String> collected = new ArrayList<>();
            for (Coroutine<String> next : all) {
                collected.add(await(next));
                if (collected.size() == 2) {
                    break;
                }
            }
            for (LoopFuture<String> done : awaitEach(all.futures())) {
                collected.add(done.result());
                if (collected.size() == 3) {
                    break;
                }
            }
            for (Coroutine<String> next : all) {
                collected.add(await(next));
            }
            assertEquals(List.of("0", "1", "2", "3"), collected);
            assertThrows(NoSuchElementException.class, () -> {
                throw new AssertionError(all.next());
            });
            return Coroutine.done();
        });
    }

    /** test_as_completed_reverse_wait. */
    @Test
    void should_give_the_first_end_to_the_coroutine_that_is_awaited_first() {
        run(() -> {
            List<Coroutine<String>> all = new ArrayList<>();
            for (Coroutine<String> next : Tasks.<String>asCompleted(List.of(give(50, "a"), give(100, "b")))) {
                all.add(next);
            }
            assertEquals("a", await(all.get(1)));
            assertEquals(50, time());
            assertEquals("b", await(all.get(0)));
            assertEquals(100, time());
            return Coroutine.done();
        });
    }

    /** test_as_completed_concurrent. */
    @Test
    void should_be_awaited_by_several_at_a_time() {
        run(() -> {
            List<Task<String>> tasks = new ArrayList<>();
            for (Coroutine<String> next : Tasks.<String>asCompleted(List.of(give(50, "a"), give(50, "b")))) {
                tasks.add(spawn(next));
            }
            assertEquals(2, await(Tasks.wait(tasks)).done().size());
            assertEquals(Set.of("a", "b"), Set.of(tasks.get(0).result(), tasks.get(1).result()));
            return Coroutine.done();
        });
    }

    /** test_as_completed_duplicate_coroutines. */
    @Test
    void should_run_an_awaitable_once_when_it_is_given_twice() {
        run(() -> {
            Coroutine<String> ham = give(0, "ham");
            assertEquals(List.of("ham", "spam"), await(plainly(List.of(ham, ham, give(0, "spam")), null)));
            Coroutine<String> eggs = give(0, "eggs");
            assertEquals(List.of("eggs", "spam"), await(asynchronously(List.of(eggs, eggs, give(0, "spam")), null)));
            return Coroutine.done();
        });
    }

    /** test_as_completed_coroutine_without_loop. */
    @Test
    void should_refuse_when_no_loop_runs() {
        assertEquals(
                "no running event loop",
                assertThrows(IllegalStateException.class, () -> asCompleted(List.of(Task.of(1)))).getMessage());
    }

    /** An end is lost to nobody: what a cancelled awaiter was woken for goes to the next. */
    @Test
    void should_hand_the_end_on_when_the_one_that_was_woken_is_cancelled() {
        run(() -> {
            Task<String> only = spawn(give(10, "only"));
            Task<String> other = spawn(give(10_000, "other"));
            AsCompleted<String> all = asCompleted(List.of(only, other));
            Task<String> first = spawn(all.next());
            Task<String> second = spawn(all.next());
            await(turns(2));
            only.whenDone(() -> Tasks.spawn(turns(0)).whenDone(first::cancel));
            await(Tasks.wait(List.of(first, second), null, dev.backstitch.loop.ReturnWhen.FIRST_COMPLETED));
            await(turns(5));
            assertEquals(10, time());
            assertTrue(first.isCancelled() ? "only".equals(second.result()) : !second.isDone());
            second.cancel();
            other.cancel();
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<String> fails() {
        await(pause(5));
        throw new IllegalArgumentException("as it was");
    }

    /** The failure comes in the order of the ends, as it is. */
    @Test
    void should_throw_the_failure_of_the_one_that_failed() {
        run(() -> {
            AsCompleted<String> all = asCompleted(List.of(give(10, "a"), fails()));
            Throwable failure = await(TaskGroupTest.failureOf(all.next()));
            assertEquals("as it was", assertInstanceOf(IllegalArgumentException.class, failure).getMessage());
            assertEquals("a", await(all.next()));
            assertFalse(all.hasNext());
            return Coroutine.done();
        });
    }
}
