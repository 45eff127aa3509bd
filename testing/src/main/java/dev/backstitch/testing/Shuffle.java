package dev.backstitch.testing;

import dev.backstitch.loop.Interleaving;
import java.util.SplittableRandom;

/** Any of those that belong to the turn, each with the same probability. */
final class Shuffle implements Interleaving {
    private final SplittableRandom random;

    Shuffle(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public int next(Ready ready) {
        return random.nextInt(ready.left());
    }
}
