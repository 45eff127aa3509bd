package dev.backstitch.benchmarks;

import dev.backstitch.Driver;
import dev.backstitch.Signal;
import dev.backstitch.benchmarks.peers.Coroutines;
import dev.backstitch.benchmarks.peers.Generators;
import java.util.concurrent.CompletableFuture;

/**
 * Recursions a million deep on the default stack. Prints the nanoseconds for each level, of going in and out; one that
 * does not work ends with an exception.
 */
public final class DeepRecursion {
    static final int DEPTH = 1_000_000;

    private DeepRecursion() {}

    /** @param args {@code yieldFrom}, {@code await}, or {@code awaitFinished} */
    public static void main(String[] args) throws Throwable {
        long expected = run(args[0], DEPTH);
        long start = System.nanoTime();
        if (run(args[0], DEPTH) != expected) {
            throw new AssertionError("not the same again");
        }
        System.out.println((System.nanoTime() - start) / (double) DEPTH);
    }

    static long run(String kind, int depth) throws Throwable {
        return switch (kind) {
            case "yieldFrom" -> yieldFrom(depth);
            case "await" -> await(depth);
            case "awaitFinished" -> awaitFinished(depth);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static long yieldFrom(int depth) {
        long sum = 0;
        for (int x : Generators.inAndOut(depth)) {
            sum += x;
        }
        return sum;
    }

    /** The innermost suspends, with all others waiting. */
    private static long await(int depth) throws Throwable {
        var gate = new CompletableFuture<Long>();
        var deep = Coroutines.deep(depth, gate);
        if (Driver.resume(deep, null) != Signal.SUSPENDED) {
            throw new AssertionError("it did not wait");
        }
        gate.complete(0L);
        return (Long) Driver.resume(deep, null);
    }

    /** Nothing ever suspends. */
    private static long awaitFinished(int depth) throws Throwable {
        return (Long) Driver.resume(Coroutines.deep(depth, CompletableFuture.completedFuture(0L)), null);
    }
}
