package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Context;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L4, I1: test_tasks.py, but for cancellation ({@link TaskCancellationTest}). */
class TaskTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;

    @AfterEach
    void close() {
        virtual.close();
    }

    @Async
    private static Coroutine<Object> awaits(LoopFuture<?> future) {
        return Coroutine.of(await(future));
    }

    /** BaseTaskTests.test_other_loop_future. */
    @Test
    void should_refuse_a_future_of_another_loop() {
        try (var other = new VirtualLoop()) {
            LoopFuture<Void> foreign = new LoopFuture<>(other.loop);
            String message = assertThrows(IllegalStateException.class, () -> virtual.run(awaits(foreign))).getMessage();
            assertTrue(message.matches("Task .* got Future .* attached to a different loop"), message);
        }
    }

    private Task<?> self;

    @Async
    private Coroutine<Void> awaitsItself() {
        await(self);
        return Coroutine.done();
    }

    /** BaseTaskTests.test_task_awaits_on_itself. */
    @Test
    void should_refuse_to_await_itself() {
        self = loop.spawn(awaitsItself());
        String message = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(self)).getMessage();
        assertTrue(message.contains("Task cannot await on itself"), message);
    }

    private Task<?> other;

    @Async
    private Coroutine<Void> awaitsOther() {
        await(other);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsSelf() {
        await(self);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsOtherShielded() {
        await(Tasks.shield(other));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsOtherGathered() {
        await(Tasks.gather(other));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsOtherAsStage() {
        await(other.toCompletableFuture());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsSelfGathered() {
        await(Tasks.gather(self));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsSelfAsStage() {
        await(self.toCompletableFuture());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsSelfShielded() {
        await(Tasks.shield(self));
        return Coroutine.done();
    }

    /** L20: by each route there, the cycle is found by the one that closes it. */
    @Test
    void should_name_the_cycle_whichever_way_it_leads_back() {
        List<Coroutine<Void>> routes = List.of(awaitsSelfShielded(), awaitsSelfGathered(), awaitsSelfAsStage());
        for (Coroutine<Void> route : routes) {
            other = loop.spawn(route, "other");
            self = loop.spawn(awaitsOther(), "self");
            String message = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(self)).getMessage();
            assertTrue(message.startsWith("await cycle: "), message);
            assertTrue(message.contains("name='other'") && message.contains("name='self'"), message);
            assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(other));
        }
        loop.close();
        virtual.errors.clear();
    }

    /** L20: what hangs in CPython. Each route by which one task may come to wait for another. */
    @Test
    void should_name_the_cycle_when_two_tasks_await_each_other() {
        List<Coroutine<Void>> routes =
                List.of(awaitsOther(), awaitsOtherShielded(), awaitsOtherGathered(), awaitsOtherAsStage());
        for (Coroutine<Void> route : routes) {
            other = loop.spawn(awaitsSelf(), "other");
            self = loop.spawn(route, "self");
            String message = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(self)).getMessage();
            assertTrue(message.startsWith("await cycle: "), message);
            assertTrue(message.contains("name='other'") && message.contains("name='self'"), message);
            assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(other));
        }
        loop.close();
        virtual.errors.clear(); // the shield and the gathering, which nobody awaits any more
    }

    @Async
    private static Coroutine<String> notmuch() {
        return Coroutine.of("ok");
    }

    /** BaseTaskTests.test_task_class. */
    @Test
    void should_have_the_result_of_its_body() {
        Task<String> t = loop.spawn(notmuch());
        assertFalse(t.isDone());
        loop.runUntilComplete(t);
        assertTrue(t.isDone());
        assertEquals("ok", t.result());
        assertSame(loop, t.loop());
    }

    /** BaseTaskTests.test_task_repr. */
    @Test
    void should_print_its_state_name_and_body() {
        Task<String> t = loop.spawn(notmuch(), "TestTask");
        assertTrue(t.toString().matches("<Task pending name='TestTask' coro=.*TaskTest\\.notmuch\\(.*\\)>"), t.toString());
        t.cancel();
        assertTrue(t.toString().startsWith("<Task cancelling name='TestTask' coro="), t.toString());
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(t));
        assertEquals("<Task cancelled name='TestTask'>", t.toString());

        Task<String> fine = loop.spawn(notmuch(), "TestTask");
        loop.runUntilComplete(fine);
        assertEquals("<Task finished name='TestTask' result=ok>", fine.toString());

        Task<Void> bad = loop.spawn(fails(), "TestTask");
        assertThrows(ArithmeticException.class, () -> loop.runUntilComplete(bad));
        assertEquals("<Task finished name='TestTask' exception=java.lang.ArithmeticException: 1/0>", bad.toString());
    }

    /** BaseTaskTests.test_task_repr_autogenerated. */
    @Test
    void should_be_given_a_name_with_a_growing_number() {
        Task<String> t1 = loop.spawn(notmuch());
        Task<String> t2 = loop.spawn(notmuch());
        assertNotEquals(t1.toString(), t2.toString());
        assertTrue(number(t1) < number(t2));
        loop.runUntilComplete(t1);
        loop.runUntilComplete(t2);
    }

    private static int number(Task<?> task) {
        Matcher name = Pattern.compile("^<Task pending name='Task-(\\d+)'.*").matcher(task.toString());
        assertTrue(name.matches(), task.toString());
        return Integer.parseInt(name.group(1));
    }

    /** BaseTaskTests.test_task_repr_wait_for. */
    @Test
    void should_print_what_it_waits_for() {
        LoopFuture<Void> fut = new LoopFuture<>(loop);
        Task<?> task = loop.spawn(awaits(fut));
        virtual.turns(1);
        assertTrue(task.toString().endsWith(" wait_for=" + fut + ">"), task.toString());
        fut.complete(null);
        loop.runUntilComplete(task);
    }

    /** BaseTaskTests.test_get_stack and I2: every frame, where CPython shows the outermost. */
    @Test
    void should_show_the_frames_of_its_body() {
        LoopFuture<Void> fut = new LoopFuture<>(loop);
        Task<Void> task = loop.spawn(outer(fut));
        virtual.turns(1);
        assertEquals(
                List.of("awaits", "outer"),
                Arrays.stream(task.stack()).map(StackTraceElement::getMethodName).toList());
        fut.complete(null);
        loop.runUntilComplete(task);
        assertEquals(0, task.stack().length);
    }

    @Async
    private static Coroutine<Void> outer(LoopFuture<?> fut) {
        await(awaits(fut));
        return Coroutine.done();
    }

    /** BaseTaskTests.test_task_set_methods. */
    @Test
    void should_refuse_to_be_ended_by_others() {
        Task<String> task = loop.spawn(notmuch());
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> task.complete("ok"))
                .getMessage()
                .contains("not support set_result"));
        assertTrue(assertThrows(UnsupportedOperationException.class, () -> task.fail(new RuntimeException()))
                .getMessage()
                .contains("not support set_exception"));
        assertEquals("ok", loop.runUntilComplete(task));
    }

    /** BaseTaskTests.test_step_result_future. */
    @Test
    void should_go_on_with_the_value_of_the_future() {
        LoopFuture<Object> fut = new LoopFuture<>(loop);
        Task<Object> t = loop.spawn(awaits(fut));
        virtual.turns(1);
        var res = new Object();
        fut.complete(res);
        virtual.turns(1);
        assertTrue(t.isDone());
        assertSame(res, t.result());
    }

    private final List<String> log = new ArrayList<>();

    @Async
    private Coroutine<Void> isCurrent(Task<?>[] task, LoopFuture<Boolean> ends, LoopFuture<Boolean> awaited) {
        assertSame(task[0], Tasks.currentTask());
        ends.complete(true);
        await(awaited);
        assertSame(task[0], Tasks.currentTask());
        log.add("done");
        return Coroutine.done();
    }

    /** BaseTaskTests.test_current_task and test_current_task_with_interleaving_tasks. */
    @Test
    void should_be_current_in_its_own_steps() {
        assertNull(Tasks.currentTask());
        LoopFuture<Boolean> fut1 = new LoopFuture<>(loop);
        LoopFuture<Boolean> fut2 = new LoopFuture<>(loop);
        Task<?>[] first = new Task<?>[1];
        Task<?>[] second = new Task<?>[1];
        first[0] = loop.spawn(isCurrent(first, fut1, fut2));
        second[0] = loop.spawn(isCurrent(second, fut2, fut1));
        List<Task<?>> inCallback = new ArrayList<>();
        loop.callSoon(() -> inCallback.add(Tasks.currentTask()));
        loop.runUntilComplete(first[0]);
        loop.runUntilComplete(second[0]);
        assertEquals(List.of("done", "done"), log);
        assertEquals(Arrays.asList((Task<?>) null), inCallback);
        assertNull(Tasks.currentTask());
    }

    @Async
    private static Coroutine<Void> fails() {
        throw new ArithmeticException("1/0");
    }

    @Async
    private static Coroutine<Void> looksAtTheTrace() {
        Task<Void> task = Tasks.spawn(fails());
        await(sleep(Duration.ZERO));
        assertEquals("fails", task.exception().getStackTrace()[0].getMethodName());
        return Coroutine.done();
    }

    /** BaseTaskTests.test_exception_traceback. */
    @Test
    void should_have_a_failure_with_its_trace() {
        virtual.run(looksAtTheTrace());
    }

    @Async
    private static Coroutine<Void> forEver(EventLoop loop) {
        await(new LoopFuture<>(loop));
        throw new AssertionError("code never reached");
    }

    /** BaseTaskTests.test_log_destroyed_pending_task: here, when the loop is closed. */
    @Test
    void should_be_reported_when_the_loop_is_closed_before_it_is_done() {
        loop.setDebug(true);
        Task<Void> task = loop.spawn(forEver(loop), "kill me");
        assertEquals(Set.of(task), loop.allTasks());
        virtual.turns(1);
        System.gc();
        assertEquals(Set.of(task), loop.allTasks()); // held strongly
        loop.close();
        assertEquals(1, virtual.errors.size());
        assertTrue(virtual.errors.get(0).message().startsWith("Task was destroyed but it is pending!"));
        assertTrue(virtual.errors.get(0).message().contains("kill me"));
        assertSame(task, virtual.errors.get(0).source());
        assertEquals(
                "should_be_reported_when_the_loop_is_closed_before_it_is_done",
                virtual.errors.get(0).createdAt().get(0).getMethodName());
        virtual.errors.clear();
    }

    /** BaseTaskTests.test_task_source_traceback. */
    @Test
    void should_know_where_it_was_made_in_debug_mode() {
        assertEquals(List.of(), loop.spawn(notmuch()).createdAt());
        loop.setDebug(true);
        Task<String> task = loop.spawn(notmuch());
        assertEquals("should_know_where_it_was_made_in_debug_mode", task.createdAt().get(0).getMethodName());
        loop.runUntilComplete(task);
    }

    @Async
    private static Coroutine<Integer> spawnsInner() {
        Task<String> task = Tasks.spawn(notmuch(), "No-op");
        assertEquals("No-op", task.name());
        assertEquals("ok", await(task));
        return Coroutine.of(1);
    }

    /** BaseTaskTests.test_bare_create_task, test_bare_create_named_task; test_create_named_task_with_default_factory of the loop. */
    @Test
    void should_be_spawned_with_a_name() {
        assertEquals(1, virtual.run(spawnsInner()));
    }

    private final ContextVar<Integer> cvar = new ContextVar<>("cvar");

    @Async
    private Coroutine<Void> sets(int value) {
        await(sleep(Duration.ZERO));
        cvar.set(value);
        return Coroutine.done();
    }

    @Async
    private Coroutine<List<Integer>> shareAContext() {
        List<Integer> seen = new ArrayList<>();
        Context ctx = Context.copyContext();
        seen.add(ctx.get(cvar));
        await(Tasks.spawn(sets(1), ctx));
        seen.add(ctx.get(cvar));
        await(Tasks.spawn(sets(2), ctx));
        seen.add(ctx.get(cvar));
        return Coroutine.of(seen);
    }

    /** BaseTaskTests.test_context_6 and test_get_context. */
    @Test
    void should_share_the_context_it_is_given() {
        assertEquals(Arrays.asList(null, 1, 2), virtual.run(shareAContext()));
    }

    // ---------------------------------------------------------------- run_coroutine_threadsafe

    @Async
    private static Coroutine<Integer> add(int a, int b, boolean fails, boolean cancels) {
        await(sleep(Duration.ofNanos(50)));
        if (fails) {
            throw new IllegalStateException("Fail!");
        }
        if (cancels) {
            Tasks.currentTask().cancel();
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(a + b);
    }

    private static Integer target(EventLoop loop, boolean fails, boolean cancels) throws Exception {
        return loop.submit(add(1, 2, fails, cancels)).get();
    }

    @Async
    private static Coroutine<Integer> submits(boolean fails, boolean cancels) {
        EventLoop loop = EventLoop.current();
        return Coroutine.of(await(loop.<Integer>runInExecutor(() -> target(loop, fails, cancels))));
    }

    /** RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe. */
    @Test
    void should_run_for_another_thread() {
        assertEquals(3, EventLoop.run(submits(false, false)));
    }

    /** RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_with_exception. */
    @Test
    void should_fail_for_another_thread() {
        var e = assertThrows(ExecutionException.class, () -> EventLoop.run(submits(true, false)));
        assertEquals("Fail!", e.getCause().getMessage());
    }

    /** RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_task_cancelled. */
    @Test
    void should_be_cancelled_for_another_thread() {
        assertThrows(CancelledError.class, () -> EventLoop.run(submits(false, true)));
    }

    @Async
    private static Coroutine<Set<Task<?>>> submitsWithTimeout() {
        EventLoop loop = EventLoop.current();
        boolean timedOut = await(loop.<Boolean>runInExecutor(() -> {
            CompletableFuture<Void> future = loop.submit(forEver(loop));
            try {
                future.get(0, TimeUnit.SECONDS);
                return false;
            } catch (TimeoutException e) {
                return future.cancel(true);
            }
        }));
        assertTrue(timedOut);
        for (int i = 0; i < 3; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(loop.allTasks());
    }

    /** RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_with_timeout. */
    @Test
    void should_be_cancelled_by_the_thread_that_has_submitted_it() {
        assertEquals(1, EventLoop.run(submitsWithTimeout()).size()); // the main task itself
    }
}
