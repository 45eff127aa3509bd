package dev.backstitch.loop;

/**
 * Ctrl-C, an interrupt of the loop's thread or the end of the JVM has ended a run: Python's {@code KeyboardInterrupt}. An
 * {@link Error}, so that {@code catch (Exception e)} does not swallow it. Thrown in a task or callback it ends the run at
 * once.
 */
public final class KeyboardInterrupt extends Error {
    private static final long serialVersionUID = 1L;

    /** An interrupt for the reason {@code message}, which may be null. */
    public KeyboardInterrupt(String message) {
        super(message);
    }

    KeyboardInterrupt(String message, Throwable cancelled) {
        super(message, cancelled);
    }
}
