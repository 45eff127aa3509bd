package dev.backstitch.tests.targets.stack;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.f;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;
import static dev.backstitch.tests.harness.Probe.wide;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Suspensions with operands of every type below them on the stack. */
public class OperandsTarget {
    int field = 10;
    long wideField = 100;
    static int counter = 1000;
    static double ratio = 0.5;

    static String join(Object... all) {
        return Arrays.toString(all);
    }

    static String five(long a, double b, Object c, float d, boolean e) {
        return a + "|" + b + "|" + c + "|" + d + "|" + e;
    }

    static int index(int i) {
        return num(i);
    }

    @HardCase({10, 15})
    @Async
    static Coroutine<Object> arithmetic() {
        int i = num(1) + await(later(2)) * num(3);
        long l = wide(1) + (long) await(later(2L)) * wide(3) - i;
        double d = num(1) / 2.0 + (double) await(later(4.5)) % 4;
        float g = (float) await(later(1.5f)) + num(2);
        boolean b = num(1) < (int) await(later(2));
        char c = (char) ('a' + await(later(1)));
        return Coroutine.of(i + " " + l + " " + d + " " + g + " " + b + " " + c);
    }

    @HardCase({10, 12})
    @Generator
    static Gen<Object> arguments() {
        String s = five(1L, 2.0, Gen.yield("s"), 3f, true);
        Gen.yield(s);
        Gen.yield(five(wide(2), num(1) * 0.25, t() ? Gen.yield("c") : "d", num(3), f()));
        Gen.yield(five(3L, 1d, join(Gen.yield("e"), null, 'x', Gen.yield("g")), (byte) 1, Gen.yield("h") == null));
        return Gen.end();
    }

    @HardCase(11)
    @Async
    static Coroutine<Object> concatenation() { // logs("called, 5, 6L, returned a1b2c5.0d6truenull")
        String s = "a" + await(later(1)) + "b" + (int) await(later(2)) + "c" + (double) num(5) + "d" + wide(6) + t();
        s += await(later(null));
        return Coroutine.of(s);
    }

    @HardCase(11)
    @Generator
    static Gen<Object> concatenationOfYields() {
        String s = "x";
        s += Gen.yield(s) + "-" + Gen.yield(s + 1);
        s = s + 'c' + 1L + 2.0f + Gen.yield(s) + true;
        return Gen.end(s);
    }

    @HardCase(12)
    @Async
    static Coroutine<Object> ternaries() {
        int a = t() ? (int) await(later(1)) : f() ? await(later(2)) : 3;
        int b = (int) await(later(0)) == 0 ? (t() && f() ? 7 : await(later(8))) : await(later(9));
        Object c = join(t() ? 1 : await(later(1)), t() ? await(later("x")) : 2L, f() ? null : await(later('c')));
        return Coroutine.of(a + " " + b + " " + c);
    }

    @HardCase(13)
    @Async
    static Coroutine<Object> compoundAssignments() {
        int[] a = {1, 2, 3, 4};
        int i = 0;
        a[i++] += await(later(10));
        a[index(i++)] *= (int) await(later(20));
        a[i]++;
        a[index(3)] <<= (int) await(later(2));
        long[][] w = {{1, 2}, {3, 4}};
        w[index(1)][await(later(0))] -= (long) await(later(7L));
        w[await(later(0))][await(later(1))] = await(later(-1L));
        int x = 5;
        x = x++ + await(later(1));
        x += x-- * (int) await(later(3));
        String[] s = {"p"};
        s[index(0)] += await(later("q"));
        double[] d = {1.5};
        d[0] /= (double) await(later(2.0));
        char[] c = {'a'};
        c[0] += await(later(1));
        return Coroutine.of(Arrays.toString(a) + Arrays.deepToString(w) + x + s[0] + d[0] + c[0] + i);
    }

    @HardCase(13)
    static Gen<Object> fields() {
        return new OperandsTarget().fieldsOf();
    }

    @Generator
    private Gen<Object> fieldsOf() {
        this.field += Gen.yield(field) == null ? 1 : 2;
        wideField = wideField-- - (Gen.yield("w") == null ? 3L : 4L);
        counter = 1000;
        counter += num(1) + (Gen.yield(counter) == null ? 5 : 6);
        ratio = 0.5;
        ratio *= Gen.yield(ratio) == null ? 3 : 4;
        this.field++;
        return Gen.end(field + " " + wideField + " " + counter + " " + ratio);
    }

    @HardCase(14)
    @Async
    static Coroutine<Object> arraysAndVarargs() {
        int[] a = {num(1), await(later(2)), num(3)};
        Object[][] o = {{await(later("a"))}, {null, await(later("b")), new int[(int) await(later(2))].length}};
        String s = join(num(4), await(later(5)), wide(6));
        List<Object> l = new ArrayList<>(Arrays.asList(1, await(later(2)), 3));
        return Coroutine.of(Arrays.toString(a) + Arrays.deepToString(o) + s + l + a[await(later(1))] + join());
    }

    @HardCase({15, 17})
    @Async
    static Coroutine<Object> conversions() {
        long fromInt = (int) await(later(3));
        Integer boxed = (int) await(later(4)) + 1;
        byte b = (byte) (int) await(later(300));
        short s = (short) (await(later(70000)) - 1);
        Number n = await(later(t() ? (Number) 1 : (Number) 2.0));
        Comparable<?> c = await(later("comparable"));
        List<? extends CharSequence> list = await(later(Arrays.asList("a", "b")));
        int length = list.get((int) await(later(1))).length();
        return Coroutine.of(fromInt + " " + boxed + " " + b + " " + s + " " + n + " " + c + " " + length);
    }

    static <T extends Number & Comparable<T>> Supplier<T> twice(T value) {
        return () -> value;
    }

    @Async
    static <T extends CharSequence & Comparable<T>> Coroutine<Integer> compare(T a, T b) {
        T x = await(later(a));
        int sum = x.length() + x.compareTo(await(later(b)));
        return Coroutine.of(sum);
    }

    @HardCase({17, 18})
    @Async
    static Coroutine<Object> intersections() {
        int c = await(compare("b", await(later("a"))));
        return Coroutine.of(await(later(twice(await(later(1))).get())) + c);
    }

    @HardCase(18)
    @Async
    static Coroutine<Object> nestedAwaits() {
        Object s = await(later(join(await(later(await(later(1)) + (int) await(later(2)))), await(await(later(later(3)))))));
        return Coroutine.of(s);
    }

    @HardCase({10, 16})
    @Generator
    static Gen<Object> constantsOnTheStack() {
        String s = String.format("%s %s %s %s %s %s %s", null, 1, 2L, 3f, 4d, "c", Gen.yield("y"));
        Gen.yield(s + Integer.MAX_VALUE + Long.MIN_VALUE + OperandsTarget.class.getSimpleName() + Gen.yield("z"));
        return Gen.end(1 + 2 * (Gen.yield(null) == null ? 3 : 4));
    }

    @HardCase(19)
    @Async
    static Coroutine<Object> receivers() {
        int n = await(later("receiver")).length() + await(later(new StringBuilder("b"))).append(await(later("c"))).length();
        String s = await(later(log("abc"))).substring(await(later(1)), num(2));
        Object same = await(later(new Object[] {"element"}))[await(later(0))];
        return Coroutine.of(n + s + same + (await(later("x")) + "y").length());
    }

    @HardCase(19)
    @Async
    static Coroutine<Object> conditions() {
        StringBuilder s = new StringBuilder();
        if (await(later(true))) {
            s.append("if ");
        }
        if (await(later(true)) && !await(later(false)) || await(later(true))) {
            s.append("and-or ");
        }
        boolean b = await(later(false)) | await(later(true)) & (await(later(1)) > 0) ^ f();
        while (s.length() < 30 && await(later(s.length() < 20))) {
            s.append("while ").append(b);
        }
        if (await(later((Object) "string")) instanceof String) {
            s.append("!");
        }
        boolean c = (int) await(later(1)) == 1 || Probe.fail("not evaluated") == 0;
        return Coroutine.of(s.toString() + c);
    }

    @HardCase({19, 32})
    @Async
    static Coroutine<Object> thrown() {
        try {
            throw new Probe.Failure(await(later("message")) + num(1));
        } catch (Probe.Failure e) {
            log(e.getMessage());
        }
        throw await(later(new Probe.Failure("thrown")));
    }

    @HardCase(19)
    @Async
    static Coroutine<Object> asserted() {
        assert await(later(true)) : "never " + await(later("evaluated"));
        assert f() || await(later(true));
        return Coroutine.of("asserted");
    }

    @HardCase({10, 27})
    @Generator
    static Gen<Object> manyOperands() {
        long a = 1;
        double b = 2;
        Object s = join(a++, b++, a + b, a * (Gen.yield(a) == null ? 2 : 3), b - (Gen.yield(b) == null ? 1L : 2L),
                a << 3, (int) b, -a, ~a, a > b ? Gen.yield("g") : Gen.yield("l"), !(a == b), (char) (a + 'a'));
        return Gen.end(s);
    }
}
