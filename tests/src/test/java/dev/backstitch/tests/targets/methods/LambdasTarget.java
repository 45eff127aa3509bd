package dev.backstitch.tests.targets.methods;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Lambda bodies, which need no annotation; and references to methods that suspend. */
public class LambdasTarget {
    private final String name;

    LambdasTarget(String name) {
        this.name = name;
    }

    @HardCase(51)
    static Coroutine<Object> plain() { // logs("called, returned x!")
        Supplier<Coroutine<Object>> lambda = () -> Coroutine.of(await(later("x")) + "!");
        return lambda.get();
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> capturing() {
        int i = num(1);
        long l = 2;
        double d = 3.5;
        String s = "s";
        Function<Object, Coroutine<Object>> lambda = x -> {
            Object a = await(later(i + l));
            log(a);
            return Coroutine.of(a + "" + d + s + x + await(later(l)));
        };
        return Coroutine.of(await(lambda.apply("arg")) + "|" + await(lambda.apply("again")));
    }

    @Generator
    private Gen<Object> capturingThis() {
        int start = num(2);
        IntFunction<Gen<Object>> lambda = n -> {
            for (int i = start; i < n; i++) {
                Gen.yield(name + i);
            }
            return Gen.end();
        };
        Gen.yieldFrom(lambda.apply(4));
        Gen.yield("between");
        Gen.yieldFrom(lambda.apply(3));
        return Gen.end();
    }

    @HardCase(51)
    static Gen<Object> inInstanceMethod() {
        return new LambdasTarget("n").capturingThis();
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> nested() {
        String a = await(later("a"));
        Function<String, Supplier<Coroutine<Object>>> outer = b -> () -> {
            Function<String, Coroutine<Object>> inner = c -> {
                String d = await(later("d"));
                return Coroutine.of(a + b + c + d);
            };
            return Coroutine.of(await(inner.apply(await(later("c")))) + "+" + await(inner.apply("e")));
        };
        return Coroutine.of(await(outer.apply(await(later("b"))).get()));
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> everyKind() throws Exception {
        Supplier<Gen<Integer>> gen = () -> {
            Gen.yield(1);
            Gen.yield(2);
            return Gen.end(3);
        };
        Iterable<Integer> iterable = () -> {
            Gen.yield(4);
            return null;
        };
        Supplier<AsyncGen<Integer>> async = () -> {
            Gen.yield(5);
            await(later("pause"));
            Gen.yield(6);
            return AsyncGen.end();
        };
        Callable<CompletableFuture<Integer>> hot = () -> CompletableFuture.completedFuture((int) await(later(7)) + 1);
        Supplier<Iterator<Integer>> iterator = () -> {
            Gen.yield(8);
            return null;
        };
        int sum = 0;
        for (int i : gen.get()) {
            sum = sum * 10 + i;
        }
        for (int i : iterable) {
            sum = sum * 10 + i;
        }
        for (int i : awaitEach(async.get())) {
            sum = sum * 10 + i;
        }
        sum = sum * 10 + await(hot.call());
        Iterator<Integer> it = iterator.get();
        while (it.hasNext()) {
            sum = sum * 10 + it.next();
        }
        return Coroutine.of(sum);
    }

    interface SerializableSupplier<T> extends Supplier<T>, Serializable {}

    @HardCase({51, 55})
    @Async
    static Coroutine<Object> serializableAndMarked() {
        String s = "captured";
        SerializableSupplier<Coroutine<Object>> lambda = () -> Coroutine.of(s + await(later("s")));
        Supplier<Coroutine<Object>> marked =
                (Supplier<Coroutine<Object>> & Runnable2) () -> Coroutine.of(s + await(later("m")));
        return Coroutine.of(await(lambda.get()) + "," + await(marked.get()) + (marked instanceof Runnable2));
    }

    interface Runnable2 {}

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @HardCase(value = 51, reference = false)
    @Async
    static Coroutine<Object> deserialized() throws Exception { // logs("called, returned travelled!?")
        String s = "travelled";
        SerializableSupplier<Coroutine<Object>> lambda = () -> Coroutine.of(s + await(later("!")) + await(later("?")));
        return Coroutine.of(await(copy(lambda).get()));
    }

    @Async
    static Coroutine<Object> referenced(Object a, int b) {
        return Coroutine.of(a + "/" + await(later(b)));
    }

    @Async
    private Coroutine<Object> referencedInstance(int b) {
        return Coroutine.of(name + await(later(b)));
    }

    static class Sub extends LambdasTarget {
        Sub() {
            super("sub");
        }

        @Generator
        Gen<Object> letters() {
            Gen.yield("L");
            return Gen.end();
        }
    }

    static class SubSub extends Sub {
        @Override
        @Generator
        Gen<Object> letters() {
            Supplier<Gen<Object>> inherited = super::letters;
            Gen.yieldFrom(inherited.get());
            Gen.yield("M");
            return Gen.end();
        }
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> methodReferences() {
        BiFunction<Object, Integer, Coroutine<Object>> ref = LambdasTarget::referenced;
        BiFunction<LambdasTarget, Integer, Coroutine<Object>> unbound = LambdasTarget::referencedInstance;
        IntFunction<Coroutine<Object>> bound = new LambdasTarget("bound")::referencedInstance;
        String s = "";
        for (Object o : new SubSub().letters()) {
            s += o;
        }
        return Coroutine.of(await(ref.apply("a", 1)) + "," + await(unbound.apply(new LambdasTarget("u"), 2)) + ","
                + await(bound.apply(3)) + s);
    }

    static final Supplier<Coroutine<Object>> CONSTANT = () -> Coroutine.of("constant" + await(later(1)));

    final Supplier<Gen<Object>> inField = () -> {
        Gen.yield("field of " + describe());
        return Gen.end();
    };

    private String describe() {
        return name;
    }

    @HardCase(51)
    @Async
    static Coroutine<Object> initialisers() {
        return Coroutine.of(await(CONSTANT.get()) + "" + new LambdasTarget("l").inField.get().next());
    }

    @HardCase({51, 36})
    @Async
    static Coroutine<Object> plainLambdasInside() {
        int[] sum = {0};
        Runnable adds = () -> sum[0] += num(1);
        adds.run();
        await(later("between"));
        adds.run();
        Function<Integer, Integer> twice = x -> x * 2;
        return Coroutine.of(twice.apply(sum[0]) + twice.andThen(x -> x + sum[0]).apply(await(later(5))));
    }
}
