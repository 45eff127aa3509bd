package dev.backstitch;

/**
 * What a rewritten body returns instead of a result when it stops before its end. Only rewritten code and the driver
 * exchange these; no user value is ever one of them.
 */
public enum Signal {
    /** The body yielded; the value is in its frame. */
    YIELDED,
    /** The body waits: for a delegate, for something awaited, or for the driver to answer a request. */
    SUSPENDED
}
