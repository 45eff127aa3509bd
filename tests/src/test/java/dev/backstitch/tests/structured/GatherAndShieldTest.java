package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L9 and L10, with the tests of CPython's test_tasks.py: each names the class and method it comes from. */
class GatherAndShieldTest {
    private int proof;

    private static List<LoopFuture<Object>> futures(int count) {
        List<LoopFuture<Object>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(new LoopFuture<>(EventLoop.current()));
        }
        return futures;
    }

    @Async
    private static Coroutine<Object> wrap(LoopFuture<Object> future) {
        return Coroutine.of(await(future));
    }

    /** As FutureGatherTests, or as CoroutineGatherTests. */
    private static List<?> wrapped(List<LoopFuture<Object>> futures, boolean asCoroutines) {
        return asCoroutines ? futures.stream().map(GatherAndShieldTest::wrap).toList() : futures;
    }

    private static final boolean[] BOTH = {false, true};

    // ---------------------------------------------------------------- gather

    /** GatherTestsBase.test_success and test_result_exception_success. */
    @Test
    void should_give_results_in_the_order_of_the_arguments() {
        for (boolean coroutines : BOTH) {
            for (boolean settled : BOTH) {
                run(() -> {
                    List<LoopFuture<Object>> f = futures(3);
                    List<?> children = wrapped(f, coroutines);
                    LoopFuture<List<Object>> all = settled ? gatherSettled(children) : gather(children);
                    f.get(1).complete(1);
                    f.get(0).complete(2);
                    await(turns(5));
                    assertFalse(all.isDone());
                    f.get(2).complete(3);
                    await(turns(5));
                    assertEquals(List.of(2, 1, 3), all.result());
                    return Coroutine.done();
                });
            }
        }
    }

    /** GatherTestsBase.test_one_exception. */
    @Test
    void should_fail_with_the_first_failure_and_leave_the_others_alone() {
        for (boolean coroutines : BOTH) {
            run(() -> {
                List<LoopFuture<Object>> f = futures(5);
                LoopFuture<List<Object>> all = gather(wrapped(f, coroutines));
                var failure = new ArithmeticException();
                f.get(0).complete(1);
                f.get(1).fail(failure);
                await(turns(5));
                assertSame(failure, all.exception());
                assertFalse(f.get(2).isDone());
                f.get(2).complete(3);
                f.get(3).cancel();
                f.get(4).fail(new IllegalStateException());
                await(turns(5));
                assertSame(failure, all.exception());
                return Coroutine.done();
            });
        }
    }

    /** GatherTestsBase.test_return_exceptions. */
    @Test
    void should_put_failures_among_the_results_when_settled() {
        for (boolean coroutines : BOTH) {
            run(() -> {
                List<LoopFuture<Object>> f = futures(4);
                LoopFuture<List<Object>> all = gatherSettled(wrapped(f, coroutines));
                var first = new ArithmeticException();
                var second = new IllegalStateException();
                f.get(1).complete(1);
                f.get(2).fail(first);
                f.get(0).complete(3);
                await(turns(5));
                assertFalse(all.isDone());
                f.get(3).fail(second);
                await(turns(5));
                assertEquals(List.of(3, 1, first, second), all.result());
                return Coroutine.done();
            });
        }
    }

    /** FutureGatherTests.test_constructor_empty_sequence_use_running_loop. */
    @Test
    void should_be_done_at_once_when_there_is_nothing_to_gather() {
        run(() -> {
            assertEquals(List.of(), gather().result());
            return Coroutine.done();
        });
    }

    /** FutureGatherTests.test_constructor_empty_sequence_without_loop, CoroutineGatherTests.test_constructor_without_loop. */
    @Test
    void should_refuse_when_no_loop_runs() {
        assertThrows(IllegalStateException.class, () -> gather());
        assertThrows(IllegalStateException.class, () -> gather(Coroutine.of(1)));
    }

    /** FutureGatherTests.test_constructor_heterogenous_futures. */
    @Test
    void should_refuse_a_future_of_another_loop() {
        try (var other = new EventLoop()) {
            run(() -> {
                assertThrows(IllegalStateException.class, () -> gather(new LoopFuture<>(other)));
                return Coroutine.done();
            });
        }
    }

    /** FutureGatherTests.test_one_cancellation. */
    @Test
    void should_fail_with_the_cancellation_of_a_child_without_being_cancelled() {
        run(() -> {
            List<LoopFuture<Object>> f = futures(5);
            LoopFuture<List<Object>> all = gather(f);
            f.get(0).complete(1);
            f.get(1).cancel();
            await(turns(3));
            assertTrue(all.isDone());
            assertFalse(all.isCancelled());
            assertInstanceOf(CancelledError.class, all.exception());
            f.get(2).complete(3);
            f.get(3).cancel();
            f.get(4).fail(new IllegalStateException());
            await(turns(3));
            return Coroutine.done();
        });
    }

    /** FutureGatherTests.test_result_exception_one_cancellation. */
    @Test
    void should_put_cancellations_among_the_results_when_settled() {
        run(() -> {
            List<LoopFuture<Object>> f = futures(6);
            LoopFuture<List<Object>> all = gatherSettled(f);
            var first = new ArithmeticException();
            var second = new IllegalStateException();
            f.get(0).complete(1);
            f.get(1).fail(first);
            f.get(2).cancel();
            await(turns(3));
            assertFalse(all.isDone());
            f.get(3).complete(3);
            f.get(4).cancel();
            f.get(5).fail(second);
            List<Object> results = new ArrayList<>(await(all));
            assertInstanceOf(CancelledError.class, results.set(2, null));
            assertInstanceOf(CancelledError.class, results.set(4, null));
            assertEquals(Arrays.asList(1, first, null, 3, null, second), results);
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<String> give(String value) {
        return Coroutine.of(value);
    }

    /** CoroutineGatherTests.test_duplicate_coroutines. */
    @Test
    void should_run_a_coroutine_once_when_it_is_given_twice() {
        run(() -> {
            Coroutine<String> c = give("abc");
            assertEquals(List.of("abc", "abc", "def", "abc"), await(gather(c, c, give("def"), c)));
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> counting(LoopFuture<Object> waiter) {
        await(waiter);
        proof++;
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> gathering(List<LoopFuture<List<Object>>> gatherer, List<Task<Void>> children) {
        gatherer.add(gather(children));
        await(gatherer.get(0));
        proof += 100;
        return Coroutine.done();
    }

    /** CoroutineGatherTests.test_cancellation_broadcast. */
    @Test
    void should_cancel_all_children_when_cancelled() {
        run(() -> {
            LoopFuture<Object> waiter = futures(1).get(0);
            List<Task<Void>> children = List.of(spawn(counting(waiter)), spawn(counting(waiter)));
            List<LoopFuture<List<Object>>> gatherer = new ArrayList<>();
            Task<Void> outer = spawn(gathering(gatherer, children));
            await(turns(1));
            assertTrue(outer.cancel());
            assertInstanceOf(CancelledError.class, await(failureOf(outer)));
            assertFalse(gatherer.get(0).cancel());
            assertTrue(waiter.isCancelled());
            assertTrue(children.get(0).isCancelled() && children.get(1).isCancelled());
            await(turns(1));
            assertEquals(0, proof);
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Throwable> failureOf(LoopFuture<?> future) {
        try {
            await(future);
        } catch (Throwable t) {
            return Coroutine.of(t);
        }
        throw new AssertionError("it did not fail");
    }

    @Async
    private static Coroutine<Void> failsAfter(LoopFuture<Object> future) {
        await(future);
        throw new IllegalStateException("should not be ignored");
    }

    @Async
    private static Coroutine<Void> gathersFailing(List<LoopFuture<Object>> f) {
        await(gather(failsAfter(f.get(0)), failsAfter(f.get(1))));
        return Coroutine.done();
    }

    /** CoroutineGatherTests.test_exception_marking: the later failure counts as seen. */
    @Test
    void should_report_no_later_failure() {
        run(() -> {
            List<LoopFuture<Object>> f = futures(2);
            Task<Void> outer = spawn(gathersFailing(f));
            await(turns(2));
            f.get(0).complete(null);
            await(turns(2));
            f.get(1).complete(null);
            await(turns(3));
            assertInstanceOf(IllegalStateException.class, outer.exception());
            return Coroutine.done();
        });
    }

    /** CoroutineGatherTests.test_issue46672. */
    @Test
    void should_refuse_what_cannot_be_awaited() {
        run(() -> {
            assertThrows(IllegalArgumentException.class, () -> gather(give("abc"), new Object()));
            await(turns(3));
            return Coroutine.done();
        });
    }

    /** test_cancel_gather_1: when all children are done, it is too late. */
    @Test
    void should_refuse_to_be_cancelled_when_all_children_are_done() {
        run(() -> {
            LoopFuture<Object> future = futures(1).get(0);
            LoopFuture<List<Object>> all = gather(wrap(future));
            await(turns(2));
            List<Boolean> cancelled = new ArrayList<>();
            future.whenDone(() -> EventLoop.current().callSoon(() -> cancelled.add(all.cancel())));
            future.complete(42);
            assertEquals(List.of(42), await(all));
            assertEquals(List.of(false), cancelled);
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Void> gathersForEver() {
        for (;;) {
            await(gatherSettled(pause(50)));
        }
    }

    /** test_cancel_gather_2. */
    @Test
    void should_throw_the_cancellation_with_its_message_even_when_settling() {
        for (String message : new String[] {null, "my message"}) {
            Throwable failure = run(() -> {
                Task<Void> task = spawn(gathersForEver());
                await(pause(200));
                task.cancel(message);
                return failureOf(task);
            });
            assertEquals(message, assertInstanceOf(CancelledError.class, failure).getMessage());
        }
    }

    // ---------------------------------------------------------------- shield

    /** test_shield_result. */
    @Test
    void should_give_the_result_of_what_it_shields() {
        run(() -> {
            LoopFuture<Object> inner = futures(1).get(0);
            LoopFuture<Object> outer = shield(inner);
            inner.complete(42);
            assertEquals(42, await(outer));
            return Coroutine.done();
        });
    }

    /** test_shield_exception. */
    @Test
    void should_fail_as_what_it_shields_does() {
        run(() -> {
            LoopFuture<Object> inner = futures(1).get(0);
            LoopFuture<Object> outer = shield(inner);
            var failure = new IllegalStateException("expected");
            inner.fail(failure);
            await(turns(1));
            assertSame(failure, outer.exception());
            return Coroutine.done();
        });
    }

    /** test_shield_cancel_inner. */
    @Test
    void should_be_cancelled_when_what_it_shields_is() {
        run(() -> {
            LoopFuture<Object> inner = futures(1).get(0);
            LoopFuture<Object> outer = shield(inner);
            inner.cancel();
            await(turns(1));
            assertTrue(outer.isCancelled());
            return Coroutine.done();
        });
    }

    /** test_shield_cancel_outer. */
    @Test
    void should_leave_what_it_shields_alone_when_cancelled() {
        run(() -> {
            LoopFuture<Object> inner = futures(1).get(0);
            LoopFuture<Object> outer = shield(inner);
            outer.cancel();
            await(turns(2));
            assertTrue(outer.isCancelled());
            assertFalse(inner.isDone());
            return Coroutine.done();
        });
    }

    /** test_shield_shortcut. */
    @Test
    void should_be_what_it_shields_when_that_is_done() {
        run(() -> {
            LoopFuture<Object> inner = futures(1).get(0);
            inner.complete(42);
            assertSame(inner, shield(inner));
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> shielding(LoopFuture<Object> waiter) {
        await(shield(counting(waiter)));
        proof += 100;
        return Coroutine.done();
    }

    /** test_shield_effect. */
    @Test
    void should_let_the_inner_task_go_on_when_the_awaiter_is_cancelled() {
        run(() -> {
            LoopFuture<Object> waiter = futures(1).get(0);
            Task<Void> outer = spawn(shielding(waiter));
            await(turns(2));
            outer.cancel();
            assertInstanceOf(CancelledError.class, await(failureOf(outer)));
            waiter.complete(null);
            await(turns(2));
            assertEquals(1, proof);
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> waitingFor(LoopFuture<Object> waiter) {
        await(Tasks.wait(List.of(spawn(counting(waiter)))));
        proof += 100;
        return Coroutine.done();
    }

    /** test_yield_wait_does_not_shield_cancel: nor does {@code wait} cancel. */
    @Test
    void should_let_the_task_go_on_when_one_that_waits_for_it_is_cancelled() {
        run(() -> {
            LoopFuture<Object> waiter = futures(1).get(0);
            Task<Void> outer = spawn(waitingFor(waiter));
            await(turns(2));
            outer.cancel();
            assertInstanceOf(CancelledError.class, await(failureOf(outer)));
            waiter.complete(null);
            await(turns(2));
            assertEquals(1, proof);
            return Coroutine.done();
        });
    }

    /** test_shield_gather. */
    @Test
    void should_shield_a_gathering() {
        run(() -> {
            List<LoopFuture<Object>> children = futures(2);
            LoopFuture<List<Object>> parent = gather(children);
            LoopFuture<List<Object>> outer = shield(parent);
            outer.cancel();
            await(turns(1));
            assertTrue(outer.isCancelled());
            children.get(0).complete(1);
            children.get(1).complete(2);
            await(turns(2));
            assertEquals(List.of(1, 2), parent.result());
            return Coroutine.done();
        });
    }

    /** test_gather_shield. */
    @Test
    void should_cancel_the_shields_only_when_a_gathering_of_them_is_cancelled() {
        run(() -> {
            List<LoopFuture<Object>> children = futures(2);
            List<LoopFuture<Object>> inner = List.of(shield(children.get(0)), shield(children.get(1)));
            LoopFuture<List<Object>> parent = gather(inner);
            await(turns(1));
            parent.cancel();
            await(turns(2));
            assertInstanceOf(CancelledError.class, parent.exception());
            assertTrue(inner.get(0).isCancelled() && inner.get(1).isCancelled());
            children.get(0).complete(1);
            children.get(1).complete(2);
            await(turns(1));
            return Coroutine.done();
        });
    }

    /** test_shield_coroutine_without_loop. */
    @Test
    void should_refuse_to_shield_a_coroutine_when_no_loop_runs() {
        assertEquals(
                "no running event loop",
                assertThrows(IllegalStateException.class, () -> shield(give("abc"))).getMessage());
    }

    /** test_shield_coroutine_use_running_loop. */
    @Test
    void should_shield_a_coroutine() {
        assertEquals("abc", run(() -> Coroutine.of(await(shield(give("abc"))))));
    }
}
