package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.Failure;

/**
 * try-with-resources over an {@code AsyncCloseable}, which is {@code async with}. Each case has a twin that says the same
 * without: as PEP 343 spells out what {@code with} means.
 */
public class AsyncResourcesTarget {
    /** What an exit does. */
    enum Policy {
        PASSES,
        SWALLOWS,
        RAISES,
        RAISES_AT_ONCE,
        RETHROWS
    }

    static class Res implements AsyncCloseable {
        private final String name;
        private final Policy policy;

        Res(String name, Policy policy) {
            this.name = name;
            this.policy = policy;
        }

        String name() {
            return name;
        }

        @Override
        public Coroutine<Boolean> exit(Throwable failure) {
            log("exit " + name + " " + (failure == null ? "null" : Probe.describe(failure)));
            if (policy == Policy.RAISES_AT_ONCE) {
                throw new Failure("no exit of " + name);
            }
            return exiting(failure);
        }

        @Async
        private Coroutine<Boolean> exiting(Throwable failure) {
            log(await(later("exited " + name)));
            if (policy == Policy.RAISES) {
                throw new Failure("exit of " + name);
            }
            if (policy == Policy.RETHROWS && failure instanceof Failure) {
                throw (Failure) failure;
            }
            return policy == Policy.PASSES ? null : Coroutine.of(policy == Policy.SWALLOWS);
        }
    }

    @Async
    static Coroutine<Res> enter(String name, Policy policy) {
        log("enter " + name);
        await(later("entered " + name));
        return Coroutine.of(new Res(name, policy));
    }

    @Async
    static Coroutine<Res> broken() {
        await(later("breaks"));
        throw new Failure("enter");
    }

    static boolean swallows(Boolean answer) {
        return Boolean.TRUE.equals(answer);
    }

    // ---------------------------------------------------------------- one resource

    @Async
    static Coroutine<Object> with(Policy policy, boolean fails) {
        String s = "before ";
        try (Res a = await(enter("a", policy))) {
            s += a.name() + await(later("body"));
            if (fails) {
                await(failing(new Failure("body")));
            }
            s += " end";
        }
        return Coroutine.of(s + await(later(" after")));
    }

    @Async
    static Coroutine<Object> withInWords(Policy policy, boolean fails) {
        String s = "before ";
        Res a = await(enter("a", policy));
        boolean ended = true;
        try {
            try {
                s += a.name() + await(later("body"));
                if (fails) {
                    await(failing(new Failure("body")));
                }
                s += " end";
            } catch (Throwable t) {
                ended = false;
                if (!swallows(await(a.exit(t)))) {
                    throw t;
                }
            }
        } finally {
            if (ended) {
                await(a.exit(null));
            }
        }
        return Coroutine.of(s + await(later(" after")));
    }

    @HardCase(value = 37, twin = "endsInWords")
    static Coroutine<Object> ends() { // logs("called, enter a, exit a null, exited a, returned before abody end after")
        return with(Policy.PASSES, false);
    }

    static Coroutine<Object> endsInWords() {
        return withInWords(Policy.PASSES, false);
    }

    @HardCase(value = 37, twin = "failsInWords")
    static Coroutine<Object> fails() { // logs("called, enter a, exit a Failure(body), exited a, threw Failure(body)")
        return with(Policy.PASSES, true);
    }

    static Coroutine<Object> failsInWords() {
        return withInWords(Policy.PASSES, true);
    }

    @HardCase(value = 37, twin = "swallowedInWords")
    static Coroutine<Object> swallowed() { // logs("called, enter a, exit a Failure(body), exited a, returned before abody after")
        return with(Policy.SWALLOWS, true);
    }

    static Coroutine<Object> swallowedInWords() {
        return withInWords(Policy.SWALLOWS, true);
    }

    @HardCase(value = 37, twin = "replacedInWords")
    static Coroutine<Object> replaced() { // logs("called, enter a, exit a Failure(body), exited a, threw Failure(exit of a)")
        return with(Policy.RAISES, true);
    }

    static Coroutine<Object> replacedInWords() {
        return withInWords(Policy.RAISES, true);
    }

    @HardCase(value = 37, twin = "failsAtItsEndInWords")
    static Coroutine<Object> failsAtItsEnd() { // logs("called, enter a, exit a null, exited a, threw Failure(exit of a)")
        return with(Policy.RAISES, false);
    }

    static Coroutine<Object> failsAtItsEndInWords() {
        return withInWords(Policy.RAISES, false);
    }

    @HardCase(value = 37, twin = "failsAtOnceInWords")
    static Coroutine<Object> failsAtOnce() { // logs("called, enter a, exit a Failure(body), threw Failure(no exit of a)")
        return with(Policy.RAISES_AT_ONCE, true);
    }

    static Coroutine<Object> failsAtOnceInWords() {
        return withInWords(Policy.RAISES_AT_ONCE, true);
    }

    @HardCase(value = 37, twin = "rethrowsInWords")
    static Coroutine<Object> rethrows() { // logs("called, enter a, exit a Failure(body), exited a, threw Failure(body)")
        return with(Policy.RETHROWS, true);
    }

    static Coroutine<Object> rethrowsInWords() {
        return withInWords(Policy.RETHROWS, true);
    }

    // ---------------------------------------------------------------- several

    @Async
    static Coroutine<Object> two(Policy first, Policy second) {
        try (Res a = await(enter("a", first));
                Res b = second == null ? await(broken()) : await(enter("b", second))) {
            log(await(later("body of " + a.name() + b.name())));
            Probe.fail("body");
        }
        return Coroutine.of("after");
    }

    @Async
    static Coroutine<Object> twoInWords(Policy first, Policy second) {
        Res a = await(enter("a", first));
        boolean aEnded = true;
        try {
            try {
                Res b = second == null ? await(broken()) : await(enter("b", second));
                boolean bEnded = true;
                try {
                    try {
                        log(await(later("body of " + a.name() + b.name())));
                        Probe.fail("body");
                    } catch (Throwable t) {
                        bEnded = false;
                        if (!swallows(await(b.exit(t)))) {
                            throw t;
                        }
                    }
                } finally {
                    if (bEnded) {
                        await(b.exit(null));
                    }
                }
            } catch (Throwable t) {
                aEnded = false;
                if (!swallows(await(a.exit(t)))) {
                    throw t;
                }
            }
        } finally {
            if (aEnded) {
                await(a.exit(null));
            }
        }
        return Coroutine.of("after");
    }

    @HardCase(value = 37, twin = "innerSwallowsInWords")
    static Coroutine<Object> innerSwallows() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a null, exited a, returned after")
        return two(Policy.PASSES, Policy.SWALLOWS);
    }

    static Coroutine<Object> innerSwallowsInWords() {
        return twoInWords(Policy.PASSES, Policy.SWALLOWS);
    }

    @HardCase(value = 37, twin = "outerSwallowsInWords")
    static Coroutine<Object> outerSwallows() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a Failure(body), exited a, returned after")
        return two(Policy.SWALLOWS, Policy.PASSES);
    }

    static Coroutine<Object> outerSwallowsInWords() {
        return twoInWords(Policy.SWALLOWS, Policy.PASSES);
    }

    @HardCase(value = 37, twin = "innerReplacesInWords")
    static Coroutine<Object> innerReplaces() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a Failure(exit of b), exited a, threw Failure(exit of b)")
        return two(Policy.PASSES, Policy.RAISES);
    }

    static Coroutine<Object> innerReplacesInWords() {
        return twoInWords(Policy.PASSES, Policy.RAISES);
    }

    @HardCase(value = 37, twin = "bothReplaceInWords")
    static Coroutine<Object> bothReplace() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a Failure(exit of b), exited a, threw Failure(exit of a)")
        return two(Policy.RAISES, Policy.RAISES);
    }

    static Coroutine<Object> bothReplaceInWords() {
        return twoInWords(Policy.RAISES, Policy.RAISES);
    }

    @HardCase(value = 37, twin = "swallowsTheReplacementInWords")
    static Coroutine<Object> swallowsTheReplacement() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a Failure(exit of b), exited a, returned after")
        return two(Policy.SWALLOWS, Policy.RAISES);
    }

    static Coroutine<Object> swallowsTheReplacementInWords() {
        return twoInWords(Policy.SWALLOWS, Policy.RAISES);
    }

    @HardCase(value = 37, twin = "innerSwallowsOuterFailsInWords")
    static Coroutine<Object> innerSwallowsOuterFails() { // logs("called, enter a, enter b, body of ab, exit b Failure(body), exited b, exit a null, exited a, threw Failure(exit of a)")
        return two(Policy.RAISES, Policy.SWALLOWS);
    }

    static Coroutine<Object> innerSwallowsOuterFailsInWords() {
        return twoInWords(Policy.RAISES, Policy.SWALLOWS);
    }

    @HardCase(value = 37, twin = "notEnteredInWords")
    static Coroutine<Object> notEntered() { // logs("called, enter a, exit a Failure(enter), exited a, threw Failure(enter)")
        return two(Policy.PASSES, null);
    }

    static Coroutine<Object> notEnteredInWords() {
        return twoInWords(Policy.PASSES, null);
    }

    // ---------------------------------------------------------------- with catch, finally, other resources

    @HardCase(value = {37, 32}, twin = "clausesInWords")
    @Async
    static Coroutine<Object> clauses() {
        long wide = 1;
        String s = "";
        for (Policy policy : Policy.values()) {
            wide *= 3;
            try (Res a = await(enter("a" + s.length() % 10, policy))) {
                wide += await(later(2L));
                if (policy != Policy.PASSES) {
                    throw new Failure("body " + a.name());
                }
                s += "e";
            } catch (Failure e) {
                s += e.getMessage() + await(later(" caught"));
            } finally {
                s += "|" + wide + await(later("f"));
            }
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> clausesInWords() {
        long wide = 1;
        String s = "";
        for (Policy policy : Policy.values()) {
            wide *= 3;
            try {
                Res a = await(enter("a" + s.length() % 10, policy));
                boolean ended = true;
                try {
                    wide += await(later(2L));
                    if (policy != Policy.PASSES) {
                        throw new Failure("body " + a.name());
                    }
                    s += "e";
                } catch (Throwable t) {
                    ended = false;
                    if (!swallows(await(a.exit(t)))) {
                        throw t;
                    }
                }
                if (ended) {
                    await(a.exit(null));
                }
            } catch (Failure e) {
                s += e.getMessage() + await(later(" caught"));
            } finally {
                s += "|" + wide + await(later("f"));
            }
        }
        return Coroutine.of(s);
    }

    static final class Plain implements AutoCloseable {
        @Override
        public void close() {
            log("plain closed");
            throw new Failure("plain");
        }
    }

    @Async
    static Coroutine<Object> mixed(Policy policy) {
        String s = "";
        try (Plain outer = new Plain();
                Res a = await(enter("a", policy));
                Plain inner = new Plain()) {
            Probe.fail("body" + outer.getClass().getSimpleName().length() + a.name() + (inner == null));
        } catch (Failure e) {
            s += Probe.describe(e);
        }
        return Coroutine.of(s + await(later(" after")));
    }

    @Async
    static Coroutine<Object> mixedInWords(Policy policy) {
        String s = "";
        try (Plain outer = new Plain()) {
            Res a = await(enter("a", policy));
            try (Plain inner = new Plain()) {
                Probe.fail("body" + outer.getClass().getSimpleName().length() + a.name() + (inner == null));
            } catch (Throwable t) {
                if (!swallows(await(a.exit(t)))) {
                    throw t;
                }
            }
        } catch (Failure e) {
            s += Probe.describe(e);
        }
        return Coroutine.of(s + await(later(" after")));
    }

    @HardCase(value = 37, twin = "mixedPassesInWords")
    static Coroutine<Object> mixedPasses() {
        return mixed(Policy.PASSES);
    }

    static Coroutine<Object> mixedPassesInWords() {
        return mixedInWords(Policy.PASSES);
    }

    @HardCase(value = 37, twin = "mixedRaisesInWords")
    static Coroutine<Object> mixedRaises() {
        return mixed(Policy.RAISES);
    }

    static Coroutine<Object> mixedRaisesInWords() {
        return mixedInWords(Policy.RAISES);
    }

    @HardCase(value = 37, twin = "mixedSwallowsInWords")
    static Coroutine<Object> mixedSwallows() {
        return mixed(Policy.SWALLOWS);
    }

    static Coroutine<Object> mixedSwallowsInWords() {
        return mixedInWords(Policy.SWALLOWS);
    }
}
