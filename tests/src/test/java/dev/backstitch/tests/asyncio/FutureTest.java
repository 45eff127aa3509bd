package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L3: test_futures.py, class BaseFutureTests; its callbacks are in {@link FutureCallbackTest}. */
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

    // ---------------------------------------------------------------- as an awaitable

    /** test_constructor_without_loop: the loop is a parameter, and not optional. */
    @Test
    void should_refuse_to_be_made_without_a_loop() {
        assertThrows(NullPointerException.class, () -> new LoopFuture<Integer>(null));
    }

    /** test_iter: it asks for itself once, and must not be gone on with before it is done. */
    @Test
    void should_refuse_to_go_on_when_it_is_not_done() {
        Iterator<?> requests = f.requests();
        assertSame(f, requests.next());
        assertTrue(assertThrows(IllegalStateException.class, requests::next)
                .getMessage()
                .startsWith("resumed before what it awaits was done"));
        f.cancel();
    }

    /** test_future_stop_iteration_args: its value is what asking it comes to. */
    @Test
    void should_give_its_value_to_who_asks_it() {
        f.complete(42);
        Gen<?> requests = (Gen<?>) f.requests();
        assertEquals(42, assertThrows(StopIteration.class, () -> requests.send(null)).value());
    }

    /** test_future_iter_throw, of what Java's types let be thrown. */
    @Test
    void should_throw_what_is_thrown_into_its_requests() {
        var zebra = new RuntimeException("zebra");
        Gen<?> fresh = (Gen<?>) f.requests();
        assertSame(zebra, assertThrows(RuntimeException.class, () -> fresh.raise(zebra)));
        Gen<?> asked = (Gen<?>) f.requests();
        assertSame(f, asked.next());
        assertSame(zebra, assertThrows(RuntimeException.class, () -> asked.raise(zebra)));
    }

    // ---------------------------------------------------------------- never retrieved

    /**
     * test_tb_logger_abandoned, test_tb_logger_result_unretrieved, test_tb_logger_result_retrieved,
     * test_tb_logger_not_called_after_cancel, test_tb_logger_exception_retrieved, test_tb_logger_exception_result_retrieved.
     */
    @Test
    void should_report_nothing_when_the_failure_was_seen() {
        f.complete(42);
        var asked42 = new LoopFuture<Integer>(loop);
        asked42.complete(42);
        assertEquals(42, asked42.result());
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

    /**
     * test_future_exception_never_retrieved and _debug, test_tb_logger_exception_unretrieved: as soon as the loop takes its next
     * turn after the collection.
     */
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
}
