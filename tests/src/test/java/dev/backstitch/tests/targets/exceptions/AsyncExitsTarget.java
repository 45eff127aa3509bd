package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.concurrent.CompletableFuture;

/** As {@link AsyncResourcesTarget}: ways out of the body, kinds of method, and what is no {@code async with}. */
public class AsyncExitsTarget {
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

    static boolean swallows(Boolean answer) {
        return Boolean.TRUE.equals(answer);
    }

    // ---------------------------------------------------------------- exits from the body

    @HardCase(value = {37, 36}, twin = "leavesInWords")
    @Async
    static Coroutine<Object> leaves() {
        String s = "";
        outer:
        for (int i = 0; ; i++) {
            for (Res kept = null; ; ) {
                try (Res a = await(enter("a" + i, i == 2 ? Policy.SWALLOWS : Policy.PASSES))) {
                    kept = a;
                    if (i == 0) {
                        continue outer;
                    }
                    if (i == 1) {
                        break;
                    }
                    if (i == 3) {
                        break outer;
                    }
                    s += await(later("body " + kept.name()));
                    Probe.fail("body");
                }
                s += " swallowed ";
                break;
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> leavesInWords() {
        String s = "";
        outer:
        for (int i = 0; ; i++) {
            for (Res kept = null; ; ) {
                Res a = await(enter("a" + i, i == 2 ? Policy.SWALLOWS : Policy.PASSES));
                boolean ended = true;
                try {
                    try {
                        kept = a;
                        if (i == 0) {
                            continue outer;
                        }
                        if (i == 1) {
                            break;
                        }
                        if (i == 3) {
                            break outer;
                        }
                        s += await(later("body " + kept.name()));
                        Probe.fail("body");
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
                s += " swallowed ";
                break;
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @HardCase(value = {37, 36}, twin = "returnsInWords")
    @Async
    static Coroutine<Object> returns() { // logs("called, enter a, enter b, exit b null, exited b, exit a null, exited a, last, returned value")
        try (Res a = await(enter("a", Policy.PASSES))) {
            try (Res b = await(enter("b", Policy.PASSES))) {
                return Coroutine.of(await(later("value")));
            }
        } finally {
            log(await(later("last")));
        }
    }

    @Async
    static Coroutine<Object> returnsInWords() {
        try {
            Res a = await(enter("a", Policy.PASSES));
            boolean aEnded = true;
            try {
                Res b = await(enter("b", Policy.PASSES));
                boolean bEnded = true;
                try {
                    return Coroutine.of(await(later("value")));
                } catch (Throwable t) {
                    bEnded = false;
                    await(b.exit(t));
                    throw t;
                } finally {
                    if (bEnded) {
                        await(b.exit(null));
                    }
                }
            } catch (Throwable t) {
                aEnded = false;
                await(a.exit(t));
                throw t;
            } finally {
                if (aEnded) {
                    await(a.exit(null));
                }
            }
        } finally {
            log(await(later("last")));
        }
    }

    @HardCase(value = 37, twin = "noEndInWords")
    @Async
    static Coroutine<Object> noEnd() { // logs("called, enter a, exit a Failure(body), exited a, threw IllegalStateException")
        try (Res a = await(enter("a", Policy.SWALLOWS))) {
            if (t()) {
                Probe.fail("body");
            }
            return Coroutine.of(await(later("not here " + a.name())));
        }
    }

    @Async
    static Coroutine<Object> noEndInWords() {
        Res a = await(enter("a", Policy.SWALLOWS));
        try {
            Probe.fail("body");
        } catch (Throwable t) {
            await(a.exit(t));
            throw new IllegalStateException(t);
        }
        return Coroutine.done();
    }

    @HardCase(value = 37, twin = "noValueInWords")
    @Async
    static Coroutine<Object> noValue() {
        String assigned;
        try (Res a = await(enter("a", Policy.SWALLOWS))) {
            assigned = a.name() + await(later("body"));
            Probe.fail("body");
        }
        return Coroutine.of(assigned);
    }

    @Async
    static Coroutine<Object> noValueInWords() {
        Res a = await(enter("a", Policy.SWALLOWS));
        try {
            await(later("body"));
            Probe.fail("body");
        } catch (Throwable t) {
            await(a.exit(t));
            throw new IllegalStateException(t);
        }
        return Coroutine.done();
    }

    @HardCase(value = 37, twin = "retriesInWords")
    @Async
    static Coroutine<Object> retries() { // logs("called, enter a0, exit a0 Failure(attempt 0), exited a0, enter a1, exit a1 Failure(attempt 1), exited a1, enter a2, exit a2 null, exited a2, returned 2 attempts")
        int attempts = 0;
        boolean done = false;
        while (!done) {
            try (Res a = await(enter("a" + attempts, Policy.SWALLOWS))) {
                if (attempts < 2) {
                    throw new Failure("attempt " + attempts++);
                }
                await(later(a.name()));
                done = true;
            }
        }
        return Coroutine.of(attempts + " attempts");
    }

    @Async
    static Coroutine<Object> retriesInWords() {
        int attempts = 0;
        boolean done = false;
        while (!done) {
            Res a = await(enter("a" + attempts, Policy.SWALLOWS));
            boolean ended = true;
            try {
                if (attempts < 2) {
                    throw new Failure("attempt " + attempts++);
                }
                await(later(a.name()));
                done = true;
            } catch (Throwable t) {
                ended = false;
                await(a.exit(t));
            }
            if (ended) {
                await(a.exit(null));
            }
        }
        return Coroutine.of(attempts + " attempts");
    }

    // ---------------------------------------------------------------- null, other kinds of method

    @HardCase(value = 37, twin = "noneInWords")
    @Async
    static Coroutine<Object> none() { // logs("called, body, inner, exit b Failure(body), exited b, threw Failure(body)")
        try (Res none = t() ? null : await(enter("x", Policy.SWALLOWS))) {
            log(await(later("body")));
            try (Res a = null;
                    Res b = new Res("b", Policy.PASSES)) {
                log("inner" + (none == a ? "" : b.name()));
                Probe.fail("body");
            }
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Object> noneInWords() {
        log(await(later("body")));
        Res b = new Res("b", Policy.PASSES);
        try {
            log("inner");
            Probe.fail("body");
        } catch (Throwable t) {
            await(b.exit(t));
            throw t;
        }
        return Coroutine.done();
    }

    @HardCase(value = 37, twin = "hotInWords")
    @Async
    static CompletableFuture<Object> hot() {
        String s = "";
        for (int i = 0; i < 2; i++) {
            try (Res a = await(enter("a" + i, i == 0 ? Policy.SWALLOWS : Policy.RAISES))) {
                s += await(later(a.name()));
                Probe.fail("body " + s);
            }
        }
        return CompletableFuture.completedFuture(s);
    }

    @Async
    static CompletableFuture<Object> hotInWords() {
        String s = "";
        for (int i = 0; i < 2; i++) {
            Res a = await(enter("a" + i, i == 0 ? Policy.SWALLOWS : Policy.RAISES));
            try {
                s += await(later(a.name()));
                Probe.fail("body " + s);
            } catch (Throwable t) {
                if (!swallows(await(a.exit(t)))) {
                    throw t;
                }
            }
        }
        return CompletableFuture.completedFuture(s);
    }

    @HardCase(value = 37, twin = "yieldsInWords")
    @Async
    @Generator
    static AsyncGen<Object> yields() {
        for (int i = 0; i < 2; i++) {
            try (Res a = await(enter("a" + i, i == 0 ? Policy.PASSES : Policy.SWALLOWS))) {
                Gen.yield("in " + a.name());
                Gen.yield(await(later("still in")));
                if (i == 1) {
                    Probe.fail("body");
                }
            } finally {
                Gen.yield("finally " + i);
            }
        }
        Gen.yield("last");
        return AsyncGen.end();
    }

    @Async
    @Generator
    static AsyncGen<Object> yieldsInWords() {
        for (int i = 0; i < 2; i++) {
            try {
                Res a = await(enter("a" + i, i == 0 ? Policy.PASSES : Policy.SWALLOWS));
                boolean ended = true;
                try {
                    Gen.yield("in " + a.name());
                    Gen.yield(await(later("still in")));
                    if (i == 1) {
                        Probe.fail("body");
                    }
                } catch (Throwable t) {
                    ended = false;
                    if (!swallows(await(a.exit(t)))) {
                        throw t;
                    }
                }
                if (ended) {
                    await(a.exit(null));
                }
            } finally {
                Gen.yield("finally " + i);
            }
        }
        Gen.yield("last");
        return AsyncGen.end();
    }

    interface Source {
        Coroutine<Object> get();
    }

    @Async
    static <R extends Res> Coroutine<Object> inLambda(R resource) {
        Source source = () -> {
            try (R r = resource) {
                log("lambda " + r.name());
            }
            return Coroutine.of("done");
        };
        return Coroutine.of(await(source.get()));
    }

    @HardCase(value = {37, 51}, twin = "lambdaInWords")
    static Coroutine<Object> lambda() { // logs("called, lambda r, exit r null, exited r, returned done")
        return inLambda(new Res("r", Policy.PASSES));
    }

    @Async
    static Coroutine<Object> lambdaInWords() {
        Res r = new Res("r", Policy.PASSES);
        log("lambda " + r.name());
        await(r.exit(null));
        return Coroutine.of("done");
    }

    // ---------------------------------------------------------------- closed by hand

    @HardCase(37)
    @Async
    static Coroutine<Object> byHand() {
        Res a = new Res("a", Policy.SWALLOWS);
        Res b = new Res("b", Policy.RAISES);
        String s = "x" + concat(1L, () -> 2) + await(later("y"));
        try {
            Probe.fail("body");
        } catch (Failure e) {
            a.close();
            s += e.getMessage();
        } finally {
            a.close();
            s += "z";
        }
        try {
            b.close();
        } catch (Failure e) {
            s += e.getMessage();
        }
        return Coroutine.of(s);
    }

    private static String concat(long n, java.util.function.IntSupplier m) {
        return "" + n + m.getAsInt();
    }

    /** A program that collects failures adds to exceptions as well: nothing here is under way when {@code a} is closed. */
    @HardCase(value = 37, twin = "collectsInWords")
    @Async
    static Coroutine<Object> collects() {
        Throwable first = null;
        for (int i = 0; i < 3; i++) {
            try (Res a = await(enter("a" + i, Policy.RAISES))) {
                await(later(a.name()));
            } catch (Throwable t) {
                if (first == null) {
                    first = t;
                } else {
                    first.addSuppressed(t);
                }
            }
        }
        return Coroutine.of(Probe.describe(first));
    }

    @Async
    static Coroutine<Object> collectsInWords() {
        Throwable first = null;
        for (int i = 0; i < 3; i++) {
            try {
                Res a = await(enter("a" + i, Policy.RAISES));
                boolean ended = true;
                try {
                    await(later(a.name()));
                } catch (Throwable t) {
                    ended = false;
                    await(a.exit(t));
                    throw t;
                } finally {
                    if (ended) {
                        await(a.exit(null));
                    }
                }
            } catch (Throwable t) {
                if (first == null) {
                    first = t;
                } else {
                    first.addSuppressed(t);
                }
            }
        }
        return Coroutine.of(Probe.describe(first));
    }

    /** The failure of something earlier, to which those of a close are added, and which is thrown at last. */
    @HardCase(value = 37, twin = "afterAnEarlierInWords")
    @Async
    static Coroutine<Object> afterAnEarlier() throws Throwable {
        Throwable first = null;
        try {
            Probe.fail("earlier" + await(later(1)));
        } catch (Throwable t) {
            first = t;
        }
        try (Res a = await(enter("a", Policy.RAISES))) {
            await(later(a.name()));
        } catch (Throwable t) {
            first.addSuppressed(t);
        }
        throw first;
    }

    @Async
    static Coroutine<Object> afterAnEarlierInWords() throws Throwable {
        Throwable first = null;
        try {
            Probe.fail("earlier" + await(later(1)));
        } catch (Throwable t) {
            first = t;
        }
        try {
            Res a = await(enter("a", Policy.RAISES));
            boolean ended = true;
            try {
                await(later(a.name()));
            } catch (Throwable t) {
                ended = false;
                await(a.exit(t));
                throw t;
            } finally {
                if (ended) {
                    await(a.exit(null));
                }
            }
        } catch (Throwable t) {
            first.addSuppressed(t);
        }
        throw first;
    }
}
