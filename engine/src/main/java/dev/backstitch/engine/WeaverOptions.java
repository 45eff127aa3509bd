package dev.backstitch.engine;

/**
 * What a {@link Weaver} may be told.
 *
 * @param keepAllLocals spill every local in scope, not only live ones, so that a debugger sees all of them
 */
public record WeaverOptions(boolean keepAllLocals) {
    /** The defaults. */
    public static WeaverOptions defaults() {
        return new WeaverOptions(false);
    }
}
