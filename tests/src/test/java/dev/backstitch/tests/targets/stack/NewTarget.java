package dev.backstitch.tests.targets.stack;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.f;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.CheckedFailure;

/** Suspensions between a {@code new} and its constructor call. */
public class NewTarget {
    static class Box {
        final Object a;
        final Object b;

        Box(Object a) {
            this(a, null);
        }

        Box(Object a, Object b) {
            this.a = log(a);
            this.b = b;
        }

        Box(long w, Object a, double d) {
            this(w + "/" + d, a);
        }

        @Override
        public String toString() {
            return "Box(" + a + "," + b + ")";
        }

        class Inner {
            final Object c;

            Inner(Object c) {
                this.c = c;
            }

            @Override
            public String toString() {
                return a + "." + c;
            }
        }
    }

    static class Noisy {
        static {
            log("<clinit> of Noisy");
        }

        Noisy(Object a) {
            log("Noisy(" + a + ")");
        }
    }

    static class Noisy2 {
        static {
            log("<clinit> of Noisy2");
        }

        Noisy2(Object a) {
            log("Noisy2(" + a + ")");
        }
    }

    static class Checked {
        Checked(Object a) throws CheckedFailure {
            throw new CheckedFailure("in constructor of " + a);
        }
    }

    @HardCase(1)
    @Async
    static Coroutine<Object> plain() { // logs("called, x, returned Box(x,null)")
        return Coroutine.of(new Box(await(later("x"))));
    }

    @HardCase({2, 18})
    @Async
    static Coroutine<Object> nested() { // logs("called, p, x, p, Box(p,Box(x,y)), returned Box(Box(p,Box(x,y)),z)")
        return Coroutine.of(new Box(new Box(log("p"), new Box(await(later("x")), await(later("y")))), await(later("z"))));
    }

    @HardCase({2, 10})
    @Generator
    static Gen<Object> wide() {
        Gen.yield(new Box(5L, Gen.yield("a"), 2.5));
        Gen.yield(new Box(Probe.wide(7), new Box(8L, Gen.yield("b"), num(3)), num(4) * 0.5));
        return Gen.end(new Box(1L, null, 0d));
    }

    @HardCase({5, 12})
    @Async
    static Coroutine<Object> acrossBranch() {
        Object one = new Box(t() ? await(later("yes")) : "no");
        Object two = new Box(f() ? "no" : await(later("else")), t() ? (f() ? 1 : await(later(2))) : await(later(3)));
        return Coroutine.of(new Box(one, two));
    }

    @HardCase(6)
    @Async
    static Coroutine<Object> constructorThatThrows() {
        try {
            return Coroutine.of(new Checked(await(later("x"))));
        } catch (CheckedFailure e) {
            return Coroutine.of("caught " + e.getMessage() + await(later("!")));
        }
    }

    @HardCase(7)
    @Async
    static Coroutine<Object> discarded() {
        new Box(await(later("dropped")));
        new Box(await(later(1)), new Box(await(later(2))));
        return Coroutine.done();
    }

    @HardCase(8)
    @Async
    static Coroutine<Object> qualified() {
        Box outer = new Box("outer");
        Object a = outer.new Inner(await(later("in")));
        Object b = new Box(await(later("q"))).new Inner(await(later("r")));
        return Coroutine.of(a + "," + b);
    }

    @HardCase(value = 9, fresh = true)
    @Async
    static Coroutine<Object> initialisationOrder() { // logs("called, <clinit> of Noisy, argument, argument, Noisy(argument), returned Noisy")
        Object made = new Noisy(log(await(later(log("argument")))));
        return Coroutine.of(made.getClass().getSimpleName());
    }

    @HardCase(value = 9, fresh = true)
    @Generator
    static Gen<Object> initialisationOrderNested() {
        new Noisy2(new Box(log("first"), Gen.yield(log("argument"))));
        return Gen.end();
    }

    @HardCase({1, 5, 46})
    @Generator
    static Gen<Object> inLoop() {
        Box list = null;
        for (int i = 0; i < 3; i++) {
            list = new Box(i % 2 == 0 ? Gen.yield(i) : "odd" + i, list);
        }
        return Gen.end(list);
    }

    @HardCase({1, 32})
    @Async
    static Coroutine<Object> failingArgument() {
        Object result = null;
        try {
            result = new Box(log("before"), new Box(await(Probe.failing(new Probe.Failure("f"))), num(1)));
        } catch (Probe.Failure e) {
            result = new Box(e.getMessage(), await(later("after")));
        }
        return Coroutine.of(result);
    }

    @HardCase({1, 14})
    @Async
    static Coroutine<Object> throughArraysAndStrings() {
        Object[] boxes = {new Box(num(1)), new Box(await(later(2))), new StringBuilder("s").append(await(later(3)).toString())};
        return Coroutine.of(boxes[0] + "" + boxes[1] + boxes[2] + new String(new char[] {'a', (char) ('a' + (int) await(later(1)))}));
    }

    @HardCase({1, 51})
    @Async
    static Coroutine<Object> anonymous() {
        String captured = "cap";
        Object made = new Box(await(later("super")), captured) {
            @Override
            public String toString() {
                return "anonymous " + captured + super.toString();
            }
        };
        return Coroutine.of(made);
    }
}
