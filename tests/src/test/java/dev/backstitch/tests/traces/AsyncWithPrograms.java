package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.traces.Rig.note;
import static dev.backstitch.tests.traces.Rig.pause;
import static dev.backstitch.tests.traces.Rig.run;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;

/** The twin of {@code async_with.py}: the same functions, and the same labels on the lines that show up in traces. */
final class AsyncWithPrograms {
    private AsyncWithPrograms() {}

    static final class Passing implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            await(pause());
            return Coroutine.done();
        }
    }

    static final class Raising implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            await(pause());
            throw new Other(); // @exit
        }
    }

    static final class Swallowing implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            await(pause());
            return Coroutine.of(true);
        }
    }

    @Async
    static <R> Coroutine<R> enter(R resource) {
        await(pause());
        return Coroutine.of(resource);
    }

    @Async
    static Coroutine<Void> late() {
        await(pause());
        throw new Oops(); // @late
    }

    @Async
    static Coroutine<Void> passing() {
        try (Passing a = await(enter(new Passing()))) {
            await(late()); // @passing
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> around() {
        await(passing()); // @around
        return Coroutine.done();
    }

    @Program
    static void passesOne() {
        run(around()); // @run-around
    }

    @Async
    static Coroutine<Void> passingTwo() {
        try (Passing a = await(enter(new Passing()));
                Passing b = await(enter(new Passing()))) {
            await(passing()); // @passing-two
        }
        return Coroutine.done();
    }

    @Program
    static void passesThree() {
        run(passingTwo()); // @run-passing-two
    }

    @Async
    static Coroutine<Void> raising() {
        try (Raising a = await(enter(new Raising()))) { // @raising
            await(late());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> aroundRaising() {
        await(raising()); // @around-raising
        return Coroutine.done();
    }

    @Program
    static void exitRaisesForAnException() {
        run(aroundRaising()); // @run-around-raising
    }

    @Async
    static Coroutine<Void> ending() {
        try (Raising a = await(enter(new Raising()))) {
            await(pause());
        } // @ending
        return Coroutine.done();
    }

    @Program
    static void exitRaisesAtTheEnd() {
        run(ending()); // @run-ending
    }

    @Async
    static Coroutine<Void> passingOn() {
        try (Passing a = await(enter(new Passing()))) {
            await(raising()); // @passing-on
        }
        return Coroutine.done();
    }

    @Program
    static void passesOnWhatAnExitRaised() {
        run(passingOn()); // @run-passing-on
    }

    @Async
    static Coroutine<Void> catching() {
        try (Passing a = await(enter(new Passing()))) {
            await(late()); // @catching
        } catch (Oops oops) {
            note(oops);
        }
        await(late()); // @catching-again
        return Coroutine.done();
    }

    @Program
    static void caughtBehindOne() {
        run(catching()); // @run-catching
    }

    @Async
    static Coroutine<Void> swallowed() {
        try (Swallowing a = await(enter(new Swallowing()))) {
            await(late());
        }
        await(late()); // @swallowed
        return Coroutine.done();
    }

    @Program
    static void raisedAfterASwallowedOne() {
        run(swallowed()); // @run-swallowed
    }

    @Async
    static Coroutine<Void> waitingLong() {
        try (Passing a = await(enter(new Passing()))) {
            for (int i = 0; i < 3; i++) {
                await(pause());
            }
            await(late()); // @waiting-long
        }
        return Coroutine.done();
    }

    @Program
    static void passesAfterALoop() {
        run(waitingLong()); // @run-waiting-long
    }
}
