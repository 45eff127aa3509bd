package dev.backstitch.tests.fuzz;

import java.util.List;
import java.util.Random;

/** What is left to chance, always the same for the same seed. */
public final class Choices {
    private final Random random;

    public Choices(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** From 0 to {@code bound}, exclusively. */
    public int number(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
