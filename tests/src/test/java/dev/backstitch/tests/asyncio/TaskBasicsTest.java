package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The smallest programs of test_tasks.py and test_pep492.py: awaits, sleeps, and which task runs. */
class TaskBasicsTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;

    @AfterEach
    void close() {
        virtual.close();
    }

    @Async
    private static Coroutine<Integer> inner(int value) {
        return Coroutine.of(value);
    }

    @Async
    private static Coroutine<Integer> outer() {
        int a = await(inner(42));
        int b = await(inner(1000));
        return Coroutine.of(a + b);
    }

    /** BaseTaskTests.test_task_basics. */
    @Test
    void should_add_what_two_coroutines_give() {
        assertEquals(1042, virtual.run(outer()));
    }

    /** BaseTaskTests.test_coroutine_non_gen_function. */
    @Test
    void should_run_a_coroutine_that_awaits_nothing() {
        assertEquals(7, virtual.run(inner(7)));
    }

    /** test_pep492.py::CoroutineTests.test_async_def_coroutines: the same in debug mode. */
    @Test
    void should_run_the_same_in_debug_mode() {
        loop.setDebug(true);
        assertEquals(1042, virtual.run(outer()));
        loop.setDebug(false);
    }

    /** BaseTaskTests.test_task_cancel_message_getter. */
    @Test
    void should_be_cancelled_with_a_message_before_it_starts() {
        Task<Integer> t = loop.spawn(inner(1));
        t.cancel("my message");
        CancelledError error = assertThrows(CancelledError.class, () -> loop.runUntilComplete(t));
        assertEquals("my message", error.getMessage());
        assertEquals("my message", error.request().message());
    }

    // ---------------------------------------------------------------- which task runs

    @Async
    private static Coroutine<Task<?>> current() {
        Task<?> running = Tasks.currentTask();
        return Coroutine.of(running);
    }

    /** BaseCurrentLoopTests.test_current_task_with_implicit_loop. */
    @Test
    void should_be_the_current_task_while_it_runs() {
        Task<Task<?>> t = loop.spawn(current());
        assertSame(t, loop.runUntilComplete(t));
    }

    /** BaseCurrentLoopTests.test_current_task_no_running_loop and _implicit: off every loop there is none, and no error. */
    @Test
    void should_not_be_current_when_no_loop_runs() {
        assertNull(Tasks.currentTask());
        assertThrows(IllegalStateException.class, Tasks::allTasks);
    }

    private Task<Void> printed;

    @Async
    private Coroutine<Void> looksAtItself() {
        StackTraceElement[] stack = printed.stack();
        assertEquals("looksAtItself", stack[0].getMethodName());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> spawnsWhatLooksAtItself() {
        printed = Tasks.spawn(looksAtItself());
        await(printed);
        return Coroutine.done();
    }

    /** test_pep492.py::CoroutineTests.test_task_print_stack. */
    @Test
    void should_show_its_own_frame_while_it_runs() {
        virtual.run(spawnsWhatLooksAtItself());
    }

    @Async
    private static Coroutine<Void> sleeps() {
        await(sleep(Duration.ofMillis(100)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaitsWhatATaskRuns() {
        Coroutine<Void> coro = sleeps();
        Task<Void> t = Tasks.spawn(coro);
        try {
            await(sleep(Duration.ZERO));
            await(coro);
        } finally {
            t.cancel();
        }
        return Coroutine.done();
    }

    /** test_pep492.py::CoroutineTests.test_double_await. */
    @Test
    void should_refuse_to_be_awaited_while_a_task_runs_it() {
        String message = assertThrows(IllegalStateException.class, () -> virtual.run(awaitsWhatATaskRuns())).getMessage();
        assertTrue(message.startsWith("coroutine is being awaited already"), message);
    }

    // ---------------------------------------------------------------- sleep

    private int result;

    @Async
    private Coroutine<Void> sleepsZero() {
        EventLoop.current().callSoon(() -> result++);
        assertEquals(0, result);
        await(sleep(Duration.ZERO));
        assertEquals(1, result);
        return Coroutine.done();
    }

    /** SleepTests.test_sleep_zero. */
    @Test
    void should_let_others_run_when_it_sleeps_for_nothing() {
        virtual.run(sleepsZero());
        assertEquals(1, result);
    }

    @Async
    private static Coroutine<String> sleepsTwice(Duration delay, String arg) {
        await(sleep(delay.dividedBy(2)));
        await(sleep(delay.dividedBy(2)));
        return Coroutine.of(arg);
    }

    /** BaseTaskTests.test_sleep. */
    @Test
    void should_sleep_as_long_as_it_says() {
        assertEquals("yeah", virtual.run(sleepsTwice(Duration.ofMillis(100), "yeah")));
        assertEquals(100, virtual.millis());
    }

    /** BaseTaskTests.test_sleep_cancel: its timer wakes nobody then, the clock included. */
    @Test
    void should_leave_no_timer_when_its_sleep_is_cancelled() {
        Task<Void> t = loop.spawn(sleeps());
        virtual.turns(1);
        t.cancel();
        virtual.turns(2);
        assertTrue(t.isCancelled());
        virtual.pass(Duration.ofMillis(10));
        assertEquals(10, virtual.millis());
    }

    @Async
    private static Coroutine<Void> awaitsAgain() {
        Awaitable<Void> nap = sleep(Duration.ofMillis(5));
        await(nap);
        await(nap);
        return Coroutine.done();
    }

    /** C2, of the coroutine that Python's sleep is: its time does not begin again. */
    @Test
    void should_refuse_a_sleep_that_was_awaited_before() {
        String message = assertThrows(IllegalStateException.class, () -> virtual.run(awaitsAgain())).getMessage();
        assertTrue(message.startsWith("cannot reuse already awaited sleep()"), message);
        assertEquals(5, virtual.millis());
    }

    @Async
    private static Coroutine<Void> naps(Awaitable<Void> nap) {
        await(nap);
        return Coroutine.done();
    }

    /** C2: nor do two wait for the same. */
    @Test
    void should_refuse_a_sleep_that_another_one_awaits() {
        Awaitable<Void> nap = sleep(Duration.ofMillis(5));
        Task<Void> first = loop.spawn(naps(nap));
        Task<Void> second = loop.spawn(naps(nap));
        String message = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(second)).getMessage();
        assertEquals("sleep() is being awaited already", message);
        loop.runUntilComplete(first);
        assertEquals(5, virtual.millis());
    }
}
