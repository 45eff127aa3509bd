package dev.backstitch.testing;

/** A failure in one order of several; its cause is the failure itself. */
public final class InterleavingError extends AssertionError {
    private final transient Order order;

    private InterleavingError(String message, Order order, Throwable failure) {
        super(message, failure);
        this.order = order;
    }

    /** {@code again} is the line of code that runs just the same again. */
    static InterleavingError of(String what, Order order, Throwable failure, String again) {
        return new InterleavingError(
                what + ", in the order " + order + ": " + failure + "\nThe same again: " + again, order, failure);
    }

    static InterleavingError of(String name, Order order, Throwable failure) {
        return new InterleavingError(
                (name.isEmpty() ? "" : name + ": ") + "in the order " + order + ": " + failure + "\nThe same again: TestLoop.run(Order.of(\"" + order
                        + "\"), ...), or -D" + Interleavings.ONLY + "=" + order,
                order,
                failure);
    }

    /** The order in which the program failed. */
    public Order order() {
        return order;
    }
}
