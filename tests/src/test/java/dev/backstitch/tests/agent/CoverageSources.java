package dev.backstitch.tests.agent;

import dev.backstitch.tests.jvm.Application;

/** The programs of {@link CoverageTest}. */
final class CoverageSources {
    /** What is measured: branches, loops, handlers, switches and lambdas around suspension points. */
    static final String TARGET = "package app;\n" + Application.IMPORTS
            + """
            public class Target {
                @Generator static Gen<Integer> branches(int n) {
                    for (int i = 0; i < n; i++) {
                        if (i % 2 == 0) {
                            Gen.yield(i);
                        } else if (i > 100) {
                            Gen.yield(-i);
                        }
                        int j = i > 1 ? Gen.<Integer>yield(10 * i) == null ? 1 : 2 : 3;
                        if (j == 2) { Gen.yield("never"); }
                    }
                    return Gen.end();
                }
                @Generator static Gen<Integer> closed() {
                    int i = 0;
                    try {
                        while (true) {
                            Gen.yield(i++);
                        }
                    } finally {
                        i = -1;
                    }
                }
                @Generator static Gen<Integer> abandoned() {
                    Gen.yield(1);
                    Gen.yield(2);
                    Gen.yield(3);
                    return Gen.end();
                }
                @Generator static Gen<Object> delegating(boolean both) {
                    Gen.yieldFrom(branches(2));
                    if (both) {
                        Gen.yieldFrom(branches(3));
                    }
                    return Gen.end();
                }
                @Async static Coroutine<String> handlers(String request) {
                    String result = "";
                    try {
                        result += suspend(request);
                        result += "," + suspend("fail");
                        result += "unreachable";
                    } catch (IllegalArgumentException e) {
                        result += "|" + e.getMessage() + suspend("handled");
                    } catch (IllegalStateException e) {
                        result += "never";
                    } finally {
                        result += suspend("finally");
                    }
                    return Coroutine.of(result);
                }
                @Async static Coroutine<Integer> switches(String text, int n) {
                    int sum = 0;
                    switch (text) {
                        case "a": sum += Coroutine.<String>suspend("a").length();
                        case "b": sum += 2; break;
                        case "c": sum += Coroutine.<String>suspend("c").length(); break;
                        default: sum = -1;
                    }
                    int other = switch (n) {
                        case 1 -> Coroutine.<String>suspend("one").length();
                        case 2 -> 2;
                        default -> 3;
                    };
                    return Coroutine.of(sum + other);
                }
                @Async static Coroutine<Object> failing() {
                    Object before = suspend("before");
                    suspend("fail");
                    Object after = suspend("after");
                    return Coroutine.of(after);
                }
                @Async @Generator static AsyncGen<Integer> ticker(int to) {
                    for (int i = 0; i < to; i++) {
                        Gen.yield(i);
                        suspend("tick");
                    }
                    return AsyncGen.end();
                }
                @Async static Coroutine<Integer> looping(int to) {
                    int sum = 0;
                    for (int i : awaitEach(ticker(to))) {
                        if (i == 1) {
                            continue;
                        }
                        sum += i;
                    }
                    return Coroutine.of(sum);
                }
                @Async static Coroutine<Object> chained(boolean deep) {
                    Supplier<Coroutine<Object>> lambda = () -> {
                        Object inner = await(chained(false));
                        if (inner == null) {
                            inner = suspend("never");
                        }
                        return Coroutine.of(inner);
                    };
                    if (deep) {
                        return Coroutine.of(await(lambda.get()));
                    }
                    return Coroutine.of(String.join("-", suspend("x"), suspend("y")));
                }
                @Async static Coroutine<Integer> neverCalled() {
                    int a = suspend("never");
                    return Coroutine.of(a);
                }
            }
            """;

    /** Runs {@link #TARGET}; {@code Driver} is one of the two below. */
    static final String MAIN =
            """
            package app;
            public class Main {
                public static void main(String[] args) {
                    Driver driver = new Driver();
                    System.out.println(driver.take(100, () -> Target.branches(4)));
                    System.out.println(driver.take(3, () -> Target.closed()));
                    System.out.println(driver.take(2, () -> Target.abandoned()));
                    System.out.println(driver.take(100, () -> Target.delegating(true)));
                    System.out.println(driver.run(() -> Target.handlers("first")));
                    System.out.println(driver.run(() -> Target.switches("a", 1)));
                    System.out.println(driver.run(() -> Target.switches("z", 3)));
                    System.out.println(driver.run(() -> Target.failing()));
                    System.out.println(driver.run(() -> Target.looping(3)));
                    System.out.println(driver.run(() -> Target.chained(true)));
                }
            }
            """;

    /** Answers requests; {@code fail} by an exception. Closes a generator after some values. */
    static final String DRIVER =
            """
            package app;
            import dev.backstitch.*;
            import java.util.*;
            import java.util.function.Supplier;
            class Driver {
                List<Object> take(int n, Supplier<Gen<?>> call) {
                    List<Object> taken = new ArrayList<>();
                    try (Gen<?> gen = call.get()) {
                        while (taken.size() < n && gen.hasNext()) { taken.add(gen.next()); }
                    }
                    return taken;
                }
                Object run(Supplier<Coroutine<?>> call) {
                    Coroutine<?> coroutine = call.get();
                    try {
                        Object request = coroutine.send(null);
                        while (true) {
                            request = request.equals("fail")
                                    ? coroutine.raise(new IllegalArgumentException("failed"))
                                    : coroutine.send("<" + request + ">");
                        }
                    } catch (StopIteration end) {
                        return end.value();
                    } catch (IllegalArgumentException e) {
                        return e.getMessage();
                    }
                }
            }
            """;

    /** The same over {@link #TWIN_RUNTIME}, where a call is the whole run. */
    static final String TWIN_DRIVER =
            """
            package app;
            import dev.backstitch.*;
            import java.util.*;
            import java.util.function.Supplier;
            class Driver {
                List<Object> take(int n, Supplier<Gen<?>> call) {
                    Gen.begin(n);
                    try {
                        call.get();
                    } catch (GeneratorExit exit) {
                        // as wanted
                    }
                    return Gen.yielded();
                }
                Object run(Supplier<Coroutine<?>> call) {
                    Gen.begin(Integer.MAX_VALUE);
                    try {
                        return Coroutine.await(call.get());
                    } catch (IllegalArgumentException e) {
                        return e.getMessage();
                    }
                }
            }
            """;

    /** What {@link #TARGET} calls, as plain methods: nothing is suspended, and a body runs where it is called. */
    static final String[] TWIN_RUNTIME = {
        """
        package dev.backstitch;
        import java.util.*;
        public class Gen<Y> {
            private static int limit;
            private static List<Object> yielded;
            public static void begin(int n) { limit = n; yielded = new ArrayList<>(); AsyncGen.begin(); }
            public static List<Object> yielded() { return yielded; }
            /** The last value that is wanted comes back as the end of the generator. */
            public static <S> S yield(Object value) {
                AsyncGen.yielded(value);
                yielded.add(value);
                if (yielded.size() == limit) { throw new GeneratorExit(); }
                return null;
            }
            public static <R> R yieldFrom(Object iterable) { return null; }
            public static <Y> Gen<Y> end() { return new Gen<>(); }
        }
        """,
        """
        package dev.backstitch;
        public class GeneratorExit extends Error { }
        """,
        """
        package dev.backstitch;
        public class Coroutine<T> {
            private final T value;
            private Coroutine(T value) { this.value = value; }
            public static <R> R await(Coroutine<? extends R> coroutine) { return coroutine.value; }
            @SuppressWarnings("unchecked")
            public static <S> S suspend(Object request) {
                if (request.equals("fail")) { throw new IllegalArgumentException("failed"); }
                return (S) ("<" + request + ">");
            }
            public static <T> Coroutine<T> of(T value) { return new Coroutine<>(value); }
            public static <Y> Each<Y> awaitEach(AsyncGen<? extends Y> gen) { return new Each<>(gen); }
        }
        """,
        """
        package dev.backstitch;
        import java.util.*;
        public class AsyncGen<Y> {
            private static List<Object> latest = new ArrayList<>();
            final List<Object> values = latest;
            static void begin() { latest = new ArrayList<>(); }
            static void yielded(Object value) { latest.add(value); }
            /** There is one such generator at a time, and nothing else yields while it runs. */
            public static <Y> AsyncGen<Y> end() {
                AsyncGen<Y> gen = new AsyncGen<>();
                latest = new ArrayList<>();
                return gen;
            }
        }
        """,
        """
        package dev.backstitch;
        import java.util.*;
        public class Each<Y> implements Iterable<Y> {
            private final AsyncGen<? extends Y> gen;
            Each(AsyncGen<? extends Y> gen) { this.gen = gen; }
            @SuppressWarnings("unchecked")
            @Override public Iterator<Y> iterator() { return (Iterator<Y>) gen.values.iterator(); }
        }
        """
    };

    private CoverageSources() {}
}
