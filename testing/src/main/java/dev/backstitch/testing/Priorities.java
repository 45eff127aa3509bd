package dev.backstitch.testing;

import dev.backstitch.loop.Interleaving;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.WeakHashMap;

/** See {@link Order#pct}. Tasks and callbacks are its threads. */
final class Priorities implements Interleaving {
    private final SplittableRandom random;
    /** By identity: neither tasks nor callbacks have an equality of their own. Those given at a change are negative. */
    private final Map<Object, Double> priorities = new WeakHashMap<>();
    /** The steps at which the chosen one becomes the lowest, in ascending order. */
    private final long[] changes;

    private int nextChange;
    private long step;
    private double lowest;
    private Object last;

    Priorities(long seed, int depth, int steps) {
        random = new SplittableRandom(seed);
        changes = random.longs(depth - 1, 0, steps).sorted().toArray();
    }

    @Override
    public int next(Ready ready) {
        int chosen = highest(ready);
        while (nextChange < changes.length && changes[nextChange] <= step) {
            nextChange++;
            demote(ready.at(chosen));
            chosen = highest(ready);
        }
        if (ready.at(chosen) == last && ready.size() > 1) {
            demote(last); // it did not wait for anything
            chosen = highest(ready);
        }
        step++;
        last = ready.at(chosen);
        return chosen;
    }

    private int highest(Ready ready) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ready.size(); i++) {
            double priority = priorities.computeIfAbsent(ready.at(i), entry -> random.nextDouble());
            if (priority > highest) {
                highest = priority;
                best = i;
            }
        }
        return best;
    }

    private void demote(Object entry) {
        priorities.put(entry, --lowest);
    }
}
