package dev.backstitch.engine.diag;

/** Ends the rewriting of a class with a diagnostic: what a pass throws that meets something it cannot do. */
public final class WeaveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public WeaveException(Diagnostic diagnostic, Throwable cause) {
        super(diagnostic.format(), cause);
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
