package dev.backstitch.tests.harness.reference;

/** Twin of the runtime's. */
public final class GeneratorExit extends Error {
    private static final long serialVersionUID = 1L;
}
