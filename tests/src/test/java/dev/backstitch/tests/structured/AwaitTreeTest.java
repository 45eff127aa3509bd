package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.tree;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** I1 to I3 and rule 8 of the traces: who waits for whom, and where. */
class AwaitTreeTest {
    private static final Labels LABELS = Labels.of(AwaitTreeTest.class);

    @Async
    private static Coroutine<Void> play() {
        await(pause(1000)); // @play
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> album() {
        await(play()); // @album
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> both() {
        TaskGroup group = TaskGroup.open();
        group.spawn(album(), "Sundowning");
        group.spawn(album(), "TMBTE");
        assertEquals(null, await(group.exit(null))); // @both
        return Coroutine.done();
    }

    /** The tree after a few turns, in which {@code main} has come to its wait; then all is cancelled. */
    private static String treeOf(Coroutine<?> main) {
        return run(() -> {
            Task<?> task = spawn(main, "main");
            await(turns(8));
            String shown = tree(task);
            for (Task<?> each : Tasks.allTasks()) {
                if (each != Tasks.currentTask()) {
                    each.cancel();
                }
            }
            await(turns(6));
            return Coroutine.of(LABELS.in(shown));
        });
    }

    /** The example of Python's documentation, asyncio's call graphs. */
    @Test
    void should_show_the_tasks_of_a_group_below_its_parent() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.both(@both)
                        ├── (T) Sundowning
                        │   └── AwaitTreeTest.album(@album)
                        │       └── AwaitTreeTest.play(@play)
                        └── (T) TMBTE
                            └── AwaitTreeTest.album(@album)
                                └── AwaitTreeTest.play(@play)
                """, treeOf(both()));
    }

    @Async
    private static Coroutine<Void> busyParent() {
        TaskGroup group = TaskGroup.open();
        group.spawn(play(), "child");
        try {
            await(pause(1000)); // @busy-parent
        } catch (Throwable t) {
            await(group.exit(t));
            throw t;
        }
        return Coroutine.done();
    }

    /** As in Python, the group's task is below the parent, whatever that awaits at the moment. */
    @Test
    void should_show_the_tasks_of_a_group_while_its_block_goes_on() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.busyParent(@busy-parent)
                        └── (T) child
                            └── AwaitTreeTest.play(@play)
                """, treeOf(busyParent()));
    }

    @Async
    private static Coroutine<Void> gathers() {
        await(gather(spawn(play(), "a"), spawn(shielding(), "b"))); // @gathers
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> shielding() {
        await(shield(spawn(waiting(), "c"))); // @shielding
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> waiting() {
        await(Tasks.wait(List.of(spawn(limited(), "d")))); // @waiting
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> limited() {
        await(waitFor(spawn(play(), "e"), millis(500))); // @limited
        return Coroutine.done();
    }

    @Test
    void should_go_through_gatherings_shields_waits_and_time_limits() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.gathers(@gathers)
                        ├── (T) a
                        │   └── AwaitTreeTest.play(@play)
                        └── (T) b
                            └── AwaitTreeTest.shielding(@shielding)
                                └── (T) c
                                    └── AwaitTreeTest.waiting(@waiting)
                                        └── (T) d
                                            └── AwaitTreeTest.limited(@limited)
                                                └── (T) e
                                                    └── AwaitTreeTest.play(@play)
                """, treeOf(gathers()));
    }

    @Async
    @Generator
    private static AsyncGen<Integer> numbers() {
        Gen.yield(1);
        await(album()); // @numbers
        return AsyncGen.end();
    }

    @Async
    private static Coroutine<Void> loops() {
        for (int ignored : awaitEach(numbers())) { // @loops
        }
        return Coroutine.done();
    }

    @Generator
    private static Gen<Object> requests(LoopFuture<?> future) {
        Gen.yield(future); // @requests
        return Gen.end();
    }

    @Generator
    private static Gen<Object> delegating(LoopFuture<?> future) {
        return Gen.end(Gen.yieldFrom(requests(future))); // @delegating
    }

    @Async
    private static Coroutine<Void> throughGenerators() {
        LoopFuture<Void> future = new LoopFuture<>(EventLoop.current());
        Awaitable<Object> awaitable = () -> delegating(future);
        await(awaitable); // @through-generators
        return Coroutine.done();
    }

    /** I2: Python's walk stops at an asynchronous generator. */
    @Test
    void should_go_through_generators_of_both_kinds() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.loops(@loops)
                        └── AwaitTreeTest.numbers(@numbers)
                            └── AwaitTreeTest.album(@album)
                                └── AwaitTreeTest.play(@play)
                """, treeOf(loops()));
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.throughGenerators(@through-generators)
                        └── AwaitTreeTest.delegating(@delegating)
                            └── AwaitTreeTest.requests(@requests)
                """, treeOf(throughGenerators()));
    }

    @Async
    private static Coroutine<Void> shares() {
        Task<Void> shared = spawn(play(), "shared");
        await(gather(spawn(awaits(shared), "x"), spawn(awaits(shared), "y"))); // @shares
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaits(Task<Void> task) {
        await(task); // @awaits
        return Coroutine.done();
    }

    @Test
    void should_show_a_task_once_in_full_when_several_wait_for_it() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.shares(@shares)
                        ├── (T) x
                        │   └── AwaitTreeTest.awaits(@awaits)
                        │       └── (T) shared
                        │           └── AwaitTreeTest.play(@play)
                        └── (T) y
                            └── AwaitTreeTest.awaits(@awaits)
                                └── (T) shared (shown above)
                """, treeOf(shares()));
    }

    @Async
    private static Coroutine<Void> waitsForItsParent() {
        TaskGroup group = TaskGroup.open();
        group.spawn(awaitsParent(Tasks.currentTask()), "child");
        try {
            await(turns(2));
            await(pause(1000)); // @waits-for-its-parent
        } catch (Throwable t) {
            await(group.exit(t));
            throw t;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaitsParent(Task<?> parent) {
        await(shield(parent)); // @awaits-parent
        return Coroutine.done();
    }

    /** L20: the block has not ended yet, but the cycle is there. */
    @Test
    void should_name_a_cycle() {
        assertEquals("""
                └── (T) main
                    └── AwaitTreeTest.waitsForItsParent(@waits-for-its-parent)
                        └── (T) child
                            └── AwaitTreeTest.awaitsParent(@awaits-parent)
                                └── await cycle: main awaits child awaits main
                """, treeOf(waitsForItsParent()));
    }

    @Async
    private static Coroutine<Void> spawnsAndWaits(List<Object> log) {
        TaskGroup group = TaskGroup.open();
        group.spawn(awaitsLate(Tasks.currentTask(), log), "child");
        assertEquals(null, await(group.exit(null)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaitsLate(Task<?> parent, List<Object> log) {
        await(turns(2));
        try {
            await(parent);
        } catch (IllegalStateException e) {
            log.add(e.getMessage());
        }
        return Coroutine.done();
    }

    /** L20: a task that awaits its parent, which waits for it at the end of the group. */
    @Test
    void should_refuse_to_await_a_parent_that_waits_for_the_task() {
        List<Object> log = new ArrayList<>();
        run(() -> {
            await(spawn(spawnsAndWaits(log), "parent"));
            return Coroutine.done();
        });
        String message = log.get(0).toString();
        assertTrue(message.startsWith("await cycle: <Task pending name='child'"), message);
        assertTrue(message.contains(" awaits <GroupWait pending> awaits <Task pending name='child'"), message);
    }

    @Async
    private static Coroutine<String> shows() {
        return Coroutine.of(inner()); // @shows
    }

    private static String inner() {
        return tree(Tasks.currentTask()); // @inner
    }

    @Async
    private static Coroutine<String> awaitsShows() {
        await(turns(1));
        return Coroutine.of(await(shows())); // @awaits-shows
    }

    @Async
    private static <T> Coroutine<T> spawnAndAwait(Coroutine<T> body, String name) {
        return Coroutine.of(await(spawn(body, name)));
    }

    @Test
    void should_show_where_the_task_runs_that_asks() {
        assertEquals("""
                └── (T) asks (running)
                    └── AwaitTreeTest.awaitsShows(@awaits-shows)
                        └── AwaitTreeTest.shows(@shows)
                            └── AwaitTreeTest.inner(@inner)
                """, LABELS.in(run(() -> {
            return spawnAndAwait(awaitsShows(), "asks");
        })));
    }

    @Async
    private static Coroutine<Void> deep(int n) {
        if (n == 0) {
            await(pause(1000));
        } else {
            await(deep(n - 1));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> chain(int n) {
        if (n == 0) {
            await(pause(1000));
        } else {
            await(spawn(chain(n - 1)));
        }
        return Coroutine.done();
    }

    @Test
    void should_cut_what_is_too_deep_to_read() {
        String frames = treeOf(deep(10_000));
        assertEquals(42, frames.lines().count());
        assertTrue(frames.endsWith("... (9961 more)\n"), frames);
        String tasks = run(() -> {
            Task<Void> task = spawn(chain(1000));
            await(turns(1010));
            String shown = tree(task);
            task.cancel();
            await(turns(1010));
            return Coroutine.of(shown);
        });
        assertEquals(60, tasks.lines().filter(line -> line.contains("(T)")).count());
        assertTrue(tasks.endsWith("... (tasks further down are not shown)\n"), tasks);
    }

    @Test
    void should_print_to_standard_output() {
        var bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes));
        try {
            run(() -> {
                Tasks.currentTask().setName("printing");
                Tasks.printTree();
                return Coroutine.done();
            });
        } finally {
            System.setOut(out);
        }
        assertTrue(bytes.toString().startsWith("└── (T) printing (running)\n"), bytes::toString);
    }

    @Test
    void should_be_made_for_another_thread() throws Exception {
        try (var loop = new EventLoop()) {
            var shown = new CompletableFuture<String>();
            loop.runUntilComplete(hasItShown(loop, shown));
            assertEquals("""
                    └── (T) main
                        └── AwaitTreeTest.hasItShown(@has-it-shown)
                            ├── (T) Sundowning
                            │   └── AwaitTreeTest.album(@album)
                            │       └── AwaitTreeTest.play(@play)
                            └── (T) TMBTE
                                └── AwaitTreeTest.album(@album)
                                    └── AwaitTreeTest.play(@play)
                    """, LABELS.in(shown.join()));
        }
    }

    @Async
    private static Coroutine<Void> hasItShown(EventLoop loop, CompletableFuture<String> shown) {
        Tasks.currentTask().setName("main");
        CancelScope scope = CancelScope.open();
        scope.spawn(album(), "Sundowning");
        scope.spawn(album(), "TMBTE");
        new Thread(() -> shown.complete(tree(loop))).start();
        await(shown); // @has-it-shown
        scope.cancel();
        assertEquals(true, await(exiting(scope)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Boolean> exiting(CancelScope scope) {
        Throwable thrown = null;
        try {
            await(pause(1));
        } catch (Throwable t) {
            thrown = t;
        }
        return Coroutine.of(await(scope.exit(thrown)));
    }

    // ---------------------------------------------------------------- rule 8

    private static final class Probe extends RuntimeException {}

    private static void probe() {
        throw new Probe();
    }

    @Async
    private static Coroutine<Void> leaf(LoopFuture<Void> future) {
        await(future); probe(); // on one line
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inCatch(LoopFuture<Void> future) {
        try {
            probe();
        } catch (Probe e) {
            await(leaf(future));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inFinally(LoopFuture<Void> future) {
        try {
            await(turns(1));
        } finally {
            await(inCatch(future));
        }
        return Coroutine.done();
    }

    @Async
    @Generator
    private static AsyncGen<Integer> yielding(LoopFuture<Void> future) {
        for (int i = 0; i < 3; i++) {
            Gen.yield(i);
        }
        await(inFinally(future));
        return AsyncGen.end();
    }

    @Async
    private static Coroutine<Integer> operands(LoopFuture<Void> future) {
        return Coroutine.of(Math.max(await(yielding(future).map(i -> i + 1).toList()).size(), 1));
    }

    @Async
    private static Coroutine<Integer> tail(LoopFuture<Void> future) {
        return operands(future);
    }

    @Async
    private static Coroutine<Void> inScopes(LoopFuture<Void> future) {
        await(timeout(millis(900), () -> CancelScope.run(CancelScope::open, scope -> {
            await(tail(future));
            return Coroutine.done();
        })));
        return Coroutine.done();
    }

    private static List<String> lines(StackTraceElement[] frames) {
        return Arrays.stream(frames).map(StackTraceElement::toString).toList();
    }

    /** Rule 8: where a task waits is what an exception thrown there shows. */
    @Test
    void should_be_where_an_exception_would_say_that_it_is() {
        List<Function<LoopFuture<Void>, Coroutine<?>>> shapes = List.of(
                AwaitTreeTest::leaf,
                AwaitTreeTest::inCatch,
                AwaitTreeTest::inFinally,
                AwaitTreeTest::operands,
                AwaitTreeTest::tail,
                AwaitTreeTest::inScopes);
        for (Function<LoopFuture<Void>, Coroutine<?>> shape : shapes) {
            run(() -> {
                LoopFuture<Void> future = new LoopFuture<>(EventLoop.current());
                Task<?> task = spawn(shape.apply(future));
                await(turns(5));
                StackTraceElement[] stack = task.stack();
                future.complete(null);
                await(turns(3));
                StackTraceElement[] trace = task.exception().getStackTrace();
                assertEquals("probe", trace[0].getMethodName());
                assertEquals(lines(stack), lines(trace).subList(1, trace.length));
                assertTrue(stack.length > 0);
                return Coroutine.done();
            });
        }
    }
}
