package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.Probe.Failure;
import java.time.Duration;
import java.util.List;

/** Hot methods that return tasks, on an event loop; the reference has none, so that the events are written down. */
@Language(9)
public class TasksTarget {

    @Async
    private static Task<String> hot(String name) {
        log(name + " starts");
        await(sleep(Duration.ZERO));
        log(name + " goes on");
        return Task.of(name + await(later("!")));
    }

    @Async
    private static Coroutine<Object> usesTasks() {
        Task<String> a = hot("a");
        Task<String> b = hot("b");
        log("both started");
        return Coroutine.of(await(a) + await(b));
    }

    @HardCase(value = 0, reference = false)
    static Object tasks() { // logs("a starts, b starts, both started, a goes on, b goes on, called, value a!b!")
        return EventLoop.run(usesTasks());
    }

    @Async
    private static Task<Object> straightThrough() {
        return Task.of(await(later("done at once")));
    }

    @Async
    private static Task<Object> throwing(boolean late) {
        if (late) {
            await(sleep(Duration.ZERO));
        }
        if (t()) {
            throw new Failure(late ? "late" : "at once");
        }
        return Task.done();
    }

    @Async
    private static Coroutine<Object> endings() {
        Task<Object> done = straightThrough();
        log(done.isDone());
        log(await(done));
        for (boolean late : new boolean[] {false, true}) {
            Task<Object> failed = throwing(late);
            try {
                await(failed);
            } catch (Failure e) {
                log("caught " + e.getMessage() + " " + failed.isDone());
            }
        }
        return Coroutine.of("end");
    }

    @HardCase(value = 32, reference = false)
    static Object endingsOfTasks() { // logs("true, done at once, caught at once true, caught late true, called, value end")
        return EventLoop.run(endings());
    }

    @Async
    private static Task<Object> withFinally(List<String> order) {
        try {
            await(sleep(Duration.ZERO));
            return Task.of("value");
        } finally {
            order.add("first");
            await(sleep(Duration.ZERO));
            order.add("last finally");
        }
    }

    @Async
    private static Coroutine<Object> finallyBeforeCompletion() {
        List<String> order = new java.util.ArrayList<>();
        Task<Object> task = withFinally(order);
        Object value = await(task);
        order.add("completed");
        return Coroutine.of(value + " " + order);
    }

    @HardCase(value = 36, reference = false)
    static Object completesLast() { // logs("called, value value [first, last finally, completed]")
        return EventLoop.run(finallyBeforeCompletion());
    }

    @Async
    private static Coroutine<Object> gathers() {
        List<Object> all = await(gather(List.of(hot("x"), later("y"), cold("z"))));
        try {
            await(gather(List.of(cold("w"), failing(new Failure("one of them")))));
        } catch (Failure e) {
            log(e.getMessage());
        }
        return Coroutine.of(all);
    }

    @Async
    private static Coroutine<Object> cold(String name) {
        log(name + " runs");
        return Coroutine.of(name);
    }

    @HardCase(value = 0, reference = false)
    static Object gathered() { // logs("x starts, x goes on, z runs, one of them, w runs, called, value [x!, y, z]")
        return EventLoop.run(gathers());
    }
}
