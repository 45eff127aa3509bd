package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.traces.Rig.note;
import static dev.backstitch.tests.traces.Rig.pause;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.traces.Rig.Oops;

/** The twin of {@code other_callers.py}: the same functions, and the same labels on the lines that show up in traces. */
final class OtherCallerPrograms {
    private OtherCallerPrograms() {}

    static void failing() {
        throw new Oops(); // @failing
    }

    @Generator
    static Gen<Integer> cleans() {
        try {
            failing(); // @cleans
        } finally {
            Gen.yield(1);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> overCleans() {
        Gen.yieldFrom(cleans()); // @over-cleans
        return Gen.end();
    }

    static Integer first(Gen<Integer> gen) {
        return gen.next(); // @first
    }

    static Integer second(Gen<Integer> gen) {
        return gen.next(); // @second
    }

    @Program
    static void finallyResumedByAnotherCaller() {
        Gen<Integer> gen = cleans();
        first(gen);
        second(gen); // @another-caller
    }

    @Program
    static void finallyOfADelegateResumedByAnotherCaller() {
        Gen<Integer> gen = overCleans();
        first(gen);
        second(gen); // @another-caller-of-delegate
    }

    @Generator
    static Gen<Integer> cleansToo() {
        try {
            Gen.yieldFrom(cleans()); // @cleans-too
        } finally {
            Gen.yield(2);
        }
        return Gen.end();
    }

    static Integer third(Gen<Integer> gen) {
        return gen.next(); // @third
    }

    @Program
    static void twoFinallysResumedByTwoMoreCallers() {
        Gen<Integer> gen = cleansToo();
        first(gen);
        second(gen);
        third(gen); // @two-more
    }

    @Generator
    static Gen<Integer> notes() {
        try {
            failing(); // @notes
        } catch (Oops e) {
            note(e);
            Gen.yield(1);
            throw e;
        }
        return Gen.end();
    }

    @Program
    static void raisedAgainForAnotherCaller() {
        Gen<Integer> gen = notes();
        first(gen); // @notes-first
        second(gen); // @notes-second
    }

    @Generator
    static Gen<Integer> keeps() {
        try {
            Gen.yield(1); // @keeps
        } finally {
            Gen.yield(2);
        }
        return Gen.end();
    }

    static void throwsIn(Gen<Integer> gen) {
        gen.raise(new Oops()); // @throws-in
    }

    @Program
    static void thrownInByAnotherThanWhoGoesOn() {
        Gen<Integer> gen = keeps();
        first(gen);
        throwsIn(gen);
        second(gen); // @goes-on
    }

    @Async
    static Coroutine<Void> cleansUp() {
        try {
            failing(); // @cleans-up
        } finally {
            await(pause());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overCleansUp() {
        await(cleansUp()); // @over-cleans-up
        return Coroutine.done();
    }

    static void begin(Coroutine<Void> coroutine) {
        coroutine.send(null); // @begin
    }

    static void end(Coroutine<Void> coroutine) {
        coroutine.send(null); // @end
    }

    @Program
    static void coroutineResumedByAnotherCaller() {
        Coroutine<Void> coroutine = overCleansUp();
        begin(coroutine);
        end(coroutine); // @other-driver
    }
}
