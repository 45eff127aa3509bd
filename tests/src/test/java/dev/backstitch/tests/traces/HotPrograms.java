package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.tests.traces.Rig.note;
import static java.time.Duration.ZERO;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.tests.traces.Rig.Oops;
import java.util.concurrent.CompletableFuture;

/**
 * The twin of {@code hot.py}: the same functions, and the same labels on the lines that show up in traces. What that runs as
 * an eager task is a hot coroutine here.
 */
final class HotPrograms {
    private HotPrograms() {}

    @Async
    static Coroutine<Void> failing() {
        throw new Oops(); // @failing
    }

    @Async
    static Coroutine<Void> over() {
        await(failing()); // @over
        return Coroutine.done();
    }

    @Async
    static CompletableFuture<Void> catches() {
        try {
            await(over()); // @catches
        } catch (Oops e) {
            note(e);
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsCatching() {
        await(catches()); // @starts-catching
        return Coroutine.done();
    }

    @Program
    static void caughtInTheHotCoroutine() {
        EventLoop.run(startsCatching()); // @run-catching
    }

    @Async
    static Coroutine<Void> overStartsCatching() {
        await(sleep(ZERO));
        await(startsCatching()); // @over-starts-catching
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> farAbove() {
        await(overStartsCatching()); // @far-above
        return Coroutine.done();
    }

    @Program
    static void caughtBelowWaitingCoroutines() {
        EventLoop.run(farAbove()); // @run-far-above
    }

    /** As {@link #catches}, but cold: Python's function is both. */
    private static final class Cold {
        @Async
        static Coroutine<Void> catches() {
            try {
                await(over()); // @catches
            } catch (Oops e) {
                note(e);
            }
            return Coroutine.done();
        }
    }

    @Async
    static CompletableFuture<Void> catchesBeneath() {
        await(Cold.catches()); // @catches-beneath
        return null;
    }

    @Async
    static Coroutine<Void> startsBeneath() {
        await(catchesBeneath()); // @starts-beneath
        return Coroutine.done();
    }

    @Program
    static void caughtInWhatAHotCoroutineAwaits() {
        EventLoop.run(startsBeneath()); // @run-beneath
    }

    @Async
    static CompletableFuture<Void> failsAtOnce() {
        await(over()); // @fails-at-once
        return null;
    }

    static void look(CompletableFuture<Void> future) {
        future.whenComplete((value, failure) -> note(failure));
    }

    @Async
    static Coroutine<Void> looks() {
        await(sleep(ZERO));
        look(failsAtOnce()); // @looks
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overLooks() {
        await(looks()); // @over-looks
        return Coroutine.done();
    }

    @Program
    static void failureThatIsLookedAt() {
        EventLoop.run(overLooks()); // @run-looks
    }

    @Async
    static Coroutine<Void> awaitsLater() {
        CompletableFuture<Void> task = failsAtOnce();
        await(sleep(ZERO));
        await(task); // @awaits-later
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overAwaitsLater() {
        await(awaitsLater()); // @over-awaits-later
        return Coroutine.done();
    }

    @Program
    static void failureThatIsAwaitedLater() {
        EventLoop.run(overAwaitsLater()); // @run-later
    }

    @Async
    static CompletableFuture<Void> hotOverHot() {
        await(failsAtOnce()); // @hot-over-hot
        return null;
    }

    @Async
    static Coroutine<Void> startsTwo() {
        await(hotOverHot()); // @starts-two
        return Coroutine.done();
    }

    @Program
    static void hotCoroutineThatAwaitsAnother() {
        EventLoop.run(startsTwo()); // @run-two
    }

    @Async
    static Task<Void> notesAndRaises() {
        try {
            await(over()); // @notes-and-raises
        } catch (Oops e) {
            note(e);
            throw e;
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsRaising() {
        await(notesAndRaises()); // @starts-raising
        return Coroutine.done();
    }

    @Program
    static void caughtAndRaisedAgain() {
        EventLoop.run(startsRaising()); // @run-raising
    }

    @Async
    static CompletableFuture<Void> catchesAnother() {
        try {
            await(failsAtOnce()); // @catches-another
        } catch (Oops e) {
            note(e);
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsCatchingAnother() {
        await(sleep(ZERO));
        await(catchesAnother()); // @starts-catching-another
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overCatchingAnother() {
        await(startsCatchingAnother()); // @over-catching-another
        return Coroutine.done();
    }

    @Program
    static void failureOfAnotherThatIsCaught() {
        EventLoop.run(overCatchingAnother()); // @run-catching-another
    }

    @Async
    @Generator
    static AsyncGen<Integer> items() {
        try {
            await(over()); // @items
        } catch (Oops e) {
            note(e);
        }
        Gen.yield(1);
        return AsyncGen.end();
    }

    @Async
    static CompletableFuture<Void> iterates() {
        for (int ignored : awaitEach(items())) { // @iterates
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsIterating() {
        await(iterates()); // @starts-iterating
        return Coroutine.done();
    }

    @Program
    static void caughtInWhatAHotCoroutineIterates() {
        EventLoop.run(startsIterating()); // @run-iterating
    }

    @Async
    static Coroutine<Void> cold(int depth) {
        if (depth == 0) {
            await(sleep(ZERO));
            await(between(1)); // @cold
        } else {
            for (int ignored : awaitEach(items())) { // @cold-end
            }
        }
        return Coroutine.done();
    }

    @Async
    static CompletableFuture<Void> between(int depth) {
        await(cold(depth)); // @between
        return null;
    }

    @Async
    static Coroutine<Void> overCold() {
        await(cold(0)); // @over-cold
        return Coroutine.done();
    }

    @Program
    static void caughtInARecursionThroughAHotCoroutine() {
        EventLoop.run(overCold()); // @run-cold
    }

    @Async
    static CompletableFuture<Void> again(int depth) {
        if (depth == 0) {
            await(sleep(ZERO));
            await(again(1)); // @again
        } else {
            for (int ignored : awaitEach(items())) { // @again-end
            }
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsAgain() {
        await(again(0)); // @starts-again
        return Coroutine.done();
    }

    @Program
    static void caughtInAHotRecursion() {
        EventLoop.run(startsAgain()); // @run-again
    }

    @Async
    static CompletableFuture<Void> suspendsInFinally() {
        try {
            await(over()); // @suspends-in-finally
        } finally {
            await(sleep(ZERO));
        }
        return null;
    }

    @Async
    static Coroutine<Void> startsSuspending() {
        await(suspendsInFinally()); // @starts-suspending
        return Coroutine.done();
    }

    @Program
    static void failureThatWaitsInAFinally() {
        EventLoop.run(startsSuspending()); // @run-suspending
    }

    @Generator
    static Gen<Object> numbers() {
        Gen.yield(1);
        Gen.yield(catches()); // @numbers
        return Gen.end();
    }

    @Async
    static Coroutine<Void> pulls() {
        await(sleep(ZERO));
        Gen<Object> gen = numbers();
        gen.next();
        gen.next(); // @pulls
        return Coroutine.done();
    }

    @Program
    static void caughtBelowAGenerator() {
        EventLoop.run(pulls()); // @run-pulls
    }
}
