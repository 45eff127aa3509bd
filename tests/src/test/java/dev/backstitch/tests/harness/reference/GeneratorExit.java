package dev.backstitch.tests.harness.reference;

/** Twin of the runtime's, to which nothing is added as suppressed either. */
public final class GeneratorExit extends Error {
    private static final long serialVersionUID = 1L;

    public GeneratorExit() {
        super(null, null, false, true);
    }
}
