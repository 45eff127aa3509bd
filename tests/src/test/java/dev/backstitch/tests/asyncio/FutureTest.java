package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L3: test_futures.py, classes BaseFutureTests and BaseFutureDoneCallbackTests. */
class FutureTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;
    private final LoopFuture<Integer> f = new LoopFuture<>(loop);

    private static void assertEnded(LoopFuture<Integer> future) {
        assertTrue(future.isDone());
        assertThrows(IllegalStateException.class, () -> future.complete(1));
        assertThrows(IllegalStateException.class, () -> future.fail(new RuntimeException()));
        assertFalse(future.cancel());
    }

    /** test_initial_state. */
    @Test
    void should_be_pending_at_first() {
        assertFalse(f.isCancelled());
        assertFalse(f.isDone());
        f.cancel();
        assertTrue(f.isCancelled());
        virtual.close();
    }

    /** test_future_cancel_message_getter. */
    @Test
    void should_carry_the_message_of_its_cancellation() {
        f.cancel("my message");
        assertEquals(
                "my message",
                assertThrows(CancelledError.class, () -> loop.runUntilComplete(f)).getMessage());
    }

    /** test_cancel. */
    @Test
    void should_end_when_cancelled() {
        assertTrue(f.cancel());
        assertTrue(f.isCancelled());
        assertThrows(CancelledError.class, f::result);
        assertThrows(CancelledError.class, f::exception);
        assertEnded(f);
    }

    /** test_result. */
    @Test
    void should_end_with_a_result() {
        assertThrows(IllegalStateException.class, f::result);
        f.complete(42);
        assertFalse(f.isCancelled());
        assertEquals(42, f.result());
        assertNull(f.exception());
        assertEnded(f);
    }

    /** test_exception. */
    @Test
    void should_end_with_an_exception() {
        var exc = new RuntimeException();
        assertThrows(IllegalStateException.class, f::exception);
        f.fail(exc);
        assertFalse(f.isCancelled());
        assertSame(exc, assertThrows(RuntimeException.class, f::result));
        assertSame(exc, f.exception());
        assertEnded(f);
    }

    /** test_stop_iteration_exception. */
    @Test
    void should_not_take_a_stop_iteration_for_its_exception() {
        var exc = new StopIteration(3);
        f.fail(exc);
        var wrapped = assertThrows(IllegalStateException.class, f::result);
        assertTrue(wrapped.getMessage().matches("StopIteration .* cannot be raised .*"), wrapped.getMessage());
        assertSame(exc, wrapped.getCause());
    }

    @Async
    private static Coroutine<Integer> awaitsTwice(LoopFuture<Integer> future) {
        return Coroutine.of(await(future) + await(future));
    }

    /** test_yield_from_twice. */
    @Test
    void should_be_awaited_more_than_once() {
        loop.callSoon(() -> f.complete(42));
        assertEquals(84, virtual.run(awaitsTwice(f)));
    }

    /** test_future_repr. */
    @Test
    void should_print_its_state() {
        loop.setDebug(true);
        var debug = new LoopFuture<Void>(loop);
        StackTraceElement here = debug.createdAt().get(0);
        assertEquals("<LoopFuture pending created at " + here + ">", debug.toString());
        loop.setDebug(false);
        assertEquals("<LoopFuture pending>", f.toString());
        var cancelled = new LoopFuture<Void>(loop);
        cancelled.cancel();
        assertEquals("<LoopFuture cancelled>", cancelled.toString());
        f.complete(4);
        assertEquals("<LoopFuture finished result=4>", f.toString());
        var failed = new LoopFuture<Void>(loop);
        failed.fail(new RuntimeException());
        assertEquals("<LoopFuture finished exception=java.lang.RuntimeException>", failed.toString());
    }

    /** test_future_source_traceback. */
    @Test
    void should_know_where_it_was_made_in_debug_mode() {
        assertEquals(List.of(), f.createdAt());
        loop.setDebug(true);
        var future = new LoopFuture<Void>(loop);
        assertEquals(
                "should_know_where_it_was_made_in_debug_mode", future.createdAt().get(0).getMethodName());
    }

    // ---------------------------------------------------------------- never retrieved

    /** test_tb_logger_abandoned, _result_unretrieved, _not_called_after_cancel, _exception_retrieved, _result_retrieved. */
    @Test
    void should_report_nothing_when_the_failure_was_seen() {
        f.complete(42);
        new LoopFuture<Void>(loop).isDone();
        var cancelled = new LoopFuture<Void>(loop);
        cancelled.fail(new RuntimeException());
        cancelled.cancel();
        var asked = new LoopFuture<Void>(loop);
        asked.fail(new RuntimeException("boom"));
        asked.exception();
        var thrown = new LoopFuture<Void>(loop);
        thrown.fail(new RuntimeException("boom"));
        assertThrows(RuntimeException.class, thrown::result);
        virtual.close();
    }

    private static final class Boom extends Error {
        private static final long serialVersionUID = 1L;
    }

    private WeakReference<Object> failsAndDrops(Throwable failure) {
        var future = new LoopFuture<Void>(loop);
        future.fail(failure);
        return new WeakReference<>(future);
    }

    /** test_future_exception_never_retrieved and _debug: as soon as the loop takes its next turn after the collection. */
    @Test
    void should_report_a_failure_that_nobody_can_see_any_more() {
        for (boolean debug : List.of(false, true)) {
            loop.setDebug(debug);
            var boom = new Boom();
            WeakReference<Object> gone = failsAndDrops(boom);
            for (int i = 0; gone.get() != null && i < 50; i++) {
                System.gc();
            }
            for (int i = 0; virtual.errors.isEmpty() && i < 1_000; i++) {
                System.gc(); // the collector hands the reference over some time later
                virtual.turns(1);
            }
            LoopError error = virtual.errors.remove(0);
            assertTrue(error.message().startsWith("Future exception was never retrieved"), error.message());
            assertSame(boom, error.exception());
            assertEquals(debug, error.message().contains(" created at "));
        }
        virtual.close();
    }

    // ---------------------------------------------------------------- callbacks

    private final List<Integer> bag = new ArrayList<>();

    private Runnable adds(int thing) {
        return () -> bag.add(thing);
    }

    /** test_callbacks_remove_first_callback and test_callbacks_remove_first_and_second_callback. */
    @Test
    void should_not_call_what_was_taken_back() {
        Runnable cb1 = adds(42);
        Runnable cb2 = adds(17);
        Runnable cb3 = adds(100);
        for (Runnable cb : List.of(cb1, cb1, cb2, cb3, cb1)) {
            f.whenDone(cb);
        }
        assertEquals(3, f.removeWhenDone(cb1));
        assertEquals(1, f.removeWhenDone(cb3));
        assertEquals(0, f.removeWhenDone(cb3));
        assertEquals(List.of(), bag);
        f.complete(1);
        virtual.turns(1);
        assertEquals(List.of(17), bag);
        assertEquals(0, f.removeWhenDone(cb2));
    }

    /** test_callbacks_invoked_on_set_result: in a later turn, in order. */
    @Test
    void should_call_its_callbacks_in_the_next_turn() {
        f.whenDone(adds(42));
        f.whenDone(adds(17));
        assertEquals(List.of(), bag);
        f.complete(5);
        assertEquals(List.of(), bag);
        virtual.turns(1);
        assertEquals(List.of(42, 17), bag);
    }

    /** test_callbacks_invoked_on_set_exception and _on_cancel. */
    @Test
    void should_call_its_callbacks_however_it_ends() {
        f.whenDone(adds(100));
        f.fail(new RuntimeException("boom"));
        f.exception();
        var cancelled = new LoopFuture<Void>(loop);
        cancelled.whenDone(adds(200));
        cancelled.cancel();
        virtual.turns(1);
        assertEquals(List.of(100, 200), bag);
    }

    /** BaseFutureDoneCallbackTests, on a future that is done: still by the loop. */
    @Test
    void should_call_back_by_the_loop_when_it_is_done_already() {
        f.complete(1);
        f.whenDone(adds(1));
        assertEquals(List.of(), bag);
        virtual.turns(1);
        assertEquals(List.of(1), bag);
    }

    /** test_remove_done_callbacks_list_mutation, without the trick that Python needs: callbacks that add and take back. */
    @Test
    void should_bear_callbacks_that_change_the_callbacks() {
        Runnable late = adds(2);
        f.whenDone(() -> {
            bag.add(1);
            f.removeWhenDone(late); // too late: they have all been handed to the loop
            f.whenDone(adds(3));
        });
        f.whenDone(late);
        f.complete(1);
        virtual.turns(2);
        assertEquals(List.of(1, 2, 3), bag);
    }
}
