package dev.backstitch.tests.loop;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same coroutines on a fork-join pool, on virtual threads, on an executor of one thread, and on Swing's thread. */
class SchedulerTest {
    private static final boolean VIRTUAL = Runtime.version().feature() >= 21;
    private static ScheduledExecutorService single;
    private static Thread singleThread;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("java.awt.headless", "true");
        single = Executors.newSingleThreadScheduledExecutor();
        singleThread = single.submit(Thread::currentThread).get();
    }

    @AfterAll
    static void stop() {
        single.shutdown();
    }

    static List<Scheduler> schedulers() {
        List<Scheduler> all = new ArrayList<>(List.of(
                Scheduler.forkJoin(), Scheduler.of(single, () -> Thread.currentThread() == singleThread),
                Scheduler.swing(), Scheduler.confined(Runnable::run)));
        if (VIRTUAL) {
            all.add(Scheduler.virtualThreads());
        }
        return all;
    }

    static List<Scheduler> threads() {
        return schedulers().stream().filter(Scheduler::isThread).toList();
    }

    /** A stage that another thread completes. */
    private static CompletableFuture<String> elsewhere(String value) {
        return CompletableFuture.supplyAsync(() -> value);
    }

    private static void checkHome(Scheduler home) {
        assertTrue(home.isCurrent(), () -> Thread.currentThread() + " is not on " + home);
    }

    // ---------------------------------------------------------------- coming back

    @Async
    private static Coroutine<String> traveller(Scheduler home) {
        checkHome(home);
        String a = await(elsewhere("a"));
        checkHome(home);
        await(sleep(Duration.ofNanos(1)));
        checkHome(home);
        await(sleep(Duration.ZERO));
        checkHome(home);
        String b = await(toThread(() -> home.isCurrent() ? "not elsewhere" : "b"));
        checkHome(home);
        List<String> c = await(gather(inner(home, "c"), inner(home, "d")));
        checkHome(home);
        String e = await(hot(home, "e"));
        checkHome(home);
        try {
            await(CompletableFuture.runAsync(() -> { throw new IllegalStateException("f"); }));
        } catch (IllegalStateException f) {
            checkHome(home);
            return Coroutine.of(a + b + c + e + f.getMessage());
        }
        throw new AssertionError();
    }

    @Async
    private static Coroutine<String> inner(Scheduler home, String value) {
        String got = await(elsewhere(value));
        checkHome(home);
        return Coroutine.of(got);
    }

    @Async
    private static CompletableFuture<String> hot(Scheduler home, String value) {
        String got = await(elsewhere(value));
        checkHome(home);
        await(sleep(Duration.ofNanos(1)));
        checkHome(home);
        return CompletableFuture.completedFuture(got);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_come_back_to_its_scheduler_when_it_has_awaited_anything(Scheduler scheduler) throws Exception {
        assertEquals("ab[c, d]ef", EventLoop.run(traveller(scheduler), scheduler));
    }

    @ParameterizedTest
    @MethodSource("threads")
    void should_go_on_there_when_a_hot_coroutine_is_started_between_turns(Scheduler scheduler) throws Exception {
        var loop = new EventLoop(scheduler);
        var started = new CompletableFuture<CompletableFuture<String>>();
        scheduler.execute(() -> {
            started.complete(hot(scheduler, "x"));
            assertSame(loop, EventLoop.current());
        });
        assertEquals("x", started.get().get());
        loop.shutdown().get();
        var after = new CompletableFuture<EventLoop>();
        scheduler.execute(() -> after.complete(EventLoop.currentOrNull()));
        assertNull(after.get(), "a closed loop is nobody's");
    }

    @ParameterizedTest
    @MethodSource("threads")
    void should_take_callbacks_and_tasks_when_its_thread_hands_them_in_between_turns(Scheduler scheduler)
            throws Exception {
        var loop = new EventLoop(scheduler);
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        var end = new CountDownLatch(4);
        scheduler.execute(() -> {
            loop.callLater(Duration.ofNanos(1), () -> note(events, end, "later"));
            loop.callSoon(() -> note(events, end, "soon"));
            loop.spawn(noting(events, end));
            loop.callSoonThreadSafe(() -> note(events, end, "safe"));
        });
        end.await();
        assertTrue(events.containsAll(List.of("later", "soon", "task", "safe")), events::toString);
        assertTrue(events.indexOf("soon") < events.indexOf("task"), events::toString);
        loop.shutdown().get();
    }

    private static void note(List<String> events, CountDownLatch end, String event) {
        events.add(event);
        end.countDown();
    }

    @Async
    private static Coroutine<Void> noting(List<String> events, CountDownLatch end) {
        note(events, end, "task");
        return Coroutine.done();
    }

    // ---------------------------------------------------------------- order and confinement

    @Async
    private static Coroutine<Void> steps(String name, List<String> events) {
        for (int i = 0; i < 3; i++) {
            events.add(name + i);
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<List<String>> interleaved() {
        List<String> events = new ArrayList<>();
        Task<Void> a = spawn(steps("a", events));
        Task<Void> b = spawn(steps("b", events));
        await(a);
        await(b);
        return Coroutine.of(events);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_keep_asyncios_order_when_a_scheduler_takes_the_turns(Scheduler scheduler) throws Exception {
        assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "b2"), EventLoop.run(interleaved(), scheduler));
    }

    private static final class Counter {
        int plain;
        final AtomicInteger inside = new AtomicInteger();
        int most;
    }

    @Async
    private static Coroutine<Void> counting(Counter counter) {
        for (int i = 0; i < 200; i++) {
            counter.most = Math.max(counter.most, counter.inside.incrementAndGet());
            counter.plain++;
            counter.inside.decrementAndGet();
            if (i % 3 == 0) {
                await(CompletableFuture.runAsync(() -> {}));
            } else {
                await(sleep(Duration.ZERO));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Counter> crowd() {
        var counter = new Counter();
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(spawn(counting(counter)));
        }
        for (Task<Void> task : tasks) {
            await(task);
        }
        return Coroutine.of(counter);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_lose_no_plain_write_when_the_threads_change(Scheduler scheduler) throws Exception {
        Counter counter = EventLoop.run(crowd(), scheduler);
        assertEquals(50 * 200, counter.plain);
        assertEquals(1, counter.most);
    }

    // ---------------------------------------------------------------- blocking, cancelling, ending

    @Async
    private static Coroutine<List<Class<?>>> blockers(Scheduler scheduler) {
        List<Class<?>> refusals = new ArrayList<>();
        Task<Void> never = spawn(sleep(Duration.ofDays(1)));
        refusals.add(assertThrows(IllegalStateException.class, never::get).getClass());
        refusals.add(assertThrows(IllegalStateException.class, () -> never.toCompletableFuture().join()).getClass());
        Coroutine<String> main = traveller(scheduler);
        refusals.add(assertThrows(IllegalStateException.class, () -> EventLoop.run(main)).getClass());
        refusals.add(assertThrows(IllegalStateException.class, () -> EventLoop.run(main, scheduler)).getClass());
        EventLoop loop = EventLoop.current();
        refusals.add(assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(main)).getClass());
        refusals.add(assertThrows(IllegalStateException.class, loop::close).getClass());
        main.close();
        return Coroutine.of(refusals);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_refuse_at_once_when_it_would_block_its_own_scheduler(Scheduler scheduler) throws Exception {
        assertEquals(6, EventLoop.run(blockers(scheduler), scheduler).size());
    }

    @ParameterizedTest
    @MethodSource("threads")
    void should_refuse_at_once_when_its_thread_blocks_between_turns(Scheduler scheduler) throws Exception {
        var loop = new EventLoop(scheduler);
        CompletableFuture<Void> sleeping = loop.submit(sleepLong());
        var refusal = new CompletableFuture<Throwable>();
        scheduler.execute(() -> refusal.complete(assertThrows(IllegalStateException.class, sleeping::join)));
        assertTrue(refusal.get().getMessage().contains("own event loop"));
        loop.shutdown().get();
        assertTrue(sleeping.isCancelled());
    }

    @Async
    private static Coroutine<Void> sleepLong() {
        await(sleep(Duration.ofDays(1)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> limited() {
        try {
            await(timeout(Duration.ofNanos(1), () -> sleepLong()));
            return Coroutine.of("slept");
        } catch (TimeoutError e) {
            return Coroutine.of("timeout");
        }
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_time_out_when_the_scheduler_keeps_the_time(Scheduler scheduler) throws Exception {
        assertEquals("timeout", EventLoop.run(limited(), scheduler));
    }

    @Async
    private static Coroutine<Void> cleaning(CountDownLatch begun, AtomicReference<Object> how) {
        try {
            begun.countDown();
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError e) {
            await(elsewhere("cleaned"));
            how.set(EventLoop.current());
            throw e;
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_end_tasks_with_their_cleaning_up_when_it_is_shut_down(Scheduler scheduler) throws Exception {
        var loop = new EventLoop(scheduler);
        var begun = new CountDownLatch(1);
        var how = new AtomicReference<>();
        CompletableFuture<Void> task = loop.submit(cleaning(begun, how));
        begun.await();
        CompletableFuture<Void> first = loop.shutdown();
        loop.shutdown().get();
        first.get();
        assertThrows(CancellationException.class, task::join);
        assertSame(loop, how.get());
        assertTrue(loop.isClosed());
        assertThrows(IllegalStateException.class, () -> loop.submit(sleepLong()));
    }

    @Async
    private static Coroutine<Void> failing() throws java.io.IOException {
        await(elsewhere(""));
        throw new java.io.IOException("no");
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_throw_the_original_failure_when_main_fails(Scheduler scheduler) {
        var failure = assertThrows(java.io.IOException.class, () -> EventLoop.run(failing(), scheduler));
        List<String> frames = List.of(failure.getStackTrace()).stream().map(StackTraceElement::getMethodName).toList();
        assertEquals("failing", frames.get(0));
        assertFalse(frames.contains("takeTurn"), frames::toString);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_say_so_when_another_thread_uses_what_is_confined(Scheduler scheduler) throws Exception {
        var loop = new EventLoop(scheduler);
        assertThrows(IllegalStateException.class, () -> loop.callSoon(() -> {}));
        assertThrows(IllegalStateException.class, () -> loop.spawn(sleepLong()));
        loop.shutdown().get();
    }

    @Test
    void should_throw_when_the_executor_takes_no_work_any_more() throws Exception {
        ScheduledExecutorService gone = Executors.newSingleThreadScheduledExecutor();
        var loop = new EventLoop(Scheduler.confined(gone));
        gone.shutdown();
        assertThrows(RejectedExecutionException.class, () -> loop.submit(sleepLong()));
    }

    @Test
    void should_say_what_is_missing_when_the_jvm_has_no_virtual_threads() throws Exception {
        if (VIRTUAL) {
            var on = EventLoop.run(threadName(), Scheduler.virtualThreads());
            assertEquals(true, Thread.class.getMethod("isVirtual").invoke(on));
        } else {
            var refusal = assertThrows(UnsupportedOperationException.class, Scheduler::virtualThreads);
            assertTrue(refusal.getMessage().contains("Java 21"));
        }
    }

    @Async
    private static Coroutine<Thread> threadName() {
        await(elsewhere(""));
        return Coroutine.of(Thread.currentThread());
    }

    @Test
    void should_need_no_stack_when_the_executor_runs_work_in_its_caller() {
        Scheduler scheduler = Scheduler.confined(Runnable::run);
        var ran = new AtomicInteger();
        scheduler.execute(new Runnable() {
            @Override
            public void run() {
                if (ran.incrementAndGet() < 1_000_000) {
                    scheduler.execute(this);
                }
            }
        });
        assertEquals(1_000_000, ran.get());
    }

    @Test
    void should_run_what_comes_later_when_a_piece_of_work_fails() throws Exception {
        Scheduler scheduler = Scheduler.confined(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((where, failure) -> {});
            return thread;
        }));
        var later = new CompletableFuture<Boolean>();
        scheduler.execute(() -> {
            scheduler.execute(() -> later.complete(scheduler.isCurrent()));
            throw new IllegalStateException("a fault");
        });
        assertTrue(later.get());
    }

    // ---------------------------------------------------------------- a turn inside a turn

    @Async
    private static Coroutine<String> modal(List<String> events) throws ExecutionException, InterruptedException {
        java.awt.SecondaryLoop dialog =
                java.awt.Toolkit.getDefaultToolkit().getSystemEventQueue().createSecondaryLoop();
        Task<Void> closer = spawn(closing(dialog, events));
        events.add("open");
        assertTrue(dialog.enter());
        events.add("closed");
        await(closer);
        return Coroutine.of(events.toString());
    }

    @Async
    private static Coroutine<Void> closing(java.awt.SecondaryLoop dialog, List<String> events) {
        events.add("behind");
        await(sleep(Duration.ofNanos(1)));
        await(elsewhere(""));
        events.add("close");
        dialog.exit();
        return Coroutine.done();
    }

    @Test
    void should_let_others_go_on_when_a_coroutine_shows_a_modal_dialog() throws Exception {
        assertEquals(
                "[open, behind, close, closed]",
                EventLoop.run(modal(Collections.synchronizedList(new ArrayList<>())), Scheduler.swing()));
    }

    @Test
    void should_take_the_next_turn_when_an_error_has_left_one() throws Exception {
        var seen = new CompletableFuture<Throwable>();
        var pool = Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work);
            thread.setUncaughtExceptionHandler((on, failure) -> seen.complete(failure));
            return thread;
        });
        var loop = new EventLoop(Scheduler.confined(pool));
        var error = new KeyboardInterrupt("enough");
        var after = new CompletableFuture<String>();
        loop.callSoonThreadSafe(() -> {
            loop.callSoon(() -> after.complete("after"));
            throw error;
        });
        assertEquals("after", after.get());
        assertSame(error, seen.get());
        loop.shutdown().get();
        pool.shutdown();
    }

    /** Takes {@code most} pieces of work, and no more. */
    private static Executor takingAtMost(int most) {
        var left = new AtomicInteger(most);
        return work -> {
            if (left.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("no more");
            }
            CompletableFuture.runAsync(work);
        };
    }

    @Async
    private static Coroutine<Void> turns(int count, Duration each) {
        for (int i = 0; i < count; i++) {
            await(sleep(each));
        }
        return Coroutine.done();
    }

    @Test
    void should_end_the_run_with_the_rejection_when_the_executor_takes_no_more_turns() {
        for (int taken = 1; taken < 8; taken++) {
            Scheduler ready = Scheduler.confined(takingAtMost(taken));
            assertThrows(RejectedExecutionException.class, () -> EventLoop.run(turns(20, Duration.ZERO), ready));
            Scheduler timed = Scheduler.confined(takingAtMost(taken));
            assertThrows(
                    RejectedExecutionException.class, () -> EventLoop.run(turns(20, Duration.ofNanos(1)), timed));
        }
    }
}
