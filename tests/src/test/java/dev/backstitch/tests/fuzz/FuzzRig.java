package dev.backstitch.tests.fuzz;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What random programs are written with, in as far as it names no type of the runtime; the twin of {@code fuzz_rig.py}. */
public final class FuzzRig {
    private static final int FUEL = 2000;
    private static final int MOST_EVENTS = 400;

    private static List<String> events = new ArrayList<>();
    private static int steps;

    private FuzzRig() {}

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

    public static void reset() {
        events = new ArrayList<>();
        steps = 0;
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
