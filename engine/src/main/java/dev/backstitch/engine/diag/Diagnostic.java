package dev.backstitch.engine.diag;

/**
 * One thing the engine has to say about a class.
 *
 * @param code what kind of thing
 * @param location where
 * @param detail what exactly, in a phrase that continues the code's summary; may be empty
 * @param severity whether the class is refused for it
 */
public record Diagnostic(DiagnosticCode code, SourceLocation location, String detail, Severity severity) {
    /** One that is as severe as its kind is. */
    public Diagnostic(DiagnosticCode code, SourceLocation location, String detail) {
        this(code, location, detail, code.severity());
    }

    /** Whether the class is refused for it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The first line: code, what happened. */
    public String headline() {
        return code.id() + " " + code.summary() + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** The whole message: code, what happened, where, why, remedy and a correct example. */
    public String format() {
        StringBuilder s = new StringBuilder();
        s.append(headline());
        s.append("\n  at ").append(location);
        s.append("\n  Why: ").append(code.reason());
        s.append("\n  Remedy: ").append(code.remedy());
        if (!code.example().isEmpty()) {
            s.append("\n  Example:\n    ").append(code.example().strip().replace("\n", "\n    "));
        }
        return s.toString();
    }

    @Override
    public String toString() {
        return format();
    }
}
