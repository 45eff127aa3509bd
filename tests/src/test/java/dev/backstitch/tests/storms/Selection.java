package dev.backstitch.tests.storms;

import java.util.HashSet;
import java.util.Set;

/** Which classes of a corpus are rewritten: none whose bytes have been met before, and of the others one in so many. */
final class Selection {
    private final int every;
    private final Set<String> met = new HashSet<>();
    private int duplicates;

    Selection(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("one class in " + every);
        }
        this.every = every;
    }

    /** Whether this class is one of them. */
    boolean takes(byte[] classFile) {
        if (met.add(Digest.of(classFile))) {
            return (met.size() - 1) % every == 0;
        }
        duplicates++;
        return false;
    }

    /** How many classes were not taken because their bytes had been met before. */
    int duplicates() {
        return duplicates;
    }
}
