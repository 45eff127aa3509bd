package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L17: test_eager_task_factory.py. */
class EagerTaskTest {
    private static final Duration BLOCKED = Duration.ofMillis(100);

    private final VirtualLoop virtual = new VirtualLoop();

    @BeforeEach
    void eager() {
        virtual.loop.setEagerTasks(true);
    }

    @AfterEach
    void close() {
        virtual.close();
    }

    @Async
    private static Coroutine<Void> completes(LoopFuture<String> fut, String value) {
        fut.complete(value);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> completesBySpawning() {
        var fut = new LoopFuture<String>(EventLoop.current());
        Task<Void> t = Tasks.spawn(completes(fut, "my message"));
        assertTrue(t.isDone());
        return Coroutine.of(await(fut));
    }

    /** test_await_future_during_eager_step. */
    @Test
    void should_complete_a_future_in_its_eager_step() {
        assertEquals("my message", virtual.run(completesBySpawning()));
    }

    @Async
    private static Coroutine<String> hello() {
        return Coroutine.of("hello");
    }

    @Async
    private static Coroutine<String> spawnsHello() {
        Task<String> t = Tasks.spawn(hello());
        assertTrue(t.isDone());
        return Coroutine.of(await(t));
    }

    /** test_eager_completion. */
    @Test
    void should_be_done_when_it_does_not_suspend() {
        assertEquals("hello", virtual.run(spawnsHello()));
    }

    @Async
    private static Coroutine<String> blocks() {
        await(sleep(BLOCKED));
        return Coroutine.of("finished after blocking");
    }

    @Async
    private static Coroutine<String> spawnsBlocking() {
        Task<String> t = Tasks.spawn(blocks());
        assertFalse(t.isDone());
        String result = await(t);
        assertTrue(t.isDone());
        return Coroutine.of(result);
    }

    /** test_block_after_eager_step. */
    @Test
    void should_go_on_in_the_loop_when_it_suspends() {
        assertEquals("finished after blocking", virtual.run(spawnsBlocking()));
        assertEquals(100, virtual.millis());
    }

    @Async
    private static Coroutine<String> cancelsHello() {
        Task<String> t = Tasks.spawn(hello());
        assertFalse(t.cancel());
        String result = await(t);
        assertFalse(t.isCancelled());
        return Coroutine.of(result);
    }

    /** test_cancellation_after_eager_completion. */
    @Test
    void should_not_be_cancelled_once_it_is_done() {
        assertEquals("hello", virtual.run(cancelsHello()));
    }

    @Async
    private static Coroutine<Void> cancelsBlocking() {
        Task<String> t = Tasks.spawn(blocks());
        t.cancel("cancellation message");
        assertTrue(t.cancelling() > 0);
        await(t);
        return Coroutine.done();
    }

    /** test_cancellation_after_eager_step_blocks. */
    @Test
    void should_be_cancelled_where_its_eager_step_has_suspended() {
        var error = assertThrows(CancelledError.class, () -> virtual.run(cancelsBlocking()));
        assertEquals("cancellation message", error.getMessage());
    }

    private Task<?> captured;
    private Set<Task<?>> allTasks;

    @Async
    private Coroutine<Void> capturesItself() {
        captured = Tasks.currentTask();
        allTasks = Tasks.allTasks();
        await(sleep(BLOCKED));
        assertSame(captured, Tasks.currentTask());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> spawnsTheCapturing() {
        Task<?> own = Tasks.currentTask();
        Task<Void> t = Tasks.spawn(capturesItself());
        assertSame(own, Tasks.currentTask());
        assertSame(t, captured);
        assertTrue(allTasks.contains(t));
        assertTrue(Tasks.allTasks().contains(t));
        await(t);
        assertFalse(Tasks.allTasks().contains(t));
        return Coroutine.done();
    }

    /** test_current_task and test_all_tasks_with_blocking. */
    @Test
    void should_be_current_in_its_eager_step() {
        virtual.run(spawnsTheCapturing());
    }

    @Async
    private Coroutine<Void> capturesAll() {
        allTasks = Tasks.allTasks();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> spawnsTheCapturingOfAll() {
        Task<Void> t = Tasks.spawn(capturesAll());
        assertTrue(allTasks.contains(t));
        assertFalse(Tasks.allTasks().contains(t));
        return Coroutine.done();
    }

    /** test_all_tasks_with_eager_completion. */
    @Test
    void should_be_among_all_tasks_while_its_eager_step_runs() {
        virtual.run(spawnsTheCapturingOfAll());
    }

    private final ContextVar<Integer> cv = new ContextVar<>("cv", 0);
    private final List<String> log = new ArrayList<>();

    @Async
    private Coroutine<Void> sets() {
        assertEquals(1, cv.get());
        cv.set(2);
        assertEquals(2, cv.get());
        log.add("first step");
        await(sleep(BLOCKED));
        assertEquals(2, cv.get());
        cv.set(3);
        assertEquals(3, cv.get());
        log.add("second step");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> spawnsTheSetting() {
        cv.set(1);
        Task<Void> t = Tasks.spawn(sets());
        assertEquals(List.of("first step"), log);
        assertEquals(1, cv.get());
        await(t);
        assertEquals(List.of("first step", "second step"), log);
        assertEquals(1, cv.get());
        return Coroutine.done();
    }

    /** test_context_vars. */
    @Test
    void should_have_a_context_of_its_own_in_its_eager_step() {
        virtual.run(spawnsTheSetting());
    }

    @Async
    private Coroutine<Void> spawnsInsideContext() {
        cv.set(1);
        Context other = Context.copyContext();
        Task<Void> t = other.call(() -> Tasks.spawn(sets()));
        assertEquals(1, other.get(cv));
        await(t);
        Context shared = new Context();
        shared.call(() -> cv.set(1));
        await(Tasks.spawn(sets(), shared));
        assertEquals(3, shared.get(cv));
        Coroutine<Void> refused = sets();
        assertThrows(IllegalStateException.class, () -> Tasks.spawn(refused, Tasks.currentTask().contextOrNull()));
        return Coroutine.done();
    }

    /** V6 with an eager step: it enters its context, and leaves the one its creator has entered. */
    @Test
    void should_enter_its_context_for_the_eager_step_only() {
        virtual.run(spawnsInsideContext());
    }

    // ---------------------------------------------------------------- how many tasks touch the loop

    @Async
    private static Coroutine<Integer> chain(int depth) {
        return depth == 0 ? Coroutine.of(0) : Coroutine.of(1 + await(chain(depth - 1)));
    }

    /** test_awaitables_chain. */
    @Test
    void should_await_a_chain_without_tasks() {
        assertEquals(100, virtual.run(chain(100)));
    }

    private int began;

    /** test_recursive_gather: with eager tasks, none of them ever touches the loop, which takes one turn. */
    @Test
    void should_take_no_turn_for_gathered_tasks_that_do_not_suspend() {
        List<Integer> turns = new ArrayList<>();
        Task<Integer> main = virtual.loop.spawn(gathersAndCounts(turns));
        assertEquals(0, virtual.loop.runUntilComplete(main));
        assertEquals(1 + 5 + 25 + 125 + 625, began);
    }

    @Async
    private Coroutine<Integer> gathersAndCounts(List<Integer> turns) {
        EventLoop.current().callSoon(() -> turns.add(1));
        await(gatherAtDepth(5, 4));
        return Coroutine.of(turns.size());
    }

    @Async
    private Coroutine<Void> gatherAtDepth(int width, int depth) {
        began++;
        if (depth > 0) {
            List<Coroutine<Void>> children = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                children.add(gatherAtDepth(width, depth - 1));
            }
            LoopFuture<List<Object>> gathered = Tasks.gather(children);
            assertTrue(gathered.isDone());
            await(gathered);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> groupAtDepth(int width, int depth) {
        began++;
        if (depth > 0) {
            try (var group = TaskGroup.open()) {
                for (int i = 0; i < width; i++) {
                    assertTrue(group.spawn(groupAtDepth(width, depth - 1)).isDone());
                }
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> groupsAndCounts(List<Integer> turns) {
        EventLoop.current().callSoon(() -> turns.add(1));
        await(groupAtDepth(5, 4));
        return Coroutine.of(turns.size());
    }

    /** test_recursive_taskgroups: nor do they in groups. */
    @Test
    void should_take_no_turn_for_grouped_tasks_that_do_not_suspend() {
        assertEquals(0, virtual.run(groupsAndCounts(new ArrayList<>())));
        assertEquals(1 + 5 + 25 + 125 + 625, began);
    }

    @Async
    private static Coroutine<Boolean> tellsWhetherOneIsDoneAtOnce() {
        Task<String> t = Tasks.spawn(hello());
        boolean done = t.isDone();
        await(t);
        return Coroutine.of(done);
    }

    /** EagerTaskFactoryLoopTests.test_eager_task_factory_set: it is a switch here. */
    @Test
    void should_be_eager_as_long_as_the_switch_is_on() {
        assertEquals(true, virtual.run(tellsWhetherOneIsDoneAtOnce()));
        virtual.loop.setEagerTasks(false);
        assertEquals(false, virtual.run(tellsWhetherOneIsDoneAtOnce()));
    }

    @Async
    private static Coroutine<String> oneEager() {
        Task<String> eager = Tasks.spawnEager(hello(), "eager one");
        assertTrue(eager.isDone());
        assertEquals("eager one", eager.name());
        Task<String> lazy = Tasks.spawn(hello());
        assertFalse(lazy.isDone());
        return Coroutine.of(await(eager) + await(lazy));
    }

    /** Eagerness for one task, in a loop where it is not the rule. */
    @Test
    void should_start_one_task_eagerly() {
        virtual.loop.setEagerTasks(false);
        assertEquals("hellohello", virtual.run(oneEager()));
    }

    /** Off a running loop a task waits for its first turn even so. */
    @Test
    void should_not_start_before_the_loop_runs() {
        Task<String> t = virtual.loop.spawn(hello());
        assertFalse(t.isDone());
        assertEquals("hello", virtual.loop.runUntilComplete(t));
    }
}
