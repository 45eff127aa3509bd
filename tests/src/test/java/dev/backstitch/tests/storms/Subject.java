package dev.backstitch.tests.storms;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plain code with methods of every form; {@link #call} says what it came to. */
public class Subject implements Callable<String> {
    private final List<String> log = new ArrayList<>();
    private int counter;

    /** Runs everything. */
    @Override
    public String call() throws Exception {
        log.add(primitives(true, (byte) 2, 'c', (short) 4, 5, 6L, 7f, 8d));
        log.add(varargs("a", "b", "c"));
        log.add(new Derived().describe(3));
        log.add(Shape.of(2).doubled() + Shape.unit());
        log.add(new Point(1, 2).moved(3).toString() + new Point(1, 2).equals(new Point(1, 2)));
        log.add(Colour.valueOf("RED").next().name() + Arrays.toString(Colour.values()));
        log.add(handlers(0) + handlers(1) + handlers(2) + handlers(3));
        log.add(switches("one") + switches("two") + switches("x"));
        log.add(lambdas());
        log.add(String.valueOf(fibonacci(12)));
        log.add(locked());
        log.add(generic(List.of(3, 1, 2), Comparator.naturalOrder()));
        log.add(new StringBuilder(twice("x")).append(counter++).append(twice("y")).toString());
        log.add(handles());
        log.add(reflection());
        log.add(String.join(",", new Nested(twice("n")).new Inner(2).names()));
        log.add(new Subject() {
            @Override
            String greeting() {
                return "anonymous " + super.greeting();
            }
        }.greeting());
        return String.join("\n", log);
    }

    String greeting() {
        return "hello " + counter++;
    }

    private static String primitives(boolean z, byte b, char c, short s, int i, long j, float f, double d) {
        return "" + not(z) + plus(b) + plus(c) + plus(s) + plus(i) + plus(j) + plus(f) + plus(d);
    }

    private static boolean not(boolean z) {
        return !z;
    }

    private static byte plus(byte b) {
        return (byte) (b + id(127));
    }

    private static char plus(char c) {
        return (char) (c + id(1));
    }

    private static short plus(short s) {
        return (short) (s + id(32767));
    }

    private static int plus(int i) {
        return i + id(1);
    }

    private static long plus(long j) {
        return j + id(1) * 2L + id(2);
    }

    private static float plus(float f) {
        return f / id(2);
    }

    private static double plus(double d) {
        return d / id(3) + d * id(4);
    }

    private static int id(int i) {
        return i;
    }

    private static String varargs(Object... all) {
        return all.length + Arrays.asList(all).toString() + all.clone().length;
    }

    private String handlers(int what) throws IOException {
        StringBuilder out = new StringBuilder();
        try (AutoCloseable resource = () -> out.append("closed ")) {
            try {
                out.append(fail(what)).append(' ');
            } catch (IllegalStateException | IOException e) {
                out.append(e.getMessage()).append(e.getStackTrace()[0].getMethodName()).append(' ');
                if (what == 2) {
                    throw e;
                }
            } finally {
                out.append("finally ").append(counter++);
            }
        } catch (Exception e) {
            out.append("outer ").append(e.getClass().getSimpleName()).append(' ');
        }
        return out.toString();
    }

    private static int fail(int what) throws IOException {
        if (what == 1) {
            throw new IllegalStateException("one");
        }
        if (what == 2) {
            throw new IOException("two");
        }
        return what == 3 ? Integer.parseInt("three") : what;
    }

    private static String switches(String s) {
        switch (s) {
            case "one":
                return twice("1");
            case "two":
                return switch (s.length()) {
                    case 3 -> twice("2") + s.charAt(1);
                    default -> throw new AssertionError();
                };
            default:
                return s.isEmpty() ? twice("empty") : new String(s.toCharArray(), 0, id(1)).concat(s);
        }
    }

    private String lambdas() {
        int base = id(10);
        Supplier<String> self = this::greeting;
        BinaryOperator<Integer> sum = (a, b) -> id(a) + id(b) + base;
        return self.get()
                + IntStream.range(0, id(4)).mapToObj(i -> twice("" + i)).collect(Collectors.joining("/"))
                + sum.apply(1, 2);
    }

    private static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    private synchronized String locked() {
        String before = Thread.holdsLock(this) + twice("s");
        synchronized (log) {
            before += log.size() > 0 && Thread.holdsLock(log);
        }
        return before + Thread.holdsLock(log) + lockedStatic();
    }

    private static synchronized String lockedStatic() {
        return twice("" + Thread.holdsLock(Subject.class));
    }

    private static <T extends Comparable<T>> String generic(List<T> list, Comparator<? super T> order) {
        List<T> sorted = new ArrayList<>(list);
        Collections.sort(sorted, order);
        Map<T, List<T>> map = new TreeMap<>();
        for (T t : sorted) {
            map.computeIfAbsent(t, k -> new ArrayList<>(List.of(k))).add(t);
        }
        return map.toString();
    }

    private static String twice(String s) {
        return s + s;
    }

    private static String handles() {
        try {
            MethodHandle handle = MethodHandles.lookup()
                    .findStatic(Subject.class, "id", MethodType.methodType(int.class, int.class));
            return "handle " + (int) handle.invokeExact(id(41)) + handle.invoke((Integer) 7);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    @Marked("on a method")
    private static String reflection() throws ReflectiveOperationException {
        Method method = Subject.class.getDeclaredMethod("reflection");
        return method.getReturnType().getSimpleName() + method.getAnnotation(Marked.class).value()
                + method.toGenericString() + Arrays.toString(method.getExceptionTypes())
                + Subject.class.getDeclaredMethod("erased", Object.class).getGenericReturnType()
                + Arrays.stream(Subject.class.getDeclaredMethods())
                        .filter(m -> !m.isSynthetic())
                        .map(Method::getName)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    @SuppressWarnings("unused")
    private <T> Object erased(T t) {
        return t;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {
        String value();
    }

    static class Base<T extends Number> {
        T value(T t) {
            return t;
        }

        String describe(T t) {
            return "base " + value(t);
        }
    }

    static class Derived extends Base<Integer> {
        @Override
        Integer value(Integer i) {
            return super.value(i) + id(1);
        }

        @Override
        String describe(Integer i) {
            return "derived " + super.describe(i);
        }
    }

    interface Shape {
        int side();

        default int doubled() {
            return twice() + id(0);
        }

        private int twice() {
            return side() * id(2);
        }

        static Shape of(int side) {
            return () -> id(side);
        }

        static String unit() {
            return of(1).side() + "unit";
        }
    }

    record Point(int x, int y) {
        Point {
            id(x);
        }

        Point moved(int by) {
            return new Point(x + id(by), y() + id(by));
        }
    }

    enum Colour {
        RED {
            @Override
            Colour next() {
                return values()[ordinal() + id(1)];
            }
        },
        BLUE;

        Colour next() {
            return RED;
        }
    }

    static class Nested {
        private final String name;

        Nested(String name) {
            this.name = twice(name);
        }

        class Inner {
            private final int times;

            Inner(int times) {
                this.times = id(times);
            }

            private List<String> names() {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    names.add(new String(name.concat(String.valueOf(id(i)))));
                }
                return names;
            }
        }
    }
}
