package dev.backstitch.tests.semantics.hidden;

/** Hands out objects of a class that only this package may name. */
public final class Makes {
    private Makes() {}

    static final class Hidden {
        private final String name;

        Hidden(String name) {
            this.name = name;
        }
    }

    /** A value that a caller can keep only in a {@code var}. */
    @SuppressWarnings("exports")
    public static Hidden make(String name) {
        return new Hidden(name);
    }

    /** What was put into it. */
    @SuppressWarnings("exports")
    public static String nameOf(Hidden hidden) {
        return hidden.name;
    }
}
