package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.CheckedFailure;
import dev.backstitch.tests.harness.Probe.Failure;

/** Suspensions in try-with-resources over ordinary resources. */
public class ResourcesTarget {
    static final class Res implements AutoCloseable {
        private final String name;
        private final boolean failing;

        Res(String name, boolean failing) {
            this.name = log(name);
            this.failing = failing;
        }

        String name() {
            return name;
        }

        @Override
        public void close() throws CheckedFailure {
            log("close " + name);
            if (failing) {
                throw new CheckedFailure("close of " + name);
            }
        }
    }

    @HardCase(37)
    @Async
    static Coroutine<Object> plain() throws CheckedFailure {
        try (Res a = new Res("a" + await(later(1)), false)) {
            log(await(later("body")));
            return Coroutine.of(a.name() + await(later("end")));
        }
    }

    @HardCase(37)
    @Async
    static Coroutine<Object> suppressed() throws CheckedFailure {
        try (Res a = new Res("a", true);
                Res b = new Res(await(later("b")), true)) {
            log(await(later("body of " + a.name() + b.name())));
            await(failing(new Failure("first")));
        }
        return Coroutine.of("not here");
    }

    @HardCase(37)
    @Async
    static Coroutine<Object> nullResource() throws CheckedFailure {
        try (Res none = t() ? null : new Res("x", true);
                Res b = new Res("b", false)) {
            log(await(later("body " + (none == null))));
        } finally {
            log(await(later("finally")));
        }
        return Coroutine.done();
    }

    @HardCase({37, 36})
    @Generator
    static Gen<Object> inLoop() throws CheckedFailure {
        outer:
        for (int i = 0; i < 4; i++) {
            try (Res a = new Res("a" + i, false)) {
                try (Res b = new Res("b" + i, i == 2)) {
                    if (i == 0) {
                        continue;
                    }
                    Gen.yield(a.name() + b.name());
                    if (i == 3) {
                        break outer;
                    }
                } catch (CheckedFailure e) {
                    Gen.yield("caught " + e.getMessage());
                } finally {
                    Gen.yield("inner finally " + i);
                }
            }
        }
        return Gen.end();
    }

    @HardCase(37)
    @Async
    static Coroutine<Object> resourceThatFails() {
        String s = "";
        try (Res a = new Res("a", true);
                Res b = made(await(later("b")))) {
            s += "not here" + a + b;
        } catch (Failure | CheckedFailure e) {
            s += Probe.describe(e) + await(later("caught"));
        }
        return Coroutine.of(s);
    }

    private static Res made(String name) {
        throw new Failure("opening " + name);
    }
}
