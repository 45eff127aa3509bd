package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Clock;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Handle;
import dev.backstitch.loop.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L1, L2, L16: test_events.py, class EventLoopTestsMixin, and what it has of handles and running loops. */
class EventsTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;
    private final List<Object> results = new ArrayList<>();

    private Runnable addsAndStops(Object result, int stopsAt) {
        return () -> {
            results.add(result);
            if (results.size() >= stopsAt) {
                loop.stop();
            }
        };
    }

    @Async
    private static Coroutine<Void> sleeps(Duration delay) {
        await(sleep(delay));
        return Coroutine.done();
    }

    /** EventLoopTestsMixin.test_run_until_complete. */
    @Test
    void should_run_as_long_as_its_main_coroutine() {
        virtual.run(sleeps(Duration.ofMillis(100)));
        assertEquals(100, virtual.millis());
        virtual.close();
    }

    @Async
    private static Coroutine<Void> stops() {
        EventLoop.current().stop();
        await(sleep(Duration.ofMillis(100)));
        return Coroutine.done();
    }

    /** EventLoopTestsMixin.test_run_until_complete_stopped. */
    @Test
    void should_say_so_when_it_was_stopped_before_its_main_coroutine_was_done() {
        String message = assertThrows(IllegalStateException.class, () -> virtual.run(stops())).getMessage();
        assertEquals("Event loop stopped before Future completed.", message);
    }

    /** EventLoopTestsMixin.test_call_later, and BaseEventLoopTests.test_call_later. */
    @Test
    void should_call_later() {
        Handle handle = loop.callLater(Duration.ofMillis(100), addsAndStops("hello world", 1));
        assertFalse(handle.isCancelled());
        assertEquals(100_000_000, handle.when());
        loop.runForever();
        assertEquals(List.of("hello world"), results);
        assertEquals(100, virtual.millis());
        assertThrows(NullPointerException.class, () -> loop.callLater(null, () -> {}));
        virtual.close();
    }

    /** EventLoopTestsMixin.test_call_soon. */
    @Test
    void should_call_soon() {
        loop.callSoon(addsAndStops("hello", 1));
        loop.runForever();
        assertEquals(List.of("hello"), results);
        virtual.close();
    }

    /** EventLoopTestsMixin.test_call_soon_threadsafe. */
    @Test
    void should_call_soon_for_another_thread() throws InterruptedException {
        var thread = new Thread(() -> loop.callSoonThreadSafe(addsAndStops("hello", 2)));
        thread.start();
        thread.join();
        loop.callSoon(addsAndStops("world", 2));
        loop.runForever();
        assertEquals(2, results.size());
        assertTrue(results.containsAll(List.of("hello", "world")));
        virtual.close();
    }

    /** EventLoopTestsMixin.test_call_soon_threadsafe_same_thread. */
    @Test
    void should_call_soon_for_any_thread_on_its_own() {
        loop.callSoonThreadSafe(addsAndStops("hello", 2));
        loop.callSoon(addsAndStops("world", 2));
        loop.runForever();
        assertTrue(results.containsAll(List.of("hello", "world")));
        virtual.close();
    }

    /** EventLoopTestsMixin.test_run_in_executor_cancel: the thread that ends later calls no loop that is closed. */
    @Test
    void should_not_be_called_by_cancelled_work_when_it_is_closed() throws InterruptedException {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var real = new EventLoop();
        real.setExceptionHandler(results::add);
        LoopFuture<Object> f2 = real.runInExecutor(() -> {
            started.countDown();
            release.await();
            ended.countDown();
            return null;
        });
        started.await();
        f2.cancel();
        real.callSoon(real::stop);
        real.runForever();
        real.close();
        release.countDown();
        ended.await();
        assertEquals(List.of(), results);
        assertTrue(f2.isCancelled());
    }

    /** EventLoopTestsMixin.test_timeout_rounding: delays below the resolution of any clock cost no more than their turns. */
    @Test
    void should_not_spin_when_delays_are_very_short() {
        var counting = new Clock() {
            private long now;
            private int waits;

            @Override
            public long nanos() {
                return now;
            }

            @Override
            public void idle(long nanos) {
                waits++;
                now += nanos;
            }
        };
        try (var counted = new EventLoop(counting)) {
            counted.runUntilComplete(sleepsShorterAndShorter());
        }
        assertTrue(counting.waits <= 5, "waited " + counting.waits + " times");
    }

    @Async
    private static Coroutine<Void> sleepsShorterAndShorter() {
        for (long nanos : new long[] {10_000_000, 100_000, 1_000, 10, 0}) {
            await(sleep(Duration.ofNanos(nanos)));
        }
        return Coroutine.done();
    }

    // ---------------------------------------------------------------- handles

    private static void noop() {}

    /** HandleTests.test_handle_source_traceback and HandleTests.test_handle_repr_debug; TimerTests.test_timer_repr_debug. */
    @Test
    void should_print_where_a_handle_was_scheduled_in_debug_mode() {
        loop.setDebug(true);
        String here = "should_print_where_a_handle_was_scheduled_in_debug_mode(EventsTest.java:";
        List<Handle> handles = List.of(
                loop.callSoon(EventsTest::noop),
                loop.callSoonThreadSafe(EventsTest::noop),
                loop.callLater(Duration.ZERO, EventsTest::noop),
                loop.callAt(123, EventsTest::noop));
        for (Handle handle : handles) {
            assertTrue(handle.toString().matches(".* created at .*EventsTest\\..*"), handle.toString());
            assertTrue(handle.toString().contains(here), handle.toString());
            handle.cancel();
            String cancelled = handle.toString();
            assertTrue(cancelled.contains(" cancelled") && cancelled.contains(" created at "), cancelled);
            handle.cancel();
            assertEquals(cancelled, handle.toString());
        }
        assertTrue(handles.get(3).toString().startsWith("<TimerHandle when=123"), handles.get(3).toString());
    }

    /** HandleTests.test_callback_with_exception. */
    @Test
    void should_hand_the_handler_what_a_callback_throws_with_its_handle() {
        Handle h = loop.callSoon(() -> {
            throw new IllegalArgumentException();
        });
        virtual.turns(1);
        assertTrue(virtual.errors.get(0).message().startsWith("Exception in callback"));
        assertTrue(virtual.errors.get(0).exception() instanceof IllegalArgumentException);
        assertSame(h, virtual.errors.get(0).source());
    }

    // ---------------------------------------------------------------- the running loop

    @Async
    private static Coroutine<Void> looks(EventLoop loop) {
        assertSame(loop, EventLoop.current());
        assertSame(loop, EventLoop.currentOrNull());
        return Coroutine.done();
    }

    private static void assertNoneRuns() {
        assertEquals(
                "no running event loop",
                assertThrows(IllegalStateException.class, EventLoop::current).getMessage());
        assertNull(EventLoop.currentOrNull());
    }

    /** GetEventLoopTestsMixin.test_get_event_loop_returns_running_loop and _loop2, as far as there are no policies. */
    @Test
    void should_be_the_current_loop_while_it_runs() {
        assertNoneRuns();
        virtual.run(looks(loop));
        assertNoneRuns();
        virtual.close();
    }
}
