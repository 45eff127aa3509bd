package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.Context;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md V1 to V6: test_context.py, and the context tests of test_asyncio. */
class ContextVarTest {
    /** test_context.py::ContextTest.test_context_var_new_1. */
    @Test
    void should_have_the_name_it_was_given() {
        assertEquals("aaa", new ContextVar<>("aaa").name());
        assertThrows(NullPointerException.class, () -> new ContextVar<>(null));
    }

    /** test_context.py::ContextTest.test_context_var_repr_1. */
    @Test
    void should_print_its_name_default_and_whether_a_token_is_used() {
        new Context().run(() -> {
            assertTrue(new ContextVar<>("a").toString().contains("a"));
            var c = new ContextVar<>("a", 123);
            assertTrue(c.toString().contains("123"));
            var token = c.set(1);
            assertTrue(token.toString().contains(c.toString()));
            assertFalse(token.toString().contains(" used "));
            c.reset(token);
            assertTrue(token.toString().contains(" used "));
        });
    }

    /** test_context.py::ContextTest.test_context_get_context_1. */
    @Test
    void should_copy_the_current_context() {
        assertNotNull(Context.copyContext());
    }

    /** test_context.py::ContextTest.test_context_run_2. */
    @Test
    void should_return_what_the_code_returns() {
        assertEquals("bar", new Context().<String>call(() -> "bar"));
    }

    /** test_context.py::ContextTest.test_context_run_3. */
    @Test
    void should_throw_what_the_code_throws() {
        var ctx = new Context();
        assertThrows(ArithmeticException.class, () -> ctx.run(() -> {
            throw new ArithmeticException();
        }));
        assertThrows(java.io.IOException.class, () -> ctx.call(() -> {
            throw new java.io.IOException();
        }));
    }

    /** test_context.py::ContextTest.test_context_run_4. */
    @Test
    void should_keep_contexts_apart_when_one_runs_in_another() {
        var ctx1 = new Context();
        var ctx2 = new Context();
        var var = new ContextVar<String>("var");
        Context returned = ctx1.call(() -> {
            assertNull(var.get(null));
            var.set("spam");
            ctx2.run(() -> assertNull(var.get(null)));
            assertEquals("spam", var.get(null));
            Context cur = Context.copyContext();
            assertEquals(1, cur.size());
            assertEquals("spam", cur.get(var));
            return cur;
        });
        assertEquals(ctx1.variables(), returned.variables());
        assertEquals("spam", returned.get(var));
        assertTrue(returned.contains(var));
        assertEquals("spam", ctx1.get(var));
    }

    /** test_context.py::ContextTest.test_context_run_5. */
    @Test
    void should_leave_the_context_when_the_code_throws() {
        var ctx = new Context();
        var var = new ContextVar<String>("var");
        assertThrows(ArithmeticException.class, () -> ctx.run(() -> {
            assertNull(var.get(null));
            var.set("spam");
            throw new ArithmeticException();
        }));
        assertNull(var.get(null));
    }

    /** test_context.py::ContextTest.test_context_run_6. */
    @Test
    void should_see_in_the_context_what_is_set_in_it() {
        var ctx = new Context();
        var c = new ContextVar<>("a", 0);
        ctx.run(() -> {
            assertEquals(0, c.get());
            assertNull(ctx.get(c));
            c.set(42);
            assertEquals(42, c.get());
            assertEquals(42, ctx.get(c));
        });
    }

    /** V6. test_context.py::ContextTest.test_context_run_7. */
    @Test
    void should_refuse_to_be_entered_twice() {
        var ctx = new Context();
        ctx.run(() -> assertTrue(assertThrows(IllegalStateException.class, () -> ctx.run(() -> {}))
                .getMessage()
                .contains("is already entered")));
        ctx.run(() -> {});
    }

    /** V5. test_context.py::ContextTest.test_context_getset_1. */
    @Test
    void should_reset_to_what_was_before_once() {
        new Context().run(() -> {
            var c = new ContextVar<Object>("c");
            assertThrows(NoSuchElementException.class, c::get);
            assertNull(c.get(null));

            var t0 = c.set(42);
            assertEquals(42, c.get());
            assertEquals(42, c.get(null));
            assertFalse(t0.hadValue());
            assertSame(c, t0.variable());

            var t = c.set("spam");
            assertEquals("spam", c.get());
            assertTrue(t.hadValue());
            assertEquals(42, t.oldValue());
            c.reset(t);
            assertEquals(42, c.get());

            c.set("spam2");
            assertTrue(assertThrows(IllegalStateException.class, () -> c.reset(t))
                    .getMessage()
                    .contains("has already been used"));
            assertEquals("spam2", c.get());

            Context ctx1 = Context.copyContext();
            c.reset(t0);
            assertThrows(IllegalStateException.class, () -> c.reset(t0));
            assertNull(c.get(null));
            assertEquals("spam2", ctx1.get(c));
            assertEquals(1, ctx1.size());
            assertEquals(List.of(c), ctx1.variables());

            Context ctx2 = Context.copyContext();
            assertFalse(ctx2.contains(c));
            assertNull(ctx2.get(c));
            assertEquals(0, ctx2.size());
            assertEquals(List.of(), ctx2.variables());
        });
    }

    /** test_context.py::ContextTest.test_context_getset_2. */
    @Test
    void should_refuse_the_token_of_another_variable() {
        new Context().run(() -> {
            var v1 = new ContextVar<Integer>("v1");
            var v2 = new ContextVar<Integer>("v2");
            var t1 = v1.set(42);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> v2.reset(t1))
                    .getMessage()
                    .contains("by a different"));
        });
    }

    /** test_context.py::ContextTest.test_context_getset_3. */
    @Test
    void should_not_count_the_default_as_set() {
        var c = new ContextVar<>("c", 42);
        var ctx = new Context();
        ctx.run(() -> {
            assertEquals(42, c.get());
            assertNull(ctx.get(c));
            assertFalse(ctx.contains(c));
            assertEquals(List.of(), ctx.variables());
            var t = c.set(1);
            assertEquals(List.of(c), ctx.variables());
            assertEquals(1, ctx.get(c));
            c.reset(t);
            assertEquals(List.of(), ctx.variables());
        });
    }

    /** V5. test_context.py::ContextTest.test_context_getset_4. */
    @Test
    void should_refuse_the_token_of_another_context() {
        new Context().run(() -> {
            var c = new ContextVar<>("c", 42);
            var token = new Context().call(() -> c.set(1));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> c.reset(token))
                    .getMessage()
                    .contains("different Context"));
        });
    }

    /** test_context.py::ContextTest.test_context_getset_5. */
    @Test
    void should_leave_the_original_alone_when_a_copy_sets() {
        new Context().run(() -> {
            var c = new ContextVar<List<Integer>>("c", List.of(42));
            c.set(new ArrayList<>());
            Context.copyContext().run(() -> {
                c.set(new ArrayList<>());
                c.get().add(42);
                assertEquals(List.of(42), c.get());
            });
            assertEquals(List.of(), c.get());
        });
    }

    /** test_context.py::ContextTest.test_context_copy_1. */
    @Test
    void should_copy_an_entered_context() {
        var ctx1 = new Context();
        var c = new ContextVar<>("c", 42);
        ctx1.run(() -> {
            c.set(10);
            Context ctx2 = ctx1.copy();
            assertEquals(10, ctx2.get(c));
            c.set(20);
            assertEquals(20, ctx1.get(c));
            assertEquals(10, ctx2.get(c));
            ctx2.run(() -> {
                assertEquals(10, c.get());
                c.set(30);
                assertEquals(30, c.get());
            });
            assertEquals(20, ctx1.get(c));
            assertEquals(30, ctx2.get(c));
        });
    }

    /** test_context.py::ContextTest.test_context_threads_1. */
    @Test
    void should_have_a_value_of_its_own_in_each_thread() throws Exception {
        var cvar = new ContextVar<Integer>("cvar");
        int threads = 10;
        var step = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int num = t;
                results.add(pool.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        cvar.set(num + i);
                        step.await();
                        assertEquals(num + i, cvar.get());
                        step.await();
                    }
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** In place of test_context.py::HamtTest: many variables, set and reset at random, against a plain map. */
    @Test
    void should_hold_what_a_map_would_hold_when_many_variables_change() {
        var random = new Random(3);
        List<ContextVar<Integer>> vars = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            vars.add(new ContextVar<>("v" + i));
        }
        var expected = new java.util.HashMap<ContextVar<Integer>, Integer>();
        List<ContextVar.Token<Integer>> tokens = new ArrayList<>();
        List<Integer> tokenVars = new ArrayList<>();
        new Context().run(() -> {
            for (int i = 0; i < 20_000; i++) {
                if (tokens.isEmpty() || random.nextInt(5) < 3) {
                    int v = random.nextInt(vars.size());
                    tokens.add(vars.get(v).set(i));
                    tokenVars.add(v);
                    expected.put(vars.get(v), i);
                } else {
                    int last = tokens.size() - 1;
                    ContextVar<Integer> var = vars.get(tokenVars.remove(last));
                    var token = tokens.remove(last);
                    var.reset(token);
                    if (token.hadValue()) {
                        expected.put(var, token.oldValue());
                    } else {
                        expected.remove(var);
                    }
                }
            }
            Context now = Context.copyContext();
            assertEquals(expected.size(), now.size());
            List<ContextVar<Integer>> set = vars.stream().filter(expected::containsKey).toList();
            assertEquals(set, now.variables());
            for (var var : vars) {
                assertEquals(expected.get(var), var.get(null));
            }
        });
    }

    // ---------------------------------------------------------------- in tasks

    private final ContextVar<String> cvar = new ContextVar<>("cvar", "nope");

    @Async
    private Coroutine<Void> sub() {
        await(sleep(Duration.ofMillis(10)));
        assertEquals("nope", cvar.get());
        cvar.set("something else");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> spawnsASetter() {
        assertEquals("nope", cvar.get());
        Task<Void> subtask = Tasks.spawn(sub());
        cvar.set("yes");
        assertEquals("yes", cvar.get());
        await(subtask);
        assertEquals("yes", cvar.get());
        return Coroutine.done();
    }

    /** V2. test_tasks.py::BaseTaskTests.test_context_1. */
    @Test
    void should_start_a_task_with_a_copy() {
        try (var loops = new VirtualLoop()) {
            loops.run(spawnsASetter());
        }
    }

    @Async
    private Coroutine<Void> callsBack(List<String> seen) {
        assertEquals("nope", cvar.get());
        var fut = new LoopFuture<Void>(EventLoop.current());
        Runnable callback = () -> {
            seen.add(cvar.get());
            cvar.set("in callback");
        };
        cvar.set("yes");
        EventLoop.current().callSoon(callback);
        fut.whenDone(callback);
        fut.whenDone(callback);
        cvar.set("later");
        fut.complete(null);
        await(fut);
        await(sleep(Duration.ZERO));
        assertEquals("later", cvar.get());
        return Coroutine.done();
    }

    /** V3. test_tasks.py::BaseTaskTests.test_context_2. */
    @Test
    void should_run_a_callback_in_a_copy_of_the_context_that_scheduled_it() {
        List<String> seen = new ArrayList<>();
        try (var loops = new VirtualLoop()) {
            loops.run(callsBack(seen));
        }
        assertEquals(List.of("yes", "yes", "yes"), seen);
    }

    @Async
    private static Coroutine<Void> countsUp(ContextVar<Integer> var, int num) {
        for (int i = 0; i < 10; i++) {
            var.set(num + i);
            await(sleep(Duration.ofNanos(1 + num * 7919L % 101)));
            assertEquals(num + i, var.get());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> manyCountUp(ContextVar<Integer> var) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tasks.add(Tasks.spawn(countsUp(var, i)));
        }
        await(Tasks.gather(tasks));
        return Coroutine.done();
    }

    /** test_tasks.py::BaseTaskTests.test_context_3. */
    @Test
    void should_keep_a_value_for_each_of_a_hundred_tasks() {
        var var = new ContextVar<>("cvar", -1);
        try (var loops = new VirtualLoop()) {
            loops.run(manyCountUp(var));
            assertEquals(-1, var.get());
        }
    }

    @Async
    private Coroutine<Void> usesContext(Context context) {
        assertEquals("nope", cvar.get());
        cvar.set("something");
        assertEquals("something", context.get(cvar));
        await(sleep(Duration.ZERO));
        assertEquals("something", cvar.get());
        return Coroutine.done();
    }

    /** test_tasks.py::BaseTaskTests.test_context_4 and test_context_5: tasks that share one context. */
    @Test
    void should_run_in_the_very_context_it_is_given() {
        try (var loops = new VirtualLoop()) {
            var ctx = new Context();
            Task<Void> task = loops.loop.spawn(usesContext(ctx), ctx);
            loops.loop.runUntilComplete(task);
            assertEquals("something", ctx.get(cvar));
            assertSame(ctx, task.contextOrNull());
        }
    }

    @Async
    private Coroutine<String> setsAndWaits() {
        cvar.set("mine");
        await(sleep(Duration.ZERO));
        return Coroutine.of(cvar.get());
    }

    @Async
    private Coroutine<String> awaitsASetter() {
        await(setsAndWaits());
        return Coroutine.of(cvar.get());
    }

    @Async
    @Generator
    private AsyncGen<Integer> setsWhileYielding() {
        cvar.set("in generator");
        Gen.yield(1);
        await(sleep(Duration.ZERO));
        Gen.yield(2);
        return AsyncGen.end();
    }

    @Async
    private Coroutine<String> iterates() {
        for (int i : awaitEach(setsWhileYielding())) {
            assertEquals("in generator", cvar.get());
        }
        return Coroutine.of(cvar.get());
    }

    /** V1: awaited coroutines and asynchronous generators share the caller's context. */
    @Test
    void should_see_what_an_awaited_coroutine_or_generator_sets() {
        try (var loops = new VirtualLoop()) {
            assertEquals("mine", loops.run(awaitsASetter()));
            assertEquals("in generator", loops.run(iterates()));
            assertEquals("nope", cvar.get());
        }
    }

    @Async
    @Generator
    private AsyncGen<Integer> resetsInFinally() {
        var token = cvar.set("generator");
        try {
            Gen.yield(1);
            Gen.yield(2);
        } finally {
            cvar.reset(token);
        }
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> leavesEarly(AsyncGen<Integer> gen) {
        await(gen.next());
        return Coroutine.done();
    }

    /** V5: a generator that another task finalises cannot reset what it has set. */
    @Test
    void should_refuse_the_token_in_a_finally_that_another_task_runs() {
        var loops = new VirtualLoop();
        AsyncGen<Integer> gen = resetsInFinally();
        loops.run(leavesEarly(gen));
        loops.run(loops.loop.shutdownAsyncGens());
        loops.loop.close();
        assertEquals(1, loops.errors.size());
        assertSame(gen, loops.errors.get(0).source());
        assertTrue(loops.errors.get(0).exception().getMessage().contains("was created in a different Context"));
    }

    @Async
    private Coroutine<Void> entersOwn() {
        Context.copyContext().run(() -> cvar.set("in copy"));
        assertEquals("nope", cvar.get());
        cvar.set("own");
        var seen = new AtomicReference<String>();
        new Context().run(() -> seen.set(cvar.get()));
        assertEquals("nope", seen.get());
        assertEquals("own", cvar.get());
        Context own = Tasks.currentTask().contextOrNull();
        assertThrows(IllegalStateException.class, () -> own.run(() -> {}));
        await(sleep(Duration.ZERO));
        assertEquals("own", cvar.get());
        return Coroutine.done();
    }

    /** V6, in a task: the context of the task that runs is entered. */
    @Test
    void should_refuse_to_enter_the_context_of_the_running_task() {
        try (var loops = new VirtualLoop()) {
            loops.run(entersOwn());
        }
    }

    @Async
    private Coroutine<List<String>> offLoop() {
        cvar.set("caller");
        String inThread = await(Tasks.<String>toThread(() -> {
            String saw = cvar.get();
            cvar.set("thread");
            return saw;
        }));
        String inExecutor = await(EventLoop.current().<String>runInExecutor(cvar::get));
        return Coroutine.of(List.of(inThread, inExecutor, cvar.get()));
    }

    /** V4. test_threads.py::ToThreadTests.test_to_thread_contextvars. */
    @Test
    void should_be_copied_to_a_thread_but_not_to_an_executor() {
        assertEquals(List.of("caller", "nope", "caller"), EventLoop.run(offLoop()));
    }
}
