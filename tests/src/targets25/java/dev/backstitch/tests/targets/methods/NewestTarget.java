package dev.backstitch.tests.targets.methods;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;

/** Flexible constructor bodies, unnamed variables. */
@Language(25)
public class NewestTarget {
    static class Base {
        Base(Object o) {
            log("base " + o);
        }
    }

    static class Checked extends Base {
        private final int n;

        Checked(int n) {
            if (n < 0) {
                throw new IllegalArgumentException();
            }
            this.n = num(n);
            super(n);
        }

        @Async
        Coroutine<Object> sum() {
            int m = n;
            for (var _ : new int[2]) {
                m += (int) await(later(n));
            }
            return Coroutine.of(m);
        }
    }

    @HardCase({1, 53})
    @Async
    static Coroutine<Object> flexibleConstructors() {
        return Coroutine.of(await(new Checked(await(later(3))).sum()));
    }

    record Pair(Object a, Object b) {}

    @HardCase({47, 31})
    @Generator
    static Gen<Object> unnamedPatterns() {
        for (Object o : new Object[] {new Pair(1, 2), new Pair("x", null)}) {
            switch (o) {
                case Pair(Integer _, var b) -> Gen.yield(b);
                case Pair(var a, _) -> Gen.yield(a);
                default -> throw new AssertionError();
            }
            try {
                Gen.yield("try");
            } catch (RuntimeException _) {
                Gen.yield("caught");
            }
        }
        return Gen.end();
    }
}
