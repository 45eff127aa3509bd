package dev.backstitch.tests.entangled;

import java.util.EnumSet;
import java.util.List;

/**
 * A statement of a body.
 *
 * @param handling what stands around the operation
 * @param delegate the body that {@link Handling#DELEGATE} delegates to, or what it awaits
 */
record Statement(Handling handling, int delegate, Operation operation) {
    /** What becomes of an exception, which is logged first. */
    enum Handling {
        /** There is no {@code try}. */
        PLAIN,
        FINALLY,
        /** A {@code finally} block that yields. */
        FINALLY_YIELD,
        SWALLOW,
        /** All but {@code GeneratorExit} are swallowed. */
        SWALLOW_FAILURES,
        RETHROW,
        RAISE_ANOTHER,
        YIELD,
        RETURN,
        DELEGATE,
        // Those of asynchronous generators, and of coroutines that use them.
        SUSPEND,
        /** A {@code finally} block that hands something to the driver. */
        FINALLY_SUSPEND,
        /** A {@code finally} block that awaits. */
        FINALLY_DELEGATE;

        /** Of programs without asynchronous generators. */
        static final List<Handling> WITHOUT_OPERATIONS = List.copyOf(EnumSet.range(PLAIN, DELEGATE));
    }

    static Statement parse(String line) {
        String[] words = line.split(" ");
        return new Statement(Handling.valueOf(words[0]), Integer.parseInt(words[1]), Operation.parse(words, 2));
    }

    /** As one line, of five words. */
    @Override
    public String toString() {
        return handling + " " + delegate + " " + operation;
    }
}
