package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Kind;

/**
 * Where a statement stands.
 *
 * @param function the number of its function
 * @param kind its function's
 * @param depth of blocks
 * @param loops how many there are around it
 * @param inTry whether a jump out of it would run a {@code finally}, or an exception meet a handler
 * @param inHandler whether there is a caught exception
 * @param inEnding whether a {@code finally} is around it
 */
record Place(int function, Kind kind, int depth, int loops, boolean inTry, boolean inHandler, boolean inEnding) {
    static Place at(int function, Kind kind) {
        return new Place(function, kind, 0, 0, false, false, false);
    }

    boolean inLoop() {
        return loops > 0;
    }

    Place deeper() {
        return new Place(function, kind, depth + 1, loops, inTry, inHandler, inEnding);
    }

    Place loop() {
        return new Place(function, kind, depth + 1, loops + 1, inTry, inHandler, inEnding);
    }

    Place guarded() {
        return new Place(function, kind, depth + 1, loops, true, inHandler, inEnding);
    }

    Place handler() {
        return new Place(function, kind, depth + 1, loops, true, true, inEnding);
    }

    /**
     * A {@code finally} has no caught exception of its own in Java. No try stands in it: javac copies it to each exit,
     * and copies of copies fill a method.
     */
    Place ending() {
        return new Place(function, kind, depth + 1, loops, true, false, true);
    }
}
