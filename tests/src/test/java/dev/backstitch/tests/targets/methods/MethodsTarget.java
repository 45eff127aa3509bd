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
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Every kind of method. */
public class MethodsTarget {
    private final String name;
    private int calls;

    MethodsTarget(String name) {
        this.name = name;
    }

    @Async
    Coroutine<Object> instance(int n) {
        calls += n;
        String before = this.name + calls;
        calls += (int) await(later(n));
        return Coroutine.of(before + "," + name + calls + await(this.hidden()));
    }

    @Async
    private Coroutine<Object> hidden() {
        return Coroutine.of(await(later("hidden")) + name + calls++);
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> instances() {
        MethodsTarget m = new MethodsTarget("m");
        return Coroutine.of(await(m.instance(1)) + "" + await(m.instance(2)));
    }

    @SafeVarargs
    @Generator
    static <T extends Comparable<T>> Gen<T> sorted(T... items) {
        T[] copy = items.clone();
        Arrays.sort(copy);
        for (T item : copy) {
            Gen.yield(item);
        }
        return Gen.end(copy.length);
    }

    @HardCase({52, 54})
    @Generator
    static Gen<Object> genericVarargs() {
        Gen.yieldFrom(sorted("b", "a"));
        Gen.yieldFrom(sorted(3, 1, 2));
        Gen.yieldFrom(MethodsTarget.<String>sorted());
        return Gen.end();
    }

    @Generator
    static Gen<Object> overloaded(int i) {
        Gen.yield("int " + i);
        return Gen.end();
    }

    @Generator
    static Gen<Object> overloaded(long l) {
        Gen.yield("long " + l);
        return Gen.end();
    }

    @Generator
    static Gen<Object> overloaded(Object o) {
        Gen.yield("object " + o);
        return Gen.end();
    }

    @Generator
    static Iterator<Object> overloaded() {
        Gen.yield("nothing");
        return null;
    }

    @HardCase(54)
    @Generator
    static Gen<Object> overloads() {
        Gen.yieldFrom(overloaded(1));
        Gen.yieldFrom(overloaded(2L));
        Gen.yieldFrom(overloaded("three"));
        Gen.yieldFrom(overloaded());
        return Gen.end();
    }

    // names that a rewriter might think of itself
    @Generator
    static Gen<Object> run$body() {
        Gen.yield("run$body");
        return Gen.end();
    }

    @Generator
    static Gen<Object> run() {
        Gen.yield("run");
        Gen.yieldFrom(run$body());
        Gen.yieldFrom(resume(7));
        return Gen.end();
    }

    @Generator
    static Gen<Object> resume(int state) {
        int frame = state;
        Gen.yield("resume " + frame);
        return Gen.end(state);
    }

    @HardCase(54)
    @Generator
    static Gen<Object> likelyNames() {
        Object $frame = Gen.yieldFrom(run());
        Object state = 5;
        Gen.yield(state);
        return Gen.end($frame);
    }

    @Generator
    @SuppressWarnings("strictfp")
    static strictfp Gen<Double> strict(double d) {
        Gen.yield(d * 1e308 * 10);
        Gen.yield(d / 3);
        return Gen.end();
    }

    @HardCase(54)
    @Generator
    static Gen<Object> strictfps() {
        Gen.yieldFrom(strict(2.0));
        return Gen.end();
    }

    // ---------------------------------------------------------------- hierarchies

    interface Source<T> {
        Gen<T> all();

        @Generator
        default Gen<Object> twice() {
            Gen.yield("default of " + getClass().getSimpleName());
            Gen.yieldFrom(all());
            Gen.yieldFrom(all());
            return Gen.end();
        }

        @Generator
        static <E> Gen<E> of(List<E> list) {
            for (E e : list) {
                Gen.yield(e);
            }
            return Gen.end();
        }
    }

    abstract static class Base<T> implements Source<T> {
        protected String label = "base";

        @Async
        Coroutine<Object> described(T t) {
            return Coroutine.of(label + t + await(later("base")));
        }

        protected abstract Gen<? extends Object> open();
    }

    static class Direct implements Source<String> {
        @Override
        public Gen<String> all() {
            return new Words().all();
        }

        @Override
        @Generator
        public Gen<Object> twice() {
            Gen.yield("direct");
            Gen.yieldFrom(Source.super.twice());
            return Gen.end();
        }
    }

    static class Words extends Base<String> {
        @Override
        @Generator
        public Gen<String> all() {
            Gen.yield("w1");
            Gen.yield(label);
            return Gen.end();
        }

        @Override
        @Async
        Coroutine<Object> described(String s) {
            Object inherited = await(super.described(s + "!"));
            return Coroutine.of("words " + inherited + await(super.described(await(later("again")))));
        }

        @Override
        @Generator
        protected Gen<String> open() {
            Gen.yieldFrom(new Direct().twice());
            return Gen.end();
        }

        @Override
        @Generator
        public Gen<Object> twice() {
            Gen.yield("overridden");
            Gen.yieldFrom(super.twice());
            return Gen.end();
        }
    }

    @HardCase({51, 52})
    @Generator
    static Gen<Object> hierarchies() {
        Source<String> words = new Words();
        Gen.yieldFrom(words.all());
        Gen.yieldFrom(words.twice());
        Base<String> base = new Words();
        base.label = "changed";
        Gen.yieldFrom(base.open());
        Gen.yieldFrom(Source.of(Arrays.asList(1, 2)));
        return Gen.end();
    }

    static class Letters implements Iterable<Object> {
        @Override
        @Generator
        public Gen<Object> iterator() { // with a bridge that returns Iterator
            Gen.yield("l1");
            Gen.yield("l2");
            return Gen.end("bridged");
        }
    }

    @HardCase(52)
    @Generator
    static Gen<Object> covariantReturns() {
        Iterable<Object> letters = new Letters();
        for (Object letter : letters) {
            Gen.yield(letter);
        }
        return Gen.end(Gen.yieldFrom(letters));
    }

    @HardCase({51, 52})
    @Async
    static Coroutine<Object> superCalls() {
        Base<String> base = new Words();
        return Coroutine.of(await(base.described(await(later("x")))));
    }

    // ---------------------------------------------------------------- inner classes

    class Inner {
        private int own = 3;

        class Innermost {
            @Async
            Coroutine<Object> reach() {
                own += (int) await(later(1));
                calls += own;
                return Coroutine.of(name + calls + own + await(hidden()));
            }
        }

        @Generator
        Gen<Object> count() {
            for (int i = 0; i < own; i++) {
                Gen.yield(name + i + calls++);
            }
            return Gen.end();
        }
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> innerClasses() {
        MethodsTarget outer = new MethodsTarget("outer");
        Inner inner = outer.new Inner();
        for (Object o : inner.count()) {
            log(await(later(o)));
        }
        return Coroutine.of(await(inner.new Innermost().reach()));
    }

    @HardCase(51)
    @Generator
    static Gen<Object> localAndAnonymousClasses() {
        int captured = num(5);
        class Local {
            @Generator
            Gen<Object> times(int n) {
                for (int i = 0; i < n; i++) {
                    Gen.yield(captured * i);
                }
                return Gen.end();
            }
        }
        Gen.yieldFrom(new Local().times(2));
        Iterable<Object> anonymous = new Iterable<Object>() {
            private int turns;

            @Override
            @Generator
            public Iterator<Object> iterator() {
                turns++;
                Gen.yield("turn " + turns + captured);
                Gen.yield("end of turn");
                return null;
            }
        };
        Gen.yieldFrom(anonymous);
        Gen.yieldFrom(anonymous);
        return Gen.end();
    }

    enum Shape {
        DOT,
        LINE {
            @Override
            @Generator
            Gen<Object> points() {
                Gen.yield("start of " + this);
                Gen.yieldFrom(super.points());
                return Gen.end();
            }
        };

        @Generator
        Gen<Object> points() {
            Gen.yield(name() + ordinal());
            return Gen.end();
        }
    }

    @HardCase(53)
    @Generator
    static Gen<Object> enums() {
        for (Shape shape : Shape.values()) {
            Gen.yieldFrom(shape.points());
        }
        return Gen.end();
    }
}
