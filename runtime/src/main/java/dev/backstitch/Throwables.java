package dev.backstitch;

/** Throwing what the compiler would not let through. */
final class Throwables {
    private Throwables() {}

    /** Throws {@code t} as it is, checked or not; the return type lets callers write {@code throw sneaky(t)}. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
        throw (T) t;
    }
}
