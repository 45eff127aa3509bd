package dev.backstitch.tests.harness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What targets are written with: an event log, awaitables that are done or pending as the {@link Script} says, and values
 * the compiler cannot see through. One run at a time uses it; bodies on threads of the reference run hand over to one
 * another, so that no two of them touch it at once.
 */
public final class Probe {
    private static final List<String> LOG = new ArrayList<>();
    private static final Deque<Later<?>> PENDING = new ArrayDeque<>();
    private static int pattern;
    private static int made;

    private Probe() {}

    /** Thrown by targets on purpose; its message is part of the log. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Failure(String message) {
            super(message);
        }
    }

    /** A checked one. */
    public static final class CheckedFailure extends Exception {
        private static final long serialVersionUID = 1L;

        public CheckedFailure(String message) {
            super(message);
        }
    }

    /** An awaitable whose outcome is fixed, but which may arrive late. */
    public static final class Later<T> extends CompletableFuture<T> {
        private final T value;
        private final Throwable failure;

        Later(T value, Throwable failure) {
            this.value = value;
            this.failure = failure;
        }

        /** Completes it as it was made to be. */
        public void arrive() {
            PENDING.remove(this);
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(failure);
            }
        }

        @Override
        public String toString() {
            Object shown = value != null && value.getClass().isArray() ? value.getClass().getSimpleName() : value;
            return failure == null ? "later(" + shown + ")" : "later(!" + failure.getMessage() + ")";
        }
    }

    // ---------------------------------------------------------------- for targets

    /** Logs {@code event} and returns it. */
    public static <T> T log(T event) {
        LOG.add(String.valueOf(event));
        return event;
    }

    /** {@code n}, logged. */
    public static int num(int n) {
        LOG.add(Integer.toString(n));
        return n;
    }

    /** {@code n}, logged. */
    public static long wide(long n) {
        LOG.add(n + "L");
        return n;
    }

    /** A future of {@code value}: done, or pending until the driver is told to wait for it. */
    public static <T> CompletableFuture<T> later(T value) {
        return made(new Later<>(value, null));
    }

    /** A future that fails with {@code failure}, at once or later. */
    public static <T> CompletableFuture<T> failing(Throwable failure) {
        return made(new Later<>(null, failure));
    }

    private static <T> Later<T> made(Later<T> later) {
        if ((pattern >>> made++ % Script.PATTERN_BITS & 1) == 0) {
            later.arrive();
        } else {
            PENDING.add(later);
        }
        return later;
    }

    /** True, unknown to the compiler. */
    public static boolean t() {
        return made >= 0;
    }

    /** False, unknown to the compiler. */
    public static boolean f() {
        return made < 0;
    }

    /** Throws a {@link Failure}, always. */
    public static int fail(String message) {
        throw new Failure(message);
    }

    // ---------------------------------------------------------------- for the drivers

    static void reset(int newPattern) {
        LOG.clear();
        PENDING.clear();
        made = 0;
        pattern = newPattern;
    }

    static List<String> events() {
        return List.copyOf(LOG);
    }

    static int laters() {
        return made;
    }

    /** The pending future that was made first; null when there is none. */
    public static Later<?> oldestPending() {
        return PENDING.peek();
    }

    /** {@code t} as logs show it: with its message only when a target wrote that. */
    public static String describe(Throwable t) {
        String name = t.getClass().getSimpleName();
        boolean ours = t instanceof Failure || t instanceof CheckedFailure;
        StringBuilder s = new StringBuilder(ours ? name + "(" + t.getMessage() + ")" : name);
        for (Throwable suppressed : t.getSuppressed()) {
            s.append(" suppressing ").append(describe(suppressed));
        }
        return s.toString();
    }
}
