package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.toThread;
import static dev.backstitch.loop.Tasks.toThreadInterruptibly;
import static dev.backstitch.loop.Tasks.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private final TestLoop test = new TestLoop();
    private final List<String> events = new ArrayList<>();

    @Async
    private Coroutine<Void> note(Duration delay, String event) {
        await(sleep(delay));
        events.add(event + " at " + test.clock().now());
        return Coroutine.done();
    }

    @Test
    void should_jump_to_the_next_timer_when_all_wait() {
        test.runUntilComplete(both(note(Duration.ofHours(2), "late"), note(Duration.ofMinutes(1), "early")));
        test.close();
        assertEquals(List.of("early at PT1M", "late at PT2H"), events);
        assertEquals(2, test.clock().jumps());
    }

    @Async
    private Coroutine<Void> both(Coroutine<Void> first, Coroutine<Void> second) {
        await(gather(first, second));
        return Coroutine.done();
    }

    @Test
    void should_jump_once_for_each_deadline_when_a_day_has_a_hundred_thousand_timers() {
        test.runUntilComplete(day(100_000));
        assertEquals(Duration.ofHours(24), test.clock().now());
        assertEquals(1_000, test.clock().jumps());
        // Of each: the start, the timer, the end, and the gathering. Of the whole: the start, the end, and the loop's stop.
        assertEquals(4 * 100_000 + 3, test.steps());
        test.close();
    }

    @Async
    private Coroutine<Void> day(int timers) {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 1; i <= timers; i++) {
            tasks.add(spawn(sleeper(Duration.ofHours(24).multipliedBy(i % 1000 + 1).dividedBy(1000))));
        }
        await(gather(tasks));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sleeper(Duration delay) {
        await(sleep(delay));
        return Coroutine.done();
    }

    @Test
    void should_stand_still_when_an_executor_works_for_a_task() {
        test.runUntilComplete(both(note(Duration.ofMillis(1), "timer"), working()));
        assertEquals(List.of("worked at PT0S", "timer at PT0.001S"), events);
        test.close();
    }

    @Async
    private Coroutine<Void> working() {
        Thread loop = Thread.currentThread();
        await(toThread(() -> {
            while (loop.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait(); // until the loop has nothing else to do
            }
            return null;
        }));
        events.add("worked at " + test.clock().now());
        return Coroutine.done();
    }

    @Test
    void should_stand_still_when_interruptible_work_is_awaited() {
        Thread loop = Thread.currentThread();
        assertEquals("done", test.runUntilComplete(waitFor(toThreadInterruptibly(() -> whenIdle(loop)), Duration.ofSeconds(5))));
        assertEquals("done", test.runUntilComplete(toThreadInterruptibly(() -> whenIdle(loop))));
        assertEquals(Duration.ZERO, test.clock().now());
        test.close();
    }

    /** Work that ends only when its loop has nothing else to do. */
    private static String whenIdle(Thread loop) {
        while (loop.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return "done";
    }

    @Test
    void should_go_on_when_interruptible_work_has_ended_or_was_cancelled() {
        test.runUntilComplete(interrupted());
        assertEquals(List.of("cancelled", "timer at PT24H"), events);
        test.close();
    }

    @Async
    private Coroutine<Void> interrupted() {
        Task<Object> working = spawn(toThreadInterruptibly(() -> {
            new CountDownLatch(1).await();
            return null;
        }));
        await(sleep(Duration.ZERO));
        working.cancel();
        try {
            await(working);
        } catch (CancelledError cancelled) {
            events.add("cancelled");
        }
        await(note(Duration.ofHours(24), "timer"));
        return Coroutine.done();
    }

    @Test
    void should_stand_still_when_a_stage_of_another_thread_is_awaited() {
        for (int i = 0; i < 1000; i++) {
            events.clear();
            var loop = new TestLoop();
            loop.runUntilComplete(stage(loop));
            loop.close();
            assertEquals(List.of("PT0S", "PT24H"), events);
        }
    }

    @Async
    private Coroutine<Void> stage(TestLoop loop) {
        var timer = spawn(sleeper(Duration.ofHours(24)));
        var stage = new CompletableFuture<Void>();
        new Thread(() -> stage.complete(null)).start();
        await(stage);
        events.add(loop.clock().now().toString());
        await(timer);
        events.add(loop.clock().now().toString());
        return Coroutine.done();
    }

    @Test
    void should_stand_still_when_it_is_held() {
        for (int i = 0; i < 1000; i++) {
            events.clear();
            var loop = new TestLoop();
            loop.runUntilComplete(called(loop));
            loop.close();
            assertEquals(List.of("PT0S", "PT24H"), events);
        }
    }

    @Async
    private Coroutine<Void> called(TestLoop loop) {
        var timer = spawn(sleeper(Duration.ofHours(24)));
        var answer = new LoopFuture<Void>(loop.loop());
        var hold = loop.clock().hold();
        new Thread(() -> {
            loop.loop().callSoonThreadSafe(() -> answer.complete(null));
            hold.close();
        }).start();
        await(answer);
        events.add(loop.clock().now().toString());
        await(timer);
        events.add(loop.clock().now().toString());
        return Coroutine.done();
    }

    @Test
    void should_fail_when_real_waiting_takes_longer_than_the_patience() {
        test.clock().setPatience(Duration.ofNanos(1));
        var error = assertThrows(StandstillError.class, () -> test.runUntilComplete(forStage(new CompletableFuture<>())));
        assertTrue(error.getMessage().contains("1 operation is under way outside the loop"), error.getMessage());
        assertTrue(error.getMessage().contains("VirtualClockTest.forStage"), error.getMessage());
        test.close();
    }

    @Async
    private static Coroutine<Object> forStage(CompletableFuture<?> stage) {
        return Coroutine.of(await(stage));
    }

    @Test
    void should_go_on_when_stages_are_said_to_be_the_loops_own() {
        test.clock().setWaitsForStages(false);
        var stage = new CompletableFuture<Object>();
        test.loop().callLater(Duration.ofHours(1), () -> stage.complete("done"));
        assertEquals("done", test.runUntilComplete(forStage(stage)));
        assertEquals(Duration.ofHours(1), test.clock().now());
        test.close();
    }

    @Test
    void should_see_what_is_due_when_time_was_moved() {
        test.loop().callLater(Duration.ofSeconds(1), () -> events.add("due"));
        test.clock().advance(Duration.ofSeconds(1));
        test.runUntilComplete(sleeper(Duration.ZERO));
        assertEquals(List.of("due"), events);
        assertEquals(0, test.clock().jumps());
        assertThrows(IllegalArgumentException.class, () -> test.clock().advance(Duration.ofNanos(-1)));
        test.close();
    }

    @Test
    void should_fail_when_a_timer_is_set_anew_for_ever() {
        var error = assertThrows(StandstillError.class, () -> TestLoop.run(beating()));
        assertTrue(error.getMessage().contains("PT8784H"), error.getMessage());
        assertTrue(error.getMessage().contains("VirtualClockTest.beat"), error.getMessage());
    }

    @Async
    private static Coroutine<Void> beating() {
        spawn(beat());
        await(new LoopFuture<Void>(EventLoop.current()));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> beat() {
        while (true) {
            await(sleep(Duration.ofHours(1)));
        }
    }
}
