package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.harness.Probe.fail;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;
import static dev.backstitch.tests.harness.Probe.wide;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe.CheckedFailure;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.concurrent.CompletableFuture;

/** Coroutines that are awaited where they are called, which needs no coroutine object: nothing shows it. */
public class CallsTarget {
    private final String name;
    Coroutine<Object> kept;

    CallsTarget(String name) {
        this.name = name;
    }

    @Async
    private static Coroutine<String> join(long a, double b, String c, int... rest) {
        log("join " + a);
        String sum = a + "," + b + "," + c;
        for (int r : rest) {
            sum += "," + await(later(r));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Object> straight(Object value) {
        return Coroutine.of(log(value));
    }

    @Async
    private static Coroutine<Integer> checked(int depth) throws CheckedFailure {
        if (depth == 0) {
            throw new CheckedFailure("bottom");
        }
        return Coroutine.of(await(checked(depth - 1)) + 1);
    }

    @Async
    private Coroutine<String> named(Object suffix) {
        String own = name + suffix;
        await(later(own));
        return Coroutine.of(own + name);
    }

    @Async
    private Coroutine<Object> unnamed(Object x) { // does not need its receiver
        return Coroutine.of(await(later(x)));
    }

    // ---------------------------------------------------------------- operands

    @HardCase(0)
    @Async
    static Coroutine<Object> argumentsFirst() { // logs("called, 1L, 2, 3, join 1, ends, returned <1,0.5,2,3>")
        String s = "<" + await(join(wide(1), 0.5, "" + num(2), num(3))) + ">";
        log("ends");
        return Coroutine.of(s);
    }

    @HardCase({1, 0})
    @Async
    static Coroutine<Object> underOperands() {
        int[] a = {1, 2, 3};
        a[num(1)] += num(10) * (int) await(straight(num(5))) + (int) await(straight(await(straight(7))));
        return Coroutine.of(a[1] + wide(4) + "" + await(join(num(1), await(later(2.5)), "x")));
    }

    @HardCase({12, 0})
    @Async
    static Coroutine<Object> eitherCall() {
        return Coroutine.of(await(t() ? straight("then") : straight("else")));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> failingArgument() {
        try {
            return Coroutine.of(await(straight(fail("argument"))));
        } catch (Failure e) {
            return Coroutine.of(e.getMessage());
        }
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> keptAsWell() {
        Coroutine<Object> kept;
        Object first = await(kept = straight("once"));
        try {
            await(kept);
        } catch (IllegalStateException e) {
            log("used up");
        }
        return Coroutine.of(first);
    }

    @HardCase({32, 0})
    @Async
    static Coroutine<Object> declared() {
        try {
            return Coroutine.of(await(checked(num(3)), CheckedFailure.class));
        } catch (CheckedFailure e) {
            return Coroutine.of(e.getMessage() + await(later("!")));
        }
    }

    // ---------------------------------------------------------------- receivers

    @HardCase(0)
    @Async
    static Coroutine<Object> receivers() {
        return Coroutine.of(await(new CallsTarget("a").both()) + await(new CallsTarget("b").named(num(1))));
    }

    @Async
    Coroutine<String> both() {
        return Coroutine.of(await(this.named("!")) + await(unnamed("?")) + await(named("")));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> nullReceiver() {
        CallsTarget none = t() ? null : new CallsTarget("never");
        try {
            return Coroutine.of(await(none.named(num(1))));
        } catch (NullPointerException e) {
            return Coroutine.of("null");
        }
    }

    /** Overridden by a method that is no coroutine itself, and keeps what it hands on. */
    static class Keeping extends CallsTarget {
        Keeping() {
            super("keeping");
        }

        @Override
        Coroutine<Object> open(Object x) {
            kept = super.open(x);
            return kept;
        }
    }

    @Async
    Coroutine<Object> open(Object x) {
        log(name + " open " + (kept == null ? "" : kept.state()));
        Object result = await(later(x));
        log("resumed " + (kept == null ? "" : kept.state()));
        return Coroutine.of(result);
    }

    @HardCase(reference = false, value = 0)
    @Async
    static Coroutine<Object> overridden() { // logs("called, plain open , resumed , keeping open RUNNING, resumed RUNNING, CLOSED, returned 1 2 IllegalStateException: cannot reuse already awaited coroutine")
        CallsTarget plain = new CallsTarget("plain");
        CallsTarget keeping = new Keeping();
        String s = await(plain.open(1)) + " " + await(keeping.open(2));
        log(keeping.kept.state());
        try {
            await(keeping.kept);
        } catch (IllegalStateException e) {
            s += " " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return Coroutine.of(s);
    }

    // ---------------------------------------------------------------- failures

    @Async
    private static Coroutine<Object> stops(boolean late) {
        if (late) {
            await(later("late"));
        }
        return Coroutine.of(nothing().send(null));
    }

    @Generator
    private static Gen<Object> nothing() {
        return Gen.end("stop");
    }

    @HardCase({32, 0})
    @Async
    static Coroutine<Object> stopIterationDoesNotEscape() {
        String s = "";
        for (int i = 0; i < 2; i++) {
            try {
                await(stops(i == 1));
            } catch (IllegalStateException e) {
                s += e.getCause().getClass().getSimpleName() + " ";
            }
        }
        return Coroutine.of(s);
    }

    @HardCase({32, 33})
    @Async
    static Coroutine<Object> finallyRuns() {
        String s = "";
        for (int i = 0; i < 3; i++) {
            try {
                s += await(fails(i));
            } catch (Failure e) {
                s += e.getMessage() + await(straight("c" + i));
            } finally {
                s += await(unlessOdd(i));
            }
        }
        return Coroutine.of(s);
    }

    @Async
    private static Coroutine<Object> fails(int i) {
        try {
            return Coroutine.of(i == 1 ? "fine" : await(failing(new Failure("f" + i))));
        } finally {
            log("inner finally " + await(straight(i)));
        }
    }

    @Async
    private static Coroutine<Object> unlessOdd(int i) {
        if (i % 2 == 0) {
            return Coroutine.of(await(later("even")));
        }
        return Coroutine.done();
    }

    // ---------------------------------------------------------------- what comes back

    @Async
    private static Coroutine<Coroutine<Object>> makes(Object value) {
        await(later("made"));
        return Coroutine.of(straight(value));
    }

    @HardCase(reference = false, value = 0)
    @Async
    static Coroutine<Object> coroutineAsAResult() { // logs("called, not run yet, inner, again, returned inneragain")
        Coroutine<Object> made = await(makes("inner"));
        log("not run yet");
        return Coroutine.of(await(made) + "" + await(await(makes("again"))));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> tail() {
        return t() ? await(straight(true)) == null ? null : unlessOdd(num(2)) : Coroutine.done();
    }

    // ---------------------------------------------------------------- depth

    @Async
    private static Coroutine<Integer> sum(int depth, boolean suspends) {
        if (depth == 0) {
            return Coroutine.of(suspends ? await(later(0)) : 0);
        }
        return Coroutine.of(depth + await(sum(depth - 1, suspends)));
    }

    @HardCase({57, 0})
    @Async
    static Coroutine<Object> deep() {
        return Coroutine.of(await(sum(100, false)) + " " + await(sum(100, true)));
    }

    @Async
    static Coroutine<Integer> zigzag(int depth) {
        return Coroutine.of(depth == 0 ? (int) await(later(0)) : 1 + await(depth % 3 == 0 ? hot(depth) : back(depth)));
    }

    @Async
    private static Coroutine<Integer> back(int depth) {
        int got = await(zigzag(depth - 1));
        return Coroutine.of(got);
    }

    @Async
    private static Coroutine<Integer> hot(int depth) {
        return Coroutine.of(await(hotter(depth)));
    }

    @Async
    private static CompletableFuture<Integer> hotter(int depth) {
        return CompletableFuture.completedFuture(await(zigzag(depth - 1)) + await(back(1)));
    }

    @HardCase({57, 0})
    @Async
    static Coroutine<Object> everyKindOfCaller() {
        return Coroutine.of(await(zigzag(40)));
    }

    // ---------------------------------------------------------------- asynchronous generators

    @Async
    @Generator
    private static AsyncGen<Object> pages(int to) {
        for (int i = 0; i < to; i++) {
            Gen.yield(await(straight("page" + await(unlessOdd(i)))));
        }
        return AsyncGen.end();
    }

    @Async
    private static Coroutine<Object> counts(int to) {
        int count = 0;
        for (Object page : awaitEach(pages(to))) {
            log(page);
            count += to > 1 ? (int) await(counts(to - 1)) : 1;
        }
        return Coroutine.of(count);
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> loopsInCalls() {
        return Coroutine.of(await(counts(3)));
    }

    @Async
    private static Coroutine<Integer> layers(int depth) {
        int sum = 0;
        for (Object x : awaitEach(layer(depth))) {
            sum += (int) x;
        }
        return Coroutine.of(sum);
    }

    @Async
    @Generator
    private static AsyncGen<Object> layer(int depth) {
        Gen.yield(depth == 0 ? (int) await(later(0)) : 1 + await(layers(depth - 1)));
        return AsyncGen.end();
    }

    /** The reference could run it too, on hundreds of threads. */
    @HardCase(reference = false, value = {57, 0})
    @Async
    static Coroutine<Object> deepLoops() { // logs("called, returned 150")
        return Coroutine.of(await(layers(150)));
    }

    // ---------------------------------------------------------------- interfaces and nests

    interface Greeting {
        String text();

        @Async
        default Coroutine<Object> greet(String who) {
            return Coroutine.of(text() + await(later(who)) + await(text2()));
        }

        @Async
        default Coroutine<Object> text2() {
            return Coroutine.of(text());
        }
    }

    private static final class Nested {
        private final int base = num(5);

        @Async
        private Coroutine<Integer> add(int x) {
            return Coroutine.of(base + await(later(x)));
        }
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> elsewhere() {
        Greeting greeting = () -> "hello ";
        return Coroutine.of(await(greeting.greet("you")) + "" + await(new Nested().add(num(2))));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> nothingReturned() {
        await(silent());
        return Coroutine.of(await(silent()));
    }

    @Async
    private static Coroutine<Void> silent() {
        return null;
    }
}
