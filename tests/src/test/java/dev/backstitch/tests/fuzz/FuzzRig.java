package dev.backstitch.tests.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What random programs are written with, in as far as it names no type of the runtime; the twin of {@code fuzz_rig.py}. */
public final class FuzzRig {
    private static final int FUEL = 2000;
    private static final int MOST_EVENTS = 400;

    private static final Deque<Later> PENDING = new ArrayDeque<>();
    private static List<String> events = new ArrayList<>();
    private static int steps;
    private static int gates;
    private static Later newest;
    private static int pattern = -1;
    private static int patternBits = 1;
    private static Consumer<Object> onlooker = root -> {};

    private FuzzRig() {}

    /** Has {@code looks} look at what a program's operations leave suspended. */
    static void onlooker(Consumer<Object> looks) {
        onlooker = looks;
    }

    /** An operation on {@code root} is over. */
    public static void suspended(Object root) {
        onlooker.accept(root);
    }

    /** An exception that says where it was raised. */
    public static class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String site;

        Raised(String site) {
            this.site = site;
        }
    }

    public static class E1 extends Raised {
        private static final long serialVersionUID = 1L;

        public E1(String site) {
            super(site);
        }
    }

    public static final class E2 extends E1 {
        private static final long serialVersionUID = 1L;

        public E2(String site) {
            super(site);
        }
    }

    public static final class E3 extends Raised {
        private static final long serialVersionUID = 1L;

        public E3(String site) {
            super(site);
        }
    }

    /** Not an {@link Exception}: Python's {@code BaseException}. */
    public static final class B1 extends Error {
        private static final long serialVersionUID = 1L;
        private final String site;

        public B1(String site) {
            this.site = site;
        }
    }

    /** A run that goes on for too long. */
    public static final class Fuel extends Error {
        private static final long serialVersionUID = 1L;
    }

    // ---------------------------------------------------------------- for programs

    /** Logs {@code value}. */
    public static void T(int site, Object value) {
        events.add(site + "=" + value);
        if (events.size() > MOST_EVENTS) {
            throw new Fuel();
        }
    }

    /** The number that {@code value} is, or 0. */
    public static int num(Object value) {
        if (++steps > FUEL) {
            throw new Fuel();
        }
        return value instanceof Integer number ? number & 1023 : 0;
    }

    public static int h(int a, int b, int c) {
        return (a * 7 + b * 5 + c * 3) & 1023;
    }

    public static int hAll(int... all) {
        return h(all[0], all[1], all[2]);
    }

    public static int hWide(long a, double b, float c) {
        return h((int) a, (int) b, (int) c);
    }

    /** Fails unless all say the same number: locals of five types that nobody has changed. */
    public static void witness(long a, double b, String c, int[] d, float e) {
        if (b != a + 0.5 || !c.equals("w" + a) || d[0] != a || e != a) {
            throw new AssertionError("locals were lost: " + a + " " + b + " " + c + " " + d[0] + " " + e);
        }
    }

    /** What is awaited that may take a while; its value is fixed. */
    public static final class Later extends CompletableFuture<Integer> {
        private final int value;

        Later(int value) {
            this.value = value;
        }

        public void arrive() {
            PENDING.remove(this);
            complete((value * 3 + 1) & 1023);
        }

        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /** A future that is done, or pending until the driver resumes what awaits it. */
    public static CompletableFuture<Integer> gate(int value) {
        Later later = new Later(value);
        PENDING.add(later);
        if (isPending(true)) {
            newest = later;
        } else {
            later.arrive();
        }
        return later;
    }

    /**
     * Notes that an awaitable is made. Whether it is pending: requests always are, and two of three futures, if no pattern was
     * set.
     */
    public static boolean isPending(boolean future) {
        newest = null;
        if (pattern < 0) {
            return !future || gates++ % 3 != 2;
        }
        return (pattern >>> gates++ % patternBits & 1) != 0;
    }

    /** The name of an exception, and where it was raised. */
    public static String X(Throwable exception) {
        String name = exception.getClass().getSimpleName();
        if (exception instanceof Raised raised) {
            return name + ":" + raised.site;
        }
        return exception instanceof B1 b ? name + ":" + b.site : name;
    }

    public static Iterator<Integer> twice(int value) {
        return List.of(value, value + 1).iterator();
    }

    // ---------------------------------------------------------------- for drivers

    /** Awaitables are pending and ready in the usual mixture. */
    public static void reset() {
        reset(-1, 1);
    }

    /**
     * @param newPattern bit i says whether the i-th awaitable is pending
     * @param bits how many bits it has; the awaitables after so many use them again
     */
    public static void reset(int newPattern, int bits) {
        events = new ArrayList<>();
        steps = 0;
        gates = 0;
        pattern = newPattern;
        patternBits = bits;
        newest = null;
        PENDING.clear();
    }

    /** How many awaitables were made since. */
    public static int awaitables() {
        return gates;
    }

    /** The awaitable that was made last, if that was a pending future then; else null. */
    public static Later newestPending() {
        return newest;
    }

    /** Completes what {@code future} waits for, in the order in which it was made. */
    public static void complete(CompletableFuture<?> future) {
        while (!future.isDone() && !PENDING.isEmpty()) {
            PENDING.peek().arrive();
        }
    }

    public static void event(String event) {
        events.add(event);
    }

    public static boolean isSpent() {
        return events.size() > MOST_EVENTS || steps > FUEL;
    }

    public static List<String> events() {
        return events;
    }

    /** What a driver throws. */
    public static Throwable exception(String name) {
        return switch (name) {
            case "E1" -> new E1("d");
            case "E2" -> new E2("d");
            case "E3" -> new E3("d");
            case "B1" -> new B1("d");
            default -> throw new AssertionError(name);
        };
    }
}
