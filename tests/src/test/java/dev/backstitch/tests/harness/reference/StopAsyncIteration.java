package dev.backstitch.tests.harness.reference;

import java.util.NoSuchElementException;

/** Twin of the runtime's. */
public final class StopAsyncIteration extends NoSuchElementException {
    private static final long serialVersionUID = 1L;
}
