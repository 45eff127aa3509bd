package dev.backstitch.tests.robustness;

import dev.backstitch.tests.robustness.ClassFileParts.Part;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages a class file: the same seed does the same damage. */
final class Damage {
    private final byte[] original;
    private final ClassFileParts parts;

    Damage(byte[] original) {
        this.original = original;
        this.parts = ClassFileParts.of(original);
    }

    /** What is left of the file when it ends at {@code length}. */
    byte[] truncated(int length) {
        return Arrays.copyOf(original, length);
    }

    /** One to four bytes changed in one part. */
    byte[] flipped(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> offsets = List.of();
        while (offsets.isEmpty()) {
            offsets = parts.of(Part.values()[random.nextInt(Part.values().length)]);
        }
        byte[] damaged = original.clone();
        int count = 1 + random.nextInt(4) * random.nextInt(2);
        for (int i = 0; i < count; i++) {
            int at = offsets.get(random.nextInt(offsets.size()));
            damaged[at] = changed(damaged[at], damaged[random.nextInt(damaged.length)], random);
        }
        return damaged;
    }

    private static byte changed(byte old, byte other, SplittableRandom random) {
        return (byte) switch (random.nextInt(7)) {
            case 0 -> old ^ 1 << random.nextInt(8);
            case 1 -> old + 1;
            case 2 -> old - 1;
            case 3 -> 0;
            case 4 -> 0xff;
            case 5 -> other;
            default -> random.nextInt(256);
        };
    }
}
