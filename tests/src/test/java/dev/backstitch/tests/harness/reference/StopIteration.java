package dev.backstitch.tests.harness.reference;

import java.util.NoSuchElementException;

/** Twin of the runtime's. */
public final class StopIteration extends NoSuchElementException {
    private static final long serialVersionUID = 1L;
    private final transient Object value;

    StopIteration(Object value) {
        this.value = value;
    }

    public Object value() {
        return value;
    }
}
