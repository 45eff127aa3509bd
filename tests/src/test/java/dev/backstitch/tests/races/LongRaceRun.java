package dev.backstitch.tests.races;

import dev.backstitch.tests.harness.ProofResult;

/**
 * Each race as often as one likes:
 *
 * <pre>mvn -B verify -pl tests -am -Praces -Dbackstitch.races.count=100000 -Dbackstitch.races.seed=1</pre>
 */
public final class LongRaceRun {
    private LongRaceRun() {}

    /** Exit status 1 when something was lost or ran twice. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        ProofResult result = new ProofResult(
                "Threads that meet",
                "Hot coroutines and event loops on a pool, and on virtual threads where the JVM has them, with threads that"
                        + " begin at the same moment: what is completed is resumed once, every `finally` runs once, no turn,"
                        + " no submission and no cancellation is lost, and what runs is neither resumed nor closed.",
                "mvn -B verify -pl tests -am -Praces -Dbackstitch.races.count=" + count + " -Dbackstitch.races.seed=" + seed);
        result.columns("race", "times", "failures", "target");
        boolean failed = false;
        for (Race race : Race.all()) {
            int failures = 0;
            try (Racers racers = new Racers(seed)) {
                for (int i = 0; i < count; i++) {
                    try {
                        race.run(racers);
                    } catch (Exception | AssertionError e) {
                        if (failures++ == 0) {
                            System.out.println(race + " " + i + ": " + e);
                        }
                    }
                }
            }
            System.out.println(race + ": " + count + " times, " + failures + " failures");
            result.row(race.what(), count, failures, 0);
            failed |= failures > 0;
        }
        result.write("60-races-" + Runtime.version().feature());
        System.exit(failed ? 1 : 0);
    }
}
