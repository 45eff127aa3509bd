package dev.backstitch.tests.targets.locals;

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
import dev.backstitch.tests.targets.locals.other.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;

/** Locals that live over suspensions: null, unassigned, merged, reused slots, every type. */
public class LocalsTarget {

    @HardCase(20)
    @Async
    static Coroutine<Object> nullLocals() {
        String s = null;
        int[] a = null;
        Object o = null;
        log(await(later("first")));
        if (t()) {
            s = "assigned";
        }
        await(later("second"));
        List<String> list = null;
        for (int i = 0; i < 2; i++) {
            if (list == null) {
                list = new ArrayList<>();
            }
            list.add(s + await(later(i)) + o + (a == null ? "none" : a.length));
            o = i == 0 ? "o" : null;
            a = new int[i];
        }
        return Coroutine.of(list);
    }

    /** Before the branch the local is known as a circle, behind it as a shape: it has a slot for each. */
    @HardCase(22)
    @Async
    static Coroutine<Object> knownByTwoTypes() {
        Shape shape = Shape.circle();
        log(await(later("first")));
        if (t()) {
            log("taken");
        }
        await(later("second"));
        return Coroutine.of(shape.name);
    }

    @HardCase(22)
    @Generator
    static Gen<Object> knownByTwoTypesInALoop() {
        Shape shape = Shape.circle();
        Gen.yield("first");
        for (int i = 0; i < 2; i++) {
            Gen.yield(shape.name + i);
        }
        return Gen.end(shape.name);
    }

    @HardCase(21)
    @Generator
    static Gen<Object> unassignedLocals() {
        int i;
        long l;
        String s;
        Gen.yield("nothing assigned");
        if (t()) {
            i = 1;
            l = 2;
        } else {
            s = "other";
            Gen.yield(s);
            i = 3;
            l = 4;
        }
        Gen.yield(i + l);
        if (f()) {
            return Gen.end(1);
        } else {
            s = "assigned";
        }
        Gen.yield(s);
        for (int k = 0; k < 2; k++) {
            double d;
            if (k == 0) {
                d = Gen.yield("d") == null ? 1.5 : 2.5;
            } else {
                d = 4;
            }
            Gen.yield(d);
        }
        return Gen.end(i);
    }

    @HardCase(22)
    @Generator
    static Gen<Object> reusedSlots() {
        {
            int a = num(1);
            long b = 2;
            Gen.yield(a + b);
        }
        {
            double c = 3.5;
            String d = "d";
            Gen.yield(c + d);
        }
        {
            String e = "e";
            float g = 1.5f;
            int h = 6;
            Gen.yield(e + g + h);
        }
        for (long i = 0; i < 2; i++) {
            Object[] k = {i};
            Gen.yield(k[0]);
        }
        for (String i : new String[] {"x", "y"}) {
            float[] k = {i.length()};
            Gen.yield(i + k[0]);
        }
        for (int i = 0, j = 5; i < j; i += 3, j--) {
            Gen.yield(i * j);
        }
        return Gen.end();
    }

    @HardCase(22)
    @Async
    static Coroutine<Object> reusedSlotsInBranches() {
        Object result = "";
        for (int i = 0; i < 3; i++) {
            if (i == 0) {
                Object[] a = {await(later(1))};
                result = result + Arrays.toString(a);
            } else if (i == 1) {
                float[] a = {await(later(2))};
                result = result + Arrays.toString(a) + await(later("f"));
            } else {
                long a = await(later(3L));
                double b = await(later(4.0));
                result = result + "" + (a + b + await(later(5)));
            }
            await(later("merge"));
        }
        return Coroutine.of(result);
    }

    @HardCase(24)
    @Async
    static Coroutine<Object> intLikes() {
        boolean b = t();
        byte y = (byte) num(200);
        short s = (short) num(70000);
        char c = (char) num(97);
        boolean[] bs = new boolean[2];
        byte[] ys = new byte[2];
        short[] ss = new short[2];
        char[] cs = new char[2];
        await(later(1));
        bs[0] = b;
        ys[0] = y;
        ss[0] = s;
        cs[0] = c;
        bs[1] = await(later(true));
        ys[1] = await(later((byte) 7));
        ss[1] = await(later((short) 8));
        cs[1] = await(later('z'));
        b = !b;
        y++;
        s += 2;
        c++;
        await(later(2));
        holder.b = b;
        holder.y = y;
        holder.s = s;
        holder.c = c;
        return Coroutine.of(Arrays.toString(bs) + Arrays.toString(ys) + Arrays.toString(ss) + Arrays.toString(cs)
                + holder.b + holder.y + holder.s + holder.c);
    }

    static final class Holder {
        boolean b;
        byte y;
        short s;
        char c;
    }

    static final Holder holder = new Holder();

    interface Named {
        default String name() {
            return getClass().getSimpleName();
        }
    }

    interface Priced {
        default int price() {
            return 7;
        }
    }

    static class Apple implements Named, Priced {}

    static class Pear implements Priced, Named {}

    @HardCase(25)
    @Async
    static Coroutine<Object> merges() {
        Number n;
        if (t()) {
            n = 1;
        } else {
            n = 2f;
        }
        await(later(1));
        Named x = f() ? new Apple() : new Pear();
        Priced p = t() ? new Apple() : new Pear();
        await(later(2));
        Serializable s = t() ? (Serializable) "s" : (Serializable) Integer.valueOf(1);
        List<Integer> l = f() ? new ArrayList<>() : new LinkedList<>();
        l.add(await(later(3)));
        Runnable r;
        if (f()) {
            r = () -> log("one");
        } else {
            r = () -> log("two");
        }
        await(later(4));
        r.run();
        return Coroutine.of(n.intValue() + x.name() + p.price() + s + l);
    }

    @HardCase(26)
    @Async
    static Coroutine<Object> arrays() {
        String[][] m = {{"a", "b"}, {"c"}};
        Object[] row = m[1];
        int[][][] cube = new int[2][3][];
        cube[await(later(1))][await(later(2))] = new int[] {9};
        String sum = "";
        for (String[] strings : m) {
            for (String s : strings) {
                sum += s + await(later(s.length()));
            }
        }
        Object o = f() ? new int[1] : new long[2];
        await(later(0));
        Object[] covariant = t() ? new String[] {"cov"} : new Integer[] {1};
        await(later(0));
        Named[] fruit = t() ? new Apple[] {new Apple()} : new Pear[0];
        return Coroutine.of(sum + row[0] + cube[1][2][await(later(0))] + o.getClass().getSimpleName() + covariant[0]
                + fruit[await(later(0))].name());
    }

    @HardCase(27)
    static Gen<Object> parameters() {
        return parameters(1, 2L, "three", 4.0, (byte) 5, new int[] {6});
    }

    @Generator
    private static Gen<Object> parameters(int a, long b, String c, double d, byte e, int[] g) {
        Gen.yield(a + b + c + d + e + g[0]);
        a++;
        b += 2;
        c = c + a;
        d = -d;
        e += 300;
        Gen.yield(a + b + c + d + e + g[0]);
        a += 1000;
        a -= 40000;
        g = null;
        c = null;
        Gen.yield(a + b + c + d + e + (g == null));
        for (; a < -38990; a += 2, b--) {
            Gen.yield(a * b);
        }
        return Gen.end(a);
    }

    @HardCase({31, 32})
    @Async
    static Coroutine<Object> unusedCatchVariable() {
        String s = "s";
        try {
            await(Probe.failing(new Probe.Failure("x")));
        } catch (RuntimeException unused) {
            s += await(later("caught"));
        }
        try {
            Probe.fail("y");
        } catch (RuntimeException e) {
            s += await(later("again"));
            s += e.getMessage();
        }
        return Coroutine.of(s);
    }

    @HardCase(29)
    @Generator
    static Gen<Object> deadLocals() {
        Object big = new Object[] {"big"};
        Gen.yield(((Object[]) big)[0]);
        big = null;
        Gen.yield("dropped");
        String once = "once";
        log(once);
        Gen.yield("dead now");
        once = "twice";
        Gen.yield(once);
        return Gen.end();
    }

    @HardCase({10, 27})
    @Generator
    static Gen<Object> everyTypeAtOnce() {
        boolean z = true;
        byte b = 1;
        char c = 'c';
        short s = 3;
        int i = 4;
        long j = 5;
        float f = 6.5f;
        double d = 7.5;
        String o = "8";
        int[] a = {9};
        for (int k = 0; k < 3; k++) {
            Gen.yield(z + " " + b + c + s + i + j + f + d + o + a[0]);
            z = !z;
            b <<= 1;
            c++;
            s *= 3;
            i -= 5;
            j = -j;
            f /= 2;
            d += f;
            o += c;
            a = new int[] {a[0] + k};
        }
        return Gen.end(z + " " + b + c + s + i + j + f + d + o + a[0]);
    }
}
