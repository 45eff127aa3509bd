package dev.backstitch.testing;

import dev.backstitch.loop.Interleaving;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The order in which a loop runs what is ready. Its text, {@code pct:42:3:1000} for example, stands for it completely: {@link #of}
 * makes the same order of it, which runs the same program in the same way.
 */
public final class Order {
    private static final Order FIFO = new Order("fifo", () -> null);

    private final String text;
    private final Supplier<Interleaving> start;

    private Order(String text, Supplier<Interleaving> start) {
        this.text = text;
        this.start = start;
    }

    /** First in, first out: asyncio's order. */
    public static Order fifo() {
        return FIFO;
    }

    /** Each turn runs what asyncio's would, in an order drawn from {@code seed}. */
    public static Order shuffled(long seed) {
        return new Order("shuffled:" + seed, () -> new Shuffle(seed));
    }

    /**
     * Probabilistic concurrency testing: every task has a priority drawn from {@code seed}; the highest one runs, until it
     * waits, or comes by one of {@code depth - 1} places, drawn from the first {@code steps}, where it gets the lowest. Any
     * fault that takes {@code depth} steps in a certain order is found with a probability of at least 1 in
     * (tasks × steps<sup>depth - 1</sup>). Burckhardt and others, "A Randomized Scheduler with Probabilistic Guarantees of
     * Finding Bugs", 2010. A task that only lets others run, as by {@code sleep(0)}, becomes the lowest too.
     *
     * @param depth at least 1
     * @param steps about how many steps the program takes; at least 1
     */
    public static Order pct(long seed, int depth, int steps) {
        if (depth < 1 || steps < 1) {
            throw new IllegalArgumentException("depth and steps are at least 1: " + depth + ", " + steps);
        }
        return new Order("pct:" + seed + ":" + depth + ":" + steps, () -> new Priorities(seed, depth, steps));
    }

    /**
     * The order that {@code text}, of {@link #toString}, stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static Order of(String text) {
        String[] parts = Objects.requireNonNull(text, "text").strip().split(":");
        try {
            if (parts[0].equals("fifo") && parts.length == 1) {
                return fifo();
            }
            if (parts[0].equals("shuffled") && parts.length == 2) {
                return shuffled(Long.parseLong(parts[1]));
            }
            if (parts[0].equals("pct") && parts.length == 4) {
                return pct(Long.parseLong(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no order: " + text, e);
        }
        throw new IllegalArgumentException("no order: " + text
                + "; fifo, shuffled:SEED or pct:SEED:DEPTH:STEPS is expected");
    }

    /** A fresh run of this order; null is first in, first out. */
    Interleaving start() {
        return start.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Order order && order.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #of} takes. */
    @Override
    public String toString() {
        return text;
    }
}
