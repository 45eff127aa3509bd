package dev.backstitch.loop;

/** Throwing what the compiler would not let through. */
final class Sneaky {
    private Sneaky() {}

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException thrown(Throwable t) throws T {
        throw (T) t;
    }
}
