package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.toThread;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.traces.Rig.failSoon;
import static dev.backstitch.tests.traces.Rig.note;
import static java.time.Duration.ZERO;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The twin of {@code tasks.py}: the same functions, and the same labels on the lines that show up in traces. */
final class TaskPrograms {
    private TaskPrograms() {}

    @Async
    static Coroutine<Void> inner() {
        await(sleep(ZERO));
        throw new Oops(); // @inner
    }

    @Async
    static Coroutine<Void> child() {
        await(inner()); // @child
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainSimple() {
        await(child()); // @main-simple
        return Coroutine.done();
    }

    @Program
    static void runByALoop() {
        EventLoop.run(mainSimple()); // @run-simple
    }

    @Async
    static Coroutine<Void> parentTask() {
        Task<Void> task = spawn(child());
        await(task); // @parent-task
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainParent() {
        return parentTask(); // @main-parent
    }

    @Program
    static void taskAwaited() {
        EventLoop.run(mainParent()); // @run-parent
    }

    @Async
    static Coroutine<Void> mainTasks() {
        await(spawn(parentTask())); // @main-tasks
        return Coroutine.done();
    }

    @Program
    static void taskAwaitingATask() {
        EventLoop.run(mainTasks()); // @run-tasks
    }

    @Async
    static Coroutine<Void> lateAwaiter() {
        Task<Void> task = spawn(child());
        await(sleep(ZERO));
        await(sleep(ZERO));
        await(sleep(ZERO));
        await(task); // @late-awaiter
        return Coroutine.done();
    }

    @Program
    static void taskThatHadFailedBefore() {
        EventLoop.run(lateAwaiter()); // @run-late-awaiter
    }

    @Async
    static Coroutine<Integer> fine() {
        await(sleep(ZERO));
        return Coroutine.of(1);
    }

    @Async
    static Coroutine<Void> gathers() {
        await(gather(fine(), child(), fine())); // @gathers
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainGathers() {
        await(gathers()); // @main-gathers
        return Coroutine.done();
    }

    @Program
    static void gathered() {
        EventLoop.run(mainGathers()); // @run-gathers
    }

    @Async
    static Coroutine<Void> catches() {
        try {
            await(spawn(child())); // @catches
        } catch (Oops e) {
            note(e);
            throw new Other(e); // @catches-other
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainCatches() {
        await(spawn(catches())); // @main-catches
        return Coroutine.done();
    }

    @Program
    static void notedAndWrapped() {
        EventLoop.run(mainCatches()); // @run-catches
    }

    @Async
    static Coroutine<Void> setByCallback() {
        LoopFuture<Object> future = new LoopFuture<>(EventLoop.current());
        failSoon(future);
        await(future); // @set-by-callback
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainCallback() {
        await(setByCallback()); // @main-callback
        return Coroutine.done();
    }

    @Program
    static void futureFailedByACallback() {
        EventLoop.run(mainCallback()); // @run-callback
    }

    @Async
    static Coroutine<Void> limited() {
        await(waitFor(child(), Duration.ofSeconds(60))); // @limited
        return Coroutine.done();
    }

    @Program
    static void failedWithinATimeLimit() {
        EventLoop.run(limited()); // @run-limited
    }

    @Async
    static Coroutine<Void> never() {
        await(sleep(Duration.ofHours(1))); // @never
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> waitsForEver() {
        try {
            await(never()); // @waits-for-ever
        } catch (CancelledError e) {
            note(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> cancels() {
        Task<Void> task = spawn(waitsForEver());
        await(sleep(ZERO));
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            return Coroutine.done();
        }
        return Coroutine.done();
    }

    @Program
    static void cancelledTask() {
        EventLoop.run(cancels());
    }

    @Async
    static Coroutine<Void> countdown(int n) {
        if (n == 0) {
            await(sleep(ZERO));
            throw new Oops(); // @zero
        }
        await(spawn(countdown(n - 1))); // @countdown
        return Coroutine.done();
    }

    @Program
    static void tasksWithinTasks() {
        EventLoop.run(countdown(4)); // @run-countdown
    }

    static Object work() {
        throw new Oops(); // @work
    }

    @Async
    static Coroutine<Void> inAThread() {
        await(toThread(TaskPrograms::work)); // @in-a-thread
        return Coroutine.done();
    }

    @Program
    static void failedInAThread() {
        EventLoop.run(inAThread()); // @run-in-a-thread
    }

    @Async
    @Generator
    static AsyncGen<Integer> numbers() {
        Gen.yield(1);
        await(child()); // @numbers
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> loops() {
        for (int ignored : awaitEach(numbers())) { // @loops
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainLoops() {
        await(spawn(loops())); // @main-loops
        return Coroutine.done();
    }

    @Program
    static void asyncGeneratorInATask() {
        EventLoop.run(mainLoops()); // @run-loops
    }

    @Async
    static CompletableFuture<Void> hot(boolean late) {
        if (late) {
            await(sleep(ZERO));
        }
        throw new Oops(); // @hot
    }

    @Async
    static Coroutine<Void> startsHot(boolean late) {
        CompletableFuture<Void> task = hot(late);
        await(sleep(ZERO));
        await(task); // @starts-hot
        return Coroutine.done();
    }

    @Program
    static void hotCoroutineThatFailsAtOnce() {
        EventLoop.run(startsHot(false)); // @run-hot
    }

    @Program
    static void hotCoroutineThatFailsLate() {
        EventLoop.run(startsHot(true)); // @run-hot-late
    }
}
