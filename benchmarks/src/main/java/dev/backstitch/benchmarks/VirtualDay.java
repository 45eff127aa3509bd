package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Scheduling;
import dev.backstitch.testing.TestLoop;
import java.time.Duration;

/** Prints the milliseconds that a day of virtual time with a hundred thousand timers takes. */
public final class VirtualDay {
    static final int TIMERS = 100_000;

    private VirtualDay() {}

    /** @param args {@code firstRun}, or {@code laterRun} for the fifth in the same JVM */
    public static void main(String[] args) {
        double milliseconds = 0;
        for (int run = args[0].equals("firstRun") ? 5 : 1; run <= 5; run++) {
            long start = System.nanoTime();
            Duration shown = day(TIMERS);
            milliseconds = (System.nanoTime() - start) / 1e6;
            if (!shown.equals(Duration.ofHours(24))) {
                throw new AssertionError("the clock shows " + shown);
            }
        }
        System.out.println(milliseconds);
    }

    /** Runs {@code timers} tasks, each of which sleeps for another part of the day; what the clock shows then. */
    static Duration day(int timers) {
        try (var test = new TestLoop()) {
            test.runUntilComplete(Scheduling.sleepers(timers, Duration.ofHours(24)));
            return test.clock().now();
        }
    }
}
