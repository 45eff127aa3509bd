package dev.backstitch;

/** What rewritten {@code try} statements over an {@link AsyncCloseable} call. */
public final class Exits {
    private Exits() {}

    /**
     * The failure of a statement whose resource swallowed {@code failure} although there is nothing to go on with: the
     * body's last statement is a {@code return} or {@code throw}, so the compiler wrote nothing behind it; or what stands
     * behind it reads a variable that only the body assigns.
     *
     * @param failure what was swallowed; becomes the cause
     */
    public static IllegalStateException noEnd(Throwable failure) {
        return new IllegalStateException(
                "the exit of a resource swallowed " + failure.getClass().getName() + ", but its try statement has no end to"
                        + " go on from: the body always returns or throws, or a variable that only the body assigns is read"
                        + " afterwards. Assign the result to a variable with a first value, and return it after the try",
                failure);
    }
}
