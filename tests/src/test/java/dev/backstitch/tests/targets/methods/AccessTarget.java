package dev.backstitch.tests.targets.methods;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.targets.methods.other.ProtectedBase;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Access to what only the class itself may use. */
public class AccessTarget extends ProtectedBase {
    private int own = 1;
    private static String secret = "secret";

    @Override
    protected String greet(Object who) {
        return "overridden";
    }

    @Async
    private Coroutine<Object> inherits() {
        shared = "shared";
        inherited += await(later(1));
        this.inherited *= (int) await(later(2));
        shared = shared + await(later("!"));
        String s = super.greet(await(later("super"))) + greet(null) + twice(await(later(4)));
        Supplier<Coroutine<Object>> lambda = () -> Coroutine.of(super.greet(await(later("lambda"))) + inherited + own++);
        Function<Object, String> reference = super::greet;
        return Coroutine.of(s + inherited + shared + await(lambda.get()) + reference.apply(await(later("reference"))));
    }

    @HardCase({51, 63})
    static Coroutine<Object> protectedAcrossPackages() {
        return new AccessTarget().inherits();
    }

    static class Nested {
        private long hidden = 10;
        private static int count;

        private Nested() {}

        private Object secretOf(AccessTarget outer, Object argument) {
            return argument + secret + outer.own;
        }
    }

    @HardCase(51)
    @Generator
    static Gen<Object> privatesOfNestedClasses() {
        AccessTarget outer = new AccessTarget();
        Nested nested = new Nested();
        nested.hidden += Gen.yield("hidden") == null ? 5 : 6;
        nested.hidden++;
        Nested.count = 0;
        Nested.count += num(1) + (Gen.yield("count") == null ? 1 : 2);
        Gen.yield(nested.secretOf(outer, Gen.yield("argument")));
        outer.own <<= Gen.yield("shift") == null ? 2 : 3;
        return Gen.end(nested.hidden + " " + Nested.count + " " + outer.own);
    }

    /** A collection whose generator calls the methods of its superclass in the JDK. */
    static class Bag extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        @Generator
        Gen<Object> drain() {
            modCount++;
            while (!super.isEmpty()) {
                Gen.yield(super.remove(super.size() - 1));
            }
            return Gen.end(modCount > 0);
        }

        @Override
        public boolean isEmpty() {
            throw new AssertionError("super was asked for");
        }
    }

    @HardCase(51)
    @Generator
    static Gen<Object> superOfTheJdk() {
        Bag bag = new Bag();
        bag.add("a");
        bag.add("b");
        return Gen.end(Gen.yieldFrom(bag.drain()));
    }

    private int counter;

    @Generator
    private Gen<Object> countsOnThis(AccessTarget other) {
        AccessTarget self = this;
        for (int i = 0; i < 2; i++) {
            this.counter += 1 + (Gen.yield(counter) == null ? 0 : 100);
            other.counter = self.counter-- + other.counter++;
        }
        return Gen.end(counter + "/" + other.counter + (self == this));
    }

    @HardCase(51)
    static Gen<Object> fieldsOfThis() {
        return new AccessTarget().countsOnThis(new AccessTarget());
    }
}
