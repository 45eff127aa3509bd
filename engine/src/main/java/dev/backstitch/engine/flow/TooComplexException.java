package dev.backstitch.engine.flow;

/** Says, as a phrase, what of a method would take more work than anybody should wait for. */
public final class TooComplexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooComplexException(String problem) {
        super(problem);
    }
}
