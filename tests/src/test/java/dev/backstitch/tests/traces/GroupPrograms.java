package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.asCompleted;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.traces.Rig.note;
import static dev.backstitch.tests.traces.Rig.noteMembers;
import static java.time.Duration.ZERO;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import dev.backstitch.loop.Waited;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;
import java.time.Duration;
import java.util.List;

/**
 * The twin of {@code groups.py}: the same functions, and the same labels on the lines that show up in traces. A block that
 * ends otherwise than by an exception is closed, for javac, on the line of its closing brace; Python has one line for both.
 */
final class GroupPrograms {
    private GroupPrograms() {}

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Async
    static Coroutine<Void> leaf(int n) {
        await(sleep(ZERO));
        throw new Oops(); // @leaf
    }

    @Async
    static Coroutine<Void> worker(int n) {
        await(leaf(n)); // @worker
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> stubborn() {
        try {
            await(sleep(TEN_SECONDS));
        } finally {
            if (true) {
                throw new Other(); // @stubborn
            }
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> group() {
        try (var tg = TaskGroup.open()) { // @group
            tg.spawn(worker(1));
            tg.spawn(sleep(TEN_SECONDS));
            tg.spawn(stubborn());
        } // @group
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainGroup() {
        try {
            await(group()); // @main-group
        } catch (ExceptionGroup e) {
            noteMembers(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Program
    static void failuresOfAGroupsTasks() {
        EventLoop.run(mainGroup()); // @run-group
    }

    @Async
    static Coroutine<Void> bodyFails() {
        try (var tg = TaskGroup.open()) { // @body-group
            tg.spawn(sleep(TEN_SECONDS));
            await(leaf(1));
        } // @body-group
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainBodyFails() {
        try {
            await(bodyFails()); // @main-body-fails
        } catch (ExceptionGroup e) {
            note(e);
        }
        return Coroutine.done();
    }

    @Program
    static void failureOfAGroupsBlock() {
        EventLoop.run(mainBodyFails());
    }

    @Async
    static Coroutine<Void> innerGroup() {
        try (var tg = TaskGroup.open()) { // @inner-group
            tg.spawn(worker(2));
        } // @inner-group
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> outerGroup() {
        try (var tg = TaskGroup.open()) { // @outer-group
            tg.spawn(worker(1));
            tg.spawn(stubborn());
            tg.spawn(innerGroup());
        } // @outer-group
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainNested() {
        try {
            await(spawn(outerGroup())); // @main-nested
        } catch (ExceptionGroup e) {
            noteMembers(e);
            note(e);
        }
        return Coroutine.done();
    }

    @Program
    static void groupInAGroup() {
        EventLoop.run(mainNested());
    }

    @Async
    static Coroutine<Void> waitsAtTheEnd() {
        try (var tg = TaskGroup.open()) { // @waits-at-the-end
            tg.spawn(sleep(TEN_SECONDS));
        } // @waits-at-the-end
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> awaitsWaiting() {
        try {
            await(waitsAtTheEnd()); // @awaits-waiting
        } catch (CancelledError e) {
            note(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> cancelsGroup() {
        Task<Void> task = spawn(awaitsWaiting());
        await(sleep(ZERO));
        await(sleep(ZERO));
        task.cancel();
        await(Tasks.wait(List.of(task)));
        return Coroutine.done();
    }

    @Program
    static void groupCancelledAtItsEnd() {
        EventLoop.run(cancelsGroup());
    }

    @Async
    static Coroutine<Void> slow() {
        await(sleep(TEN_SECONDS));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> limited() {
        try (var limit = timeout(ZERO)) { // @limited
            await(slow());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainLimited() {
        try {
            await(limited()); // @main-limited
        } catch (TimeoutError e) {
            note(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Program
    static void timeoutOfABlock() {
        EventLoop.run(mainLimited()); // @run-limited
    }

    @Async
    static Coroutine<Void> waitsFor() {
        await(waitFor(slow(), Duration.ofMillis(1))); // @waits-for
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainWaitsFor() {
        try {
            await(spawn(waitsFor())); // @main-waits-for
        } catch (TimeoutError e) {
            note(e);
        }
        return Coroutine.done();
    }

    @Program
    static void timeoutOfAWait() {
        EventLoop.run(mainWaitsFor());
    }

    @Async
    static Coroutine<Void> limitedGroup() {
        try (var limit = timeout(Duration.ofSeconds(60))) {
            try (var tg = TaskGroup.open()) { // @limited-group
                tg.spawn(worker(1));
                await(slow());
            } // @limited-group
        }
        return Coroutine.done();
    }

    @Program
    static void groupInATimeout() {
        EventLoop.run(limitedGroup()); // @run-limited-group
    }

    @Async
    static Coroutine<Void> failsInATimeout() {
        try (var limit = timeout(Duration.ofSeconds(60))) {
            await(worker(1)); // @fails-in-a-timeout
        }
        return Coroutine.done();
    }

    @Program
    static void failureInATimeout() {
        EventLoop.run(failsInATimeout()); // @run-fails-in-a-timeout
    }

    @Async
    static Coroutine<Void> takesFirst() {
        for (Coroutine<Object> first : asCompleted(List.of(worker(1), sleep(TEN_SECONDS)))) {
            await(first); // @takes-first
        }
        return Coroutine.done();
    }

    @Program
    static void firstOfSeveral() {
        EventLoop.run(takesFirst()); // @run-takes-first
    }

    @Async
    static Coroutine<Void> gathers() {
        await(gather(worker(1), slow())); // @gathers
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> gathersInAGroup() {
        try (var tg = TaskGroup.open()) { // @gathers-in-a-group
            tg.spawn(gathers());
        } // @gathers-in-a-group
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> mainGathers() {
        try {
            await(gathersInAGroup()); // @main-gathers
        } catch (ExceptionGroup e) {
            noteMembers(e);
            note(e);
        }
        return Coroutine.done();
    }

    @Program
    static void gatheringInAGroup() {
        EventLoop.run(mainGathers());
    }

    @Async
    static Coroutine<Void> shields() {
        await(shield(worker(1))); // @shields
        return Coroutine.done();
    }

    @Program
    static void failureThroughAShield() {
        EventLoop.run(shields()); // @run-shields
    }

    @Async
    static Coroutine<Void> waits() {
        Waited<Task<Void>> waited = await(Tasks.wait(List.of(spawn(worker(1)))));
        await(waited.done().iterator().next()); // @waits
        return Coroutine.done();
    }

    @Program
    static void failureAfterAWait() {
        EventLoop.run(waits()); // @run-waits
    }
}
