package dev.backstitch.testing;

import dev.backstitch.Coroutine;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Runs a program in many orders, each on a loop of its own with virtual time; first in, first out comes first.
 *
 * <pre>{@code
 * Interleavings.shuffled(200).run(() -> scenario());
 * }</pre>
 *
 * <p>The first failure ends it. Its message names the order and the line that runs just that one again; so does the system
 * property {@code backstitch.order}, which has every {@code run} use that order only.
 */
public final class Interleavings {
    /** The property that names the only order to run. */
    static final String ONLY = "backstitch.order";

    private final int shuffles;
    private final int priorities;
    private final int depth;
    private final long seed;
    /** What is run, for messages; empty if that is not known. */
    private final String name;

    private Interleavings(int shuffles, int priorities, int depth, long seed, String name) {
        if (shuffles < 0 || priorities < 0) {
            throw new IllegalArgumentException("a number of runs is not negative: " + shuffles + ", " + priorities);
        }
        this.shuffles = shuffles;
        this.priorities = priorities;
        this.depth = depth;
        this.seed = seed;
        this.name = name;
    }

    /** {@code runs} times {@link Order#shuffled}. */
    public static Interleavings shuffled(int runs) {
        return new Interleavings(runs, 0, 1, 1, "");
    }

    /** {@code runs} times {@link Order#pct}, for faults that take {@code depth} steps in a certain order. */
    public static Interleavings pct(int runs, int depth) {
        return new Interleavings(0, runs, depth, 1, "");
    }

    static Interleavings of(CoroutineTest test, String name) {
        return new Interleavings(test.shuffled(), test.pct(), test.depth(), test.seed(), name);
    }

    /** The same number of runs, with the seeds from {@code seed} on; without this, from 1 on. */
    public Interleavings from(long seed) {
        return new Interleavings(shuffles, priorities, depth, seed, name);
    }

    /**
     * Runs what {@code program} makes, which is called anew for each run.
     *
     * @throws InterleavingError if a run fails
     */
    public void run(Supplier<? extends Coroutine<?>> program) {
        Objects.requireNonNull(program, "program");
        runLoops(test -> test.runUntilComplete(program.get()));
    }

    /** One run of a program on a loop. */
    @FunctionalInterface
    interface Run {
        void on(TestLoop loop) throws Throwable;
    }

    void runLoops(Run run) {
        String only = System.getProperty(ONLY);
        if (only != null) {
            once(Order.of(only), run);
            return;
        }
        long steps = once(Order.fifo(), run);
        several(shuffles, Order::shuffled, run);
        int expected = (int) Math.max(1, Math.min(steps, Integer.MAX_VALUE));
        several(priorities, seed -> Order.pct(seed, depth, expected), run);
    }

    private void several(int runs, LongFunction<Order> order, Run run) {
        for (int i = 0; i < runs; i++) {
            once(order.apply(seed + i), run);
        }
    }

    /** Runs once; returns the number of steps. */
    private long once(Order order, Run run) {
        var test = new TestLoop(order);
        long steps;
        try {
            run.on(test);
            steps = test.steps();
        } catch (Throwable failure) {
            test.closeAfter(failure);
            throw InterleavingError.of(name, order, failure);
        }
        try {
            test.close();
        } catch (Throwable failure) {
            throw InterleavingError.of(name, order, failure);
        }
        return steps;
    }
}
