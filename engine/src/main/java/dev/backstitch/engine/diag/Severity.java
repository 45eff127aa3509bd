package dev.backstitch.engine.diag;

/** What a diagnostic means for its class. */
public enum Severity {
    /** The class is rewritten all the same. */
    WARNING,
    /** The class is refused. */
    ERROR
}
