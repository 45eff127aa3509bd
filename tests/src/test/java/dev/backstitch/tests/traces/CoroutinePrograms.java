package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.traces.Rig.cancel;
import static dev.backstitch.tests.traces.Rig.note;
import static dev.backstitch.tests.traces.Rig.pause;
import static dev.backstitch.tests.traces.Rig.run;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.traces.Rig.Cancelled;
import dev.backstitch.tests.traces.Rig.Failing;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;
import java.util.Iterator;

/** The twin of {@code coroutines.py}: the same functions, and the same labels on the lines that show up in traces. */
final class CoroutinePrograms {
    private CoroutinePrograms() {}

    static int parse(String raw) {
        return check(raw); // @parse
    }

    static int check(String raw) {
        throw new Oops(); // @check
    }

    @Async
    static Coroutine<Integer> one() {
        return Coroutine.of(parse("x")); // @one
    }

    @Async
    static Coroutine<Integer> two() {
        return one(); // @two
    }

    @Async
    static Coroutine<Integer> three() {
        int result = await(two()); // @three
        return Coroutine.of(result);
    }

    @Async
    static Coroutine<Integer> four() {
        return Coroutine.of(await(three())); // @four
    }

    @Program
    static void awaitedOnce() {
        run(two()); // @run-two
    }

    @Program
    static void awaitedNotAtAll() {
        run(one()); // @run-one
    }

    @Program
    static void awaitedTwice() {
        run(three()); // @run-three
    }

    @Program
    static void awaitedThreeTimes() {
        run(four()); // @run-four
    }

    @Async
    static Coroutine<Integer> late() {
        await(pause());
        throw new Oops(); // @late
    }

    @Async
    static Coroutine<Integer> later() {
        return late(); // @later
    }

    @Async
    static Coroutine<Void> muchLater() {
        await(pause());
        await(later()); // @much-later
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> latest() {
        await(muchLater()); // @latest
        return Coroutine.done();
    }

    @Program
    static void suspendedThenRaised() {
        run(late()); // @run-late
    }

    @Program
    static void suspendedOneDeep() {
        run(later()); // @run-later
    }

    @Program
    static void suspendedTwoDeep() {
        run(muchLater()); // @run-much-later
    }

    @Program
    static void suspendedThreeDeep() {
        run(latest()); // @run-latest
    }

    @Async
    static Coroutine<Integer> fetch(String raw) {
        await(pause());
        return one(); // @fetch
    }

    @Async
    static Coroutine<Integer> load(String raw) {
        try {
            return Coroutine.of(await(fetch(raw))); // @load
        } finally {
            await(pause());
        }
    }

    @Async
    static Coroutine<Integer> loader() {
        return Coroutine.of(await(load("x1"))); // @loader
    }

    @Program
    static void awaitInFinallyWhileInFlight() {
        run(loader()); // @run-loader
    }

    @Async
    static Coroutine<Void> cleanup() {
        await(pause());
        throw new Other(); // @cleanup
    }

    @Async
    static Coroutine<Integer> loadBadly() {
        try {
            return Coroutine.of(await(fetch("y")));
        } finally {
            await(cleanup()); // @load-badly
        }
    }

    @Async
    static Coroutine<Integer> badLoader() {
        return loadBadly(); // @bad-loader
    }

    @Program
    static void raiseInFinallyWhileInFlight() {
        run(badLoader()); // @run-bad-loader
    }

    @Async
    static Coroutine<Void> nestedFinally() {
        try {
            try {
                await(late()); // @nested-finally
            } finally {
                await(pause());
            }
        } finally {
            await(pause());
        }
        return Coroutine.done();
    }

    @Program
    static void twoFinallysWithAwaits() {
        run(nestedFinally()); // @run-nested-finally
    }

    @Async
    static Coroutine<Void> failsWhenCancelled() {
        try {
            try {
                await(waits());
            } catch (Cancelled e) {
                throw new Oops(); // @fails-when-cancelled
            }
        } finally {
            await(pause());
        }
        return Coroutine.done();
    }

    @Program
    static void finallyResumedElsewhere() {
        cancel(failsWhenCancelled()); // @cancel-failing
    }

    @Async
    static Coroutine<Void> wraps() {
        try {
            await(later()); // @wraps
        } catch (Oops e) {
            note(e);
            throw new Other(e); // @wrap
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overWraps() {
        await(wraps()); // @over-wraps
        return Coroutine.done();
    }

    @Program
    static void notedAndWrapped() {
        run(overWraps()); // @run-wraps
    }

    @Async
    static Coroutine<Void> wrapsAtOnce() {
        try {
            await(two()); // @wraps-at-once
        } catch (Oops e) {
            note(e);
            await(pause());
            throw new Other(e); // @wrap-late
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overWrapsAtOnce() {
        await(pause());
        await(wrapsAtOnce()); // @over-wraps-at-once
        return Coroutine.done();
    }

    @Program
    static void notedNestedAndWrappedLate() {
        run(overWrapsAtOnce()); // @run-wraps-at-once
    }

    @Async
    static Coroutine<Void> again() {
        try {
            await(later()); // @again
        } catch (Oops e) {
            await(pause());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overAgain() {
        await(again()); // @over-again
        return Coroutine.done();
    }

    @Program
    static void raisedAgainAfterAnAwait() {
        run(overAgain()); // @run-again
    }

    @Async
    static Coroutine<Void> waits() {
        await(pause()); // @waits
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> waiter() {
        await(waits()); // @waiter
        return Coroutine.done();
    }

    @Program
    static void thrownIntoTheLeaf() {
        Coroutine<Void> coroutine = waiter();
        coroutine.send(null);
        coroutine.raise(new Oops()); // @throw
    }

    @Async
    static Coroutine<Void> guarded() {
        try {
            await(waits()); // @guarded
        } catch (Cancelled e) {
            note(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overGuarded() {
        try {
            await(guarded()); // @over-guarded
        } finally {
            await(pause());
        }
        return Coroutine.done();
    }

    @Program
    static void cancelled() {
        cancel(overGuarded()); // @cancel
    }

    @Async
    static Coroutine<Object> awaitFailed(Failing promise) {
        return Coroutine.of(await(promise)); // @await-failed
    }

    @Async
    static Coroutine<Object> overAwaitFailed(Failing promise) {
        return awaitFailed(promise); // @over-await-failed
    }

    @Program
    static void failedBeforeTheAwait() {
        Failing promise = new Failing();
        promise.fail(new Oops());
        run(overAwaitFailed(promise)); // @run-await-failed
    }

    @Program
    static void failedAfterTheAwait() {
        Failing promise = new Failing();
        Coroutine<Object> coroutine = overAwaitFailed(promise);
        coroutine.send(null);
        promise.fail(new Oops());
        coroutine.send(null); // @resume
    }

    static Throwable failure() {
        try {
            parse("z"); // @failure
            return null;
        } catch (Oops e) {
            return e;
        }
    }

    @Program
    static void failedWithARaisedException() {
        Failing promise = new Failing();
        Coroutine<Object> coroutine = overAwaitFailed(promise);
        coroutine.send(null);
        promise.fail(failure());
        coroutine.send(null); // @resume-raised
    }

    @Async
    static Coroutine<Void> recursive(int depth) {
        if (depth == 0) {
            throw new Oops(); // @bottom
        }
        await(recursive(depth - 1)); // @recursive
        return Coroutine.done();
    }

    @Program
    static void recursion() {
        run(recursive(5)); // @run-recursive
    }

    @Program
    static void thousandDeep() {
        run(recursive(1000)); // @run-thousand
    }

    @Async
    static Coroutine<Void> recursiveLate(int depth) {
        if (depth == 0) {
            await(late()); // @bottom-late
        }
        await(recursiveLate(depth - 1)); // @recursive-late
        return Coroutine.done();
    }

    @Program
    static void thousandDeepAfterASuspension() {
        run(recursiveLate(1000)); // @run-thousand-late
    }

    static final class Service {
        @Async
        Coroutine<Integer> call() {
            await(pause());
            return Coroutine.of(parse("s")); // @call
        }

        @Async
        Coroutine<Integer> twice() {
            return Coroutine.of(await(call()) + await(call())); // @service
        }
    }

    @Program
    static void inAMethod() {
        run(new Service().twice()); // @run-service
    }

    static final class Faulty implements Awaitable<Object> {
        @Override
        public Iterator<?> requests() {
            throw new Oops(); // @faulty
        }
    }

    @Async
    static Coroutine<Void> awaitFaulty() {
        await(new Faulty()); // @await-faulty
        return Coroutine.done();
    }

    @Program
    static void faultyAwaitable() {
        run(awaitFaulty()); // @run-faulty
    }

    @Generator
    static Gen<Integer> numbers() {
        Gen.yield(1);
        throw new Oops(); // @numbers
    }

    @Async
    static Coroutine<Void> pulls() {
        await(pause());
        for (int ignored : numbers()) { // @pulls
            await(pause());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overPulls() {
        await(pulls()); // @over-pulls
        return Coroutine.done();
    }

    @Program
    static void generatorInsideACoroutine() {
        run(overPulls()); // @run-pulls
    }

    @Generator
    static Gen<Object> runs() {
        Gen.yield(1);
        Gen.yield(run(later())); // @runs
        return Gen.end();
    }

    @Generator
    static Gen<Object> overRuns() {
        Gen.yieldFrom(runs()); // @over-runs
        return Gen.end();
    }

    @Program
    static void coroutineInsideAGenerator() {
        for (Object ignored : overRuns()) { // @for-runs
        }
    }

    @Async
    static Coroutine<Void> stops() {
        await(pause());
        throw new StopIteration(null);
    }

    @Async
    static Coroutine<Void> overStops() {
        await(stops()); // @over-stops
        return Coroutine.done();
    }

    @Program
    static void stopIterationEscapes() {
        run(overStops()); // @run-stops
    }

    @Async
    static Coroutine<Void> stubborn() {
        try {
            await(pause());
        } catch (Throwable t) {
            await(pause());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overStubborn() {
        await(stubborn()); // @over-stubborn
        return Coroutine.done();
    }

    @Program
    static void exitIgnored() {
        Coroutine<Void> coroutine = overStubborn();
        coroutine.send(null);
        coroutine.close(); // @exit-ignored
    }

    @Async
    static Coroutine<Integer> seven() {
        return Coroutine.of(7);
    }

    @Async
    static Coroutine<Integer> combine(int a, int b, int c) {
        return Coroutine.of(a + b + c);
    }

    @Async
    static Coroutine<Integer> operands() {
        int x = await(seven());
        return combine(x,
                await(seven()),
                await(later())); // @operands
    }

    @Program
    static void awaitInTheArguments() {
        run(operands()); // @run-operands
    }

    @Async
    static Coroutine<Void> loops() {
        for (int i = 0; i < 5; i++) {
            if (i == 3) {
                await(later()); // @loops
            }
            await(pause());
        }
        return Coroutine.done();
    }

    @Program
    static void awaitInALoop() {
        run(loops()); // @run-loops
    }
}
