package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.traces.Rig.run;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.traces.Rig.Oops;

/**
 * The twin of {@code deep_stacks.py}: the same functions, and the same labels on the lines that show up in traces. The JVM
 * fills a trace with the 1,024 topmost frames, of which most are not the program's here.
 */
final class DeepStackPrograms {
    private DeepStackPrograms() {}

    @Generator
    static Gen<Integer> countdown(int n) {
        if (n == 0) {
            throw new Oops(); // @zero
        }
        for (int x : countdown(n - 1)) { // @countdown
            Gen.yield(x);
        }
        return Gen.end();
    }

    @Program
    static void generatorsThatPullEachOther() {
        for (int ignored : countdown(400)) { // @pull
        }
    }

    @Generator
    static Gen<Integer> catching(int n) {
        if (n == 0) {
            throw new Oops(); // @catching-zero
        }
        try {
            for (int x : catching(n - 1)) { // @catching
                Gen.yield(x);
            }
        } catch (Oops e) {
            throw e;
        }
        return Gen.end();
    }

    @Program
    static void generatorsThatCatch() {
        for (int ignored : catching(400)) { // @pull-catching
        }
    }

    @Generator
    static Gen<Integer> failing() {
        Gen.yield(1); // @failing-first
        throw new Oops(); // @failing
    }

    @Generator
    static Gen<Integer> overFailing() {
        Gen.yieldFrom(failing()); // @over-failing
        return Gen.end();
    }

    @Generator
    static Gen<Integer> deep(int n) {
        if (n == 0) {
            Gen.yieldFrom(overFailing()); // @deep-zero
        } else {
            for (int x : deep(n - 1)) { // @deep
                Gen.yield(x);
            }
        }
        return Gen.end();
    }

    @Program
    static void delegationAtTheBottom() {
        for (int ignored : deep(300)) { // @pull-deep
        }
    }

    @Async
    static Coroutine<Void> inner() {
        throw new Oops(); // @inner
    }

    @Async
    static Coroutine<Void> outer(int n) {
        if (n == 0) {
            await(inner()); // @outer-zero
        } else {
            run(outer(n - 1)); // @outer
        }
        return Coroutine.done();
    }

    @Program
    static void coroutinesThatRunEachOther() {
        run(outer(150)); // @run-outer
    }

    static void raising(int n, Gen<Integer> gen) {
        if (n == 0) {
            gen.raise(new Oops()); // @raising-zero
        } else {
            raising(n - 1, gen); // @raising
        }
    }

    @Program
    static void thrownInFarDown() {
        Gen<Integer> gen = overFailing();
        gen.next();
        raising(600, gen); // @throw-far-down
    }

    @Generator
    static Gen<Integer> cleans() {
        try {
            if (true) {
                throw new Oops(); // @cleans
            }
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

    static void beginning(int n, Gen<Integer> gen) {
        if (n == 0) {
            gen.next(); // @beginning-zero
        } else {
            beginning(n - 1, gen); // @beginning
        }
    }

    static void goingOn(int n, Gen<Integer> gen) {
        if (n == 0) {
            gen.next(); // @going-on-zero
        } else {
            goingOn(n - 1, gen); // @going-on
        }
    }

    @Program
    static void finallyBegunFarDown() {
        Gen<Integer> gen = overCleans();
        beginning(960, gen);
        goingOn(0, gen); // @go-on
    }

    @Program
    static void finallyResumedFarDown() {
        Gen<Integer> gen = overCleans();
        beginning(0, gen);
        goingOn(960, gen); // @go-on-far-down
    }

    @Program
    static void finallyBegunAndResumedFarDown() {
        Gen<Integer> gen = overCleans();
        beginning(960, gen);
        goingOn(960, gen); // @go-on-as-far-down
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

    @Program
    static void thrownInFarDownByAnotherThanWhoGoesOn() {
        Gen<Integer> gen = keeps();
        gen.next();
        throwing(960, gen);
        goingOn(0, gen); // @go-on-with-what-was-thrown-in
    }

    static void throwing(int n, Gen<Integer> gen) {
        if (n == 0) {
            gen.raise(new Oops());
        } else {
            throwing(n - 1, gen);
        }
    }
}
