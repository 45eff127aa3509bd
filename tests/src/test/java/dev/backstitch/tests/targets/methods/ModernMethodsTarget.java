package dev.backstitch.tests.targets.methods;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;

/** Records, sealed types, private interface methods, local interfaces and enums. */
@Language(17)
public class ModernMethodsTarget {

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException();
            }
        }

        @Generator
        Gen<Integer> all() {
            for (int i = from; i < to; i++) {
                Gen.yield(i);
            }
            return Gen.end(to());
        }

        @Async
        static Coroutine<Range> load(int from) {
            return Coroutine.of(new Range(from, await(later(from + 2))));
        }
    }

    @HardCase(53)
    @Async
    static Coroutine<Object> records() {
        Range range = await(Range.load(num(3)));
        int sum = 0;
        for (int i : range.all()) {
            sum += i * (int) await(later(2));
        }
        return Coroutine.of(range + " " + sum);
    }

    sealed interface Shape permits Circle, Square {
        private Gen<Object> own() {
            return prefixed("own ");
        }

        @Generator
        private Gen<Object> prefixed(String prefix) {
            Gen.yield(prefix + this);
            return Gen.end();
        }

        @Generator
        private static Gen<Object> shared(int n) {
            Gen.yield("shared " + n);
            return Gen.end();
        }

        @Generator
        default Gen<Object> all() {
            Gen.yieldFrom(own());
            Gen.yieldFrom(shared(1));
            return Gen.end();
        }
    }

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {
        @Override
        @Generator
        public Gen<Object> all() {
            Gen.yield("square");
            Gen.yieldFrom(Shape.super.all());
            return Gen.end();
        }
    }

    @HardCase({51, 53})
    @Generator
    static Gen<Object> sealedInterfaces() {
        for (Shape shape : new Shape[] {new Circle(1), new Square(2)}) {
            Gen.yieldFrom(shape.all());
        }
        return Gen.end();
    }

    @HardCase(53)
    @Async
    static Coroutine<Object> localKinds() {
        record Pair<A, B>(A a, B b) {
            @Async
            Coroutine<String> joined() {
                return Coroutine.of(a + "&" + await(later(b)));
            }
        }
        interface Greeter {
            @Async
            default Coroutine<String> greet() {
                return Coroutine.of("hello " + await(later("you")));
            }
        }
        enum Level implements Greeter {
            LOW,
            HIGH
        }
        var greeter = new Greeter() {
            final int number = num(4);
        };
        return Coroutine.of(await(new Pair<>(1, 'x').joined()) + await(Level.LOW.greet()) + await(greeter.greet())
                + greeter.number);
    }
}
