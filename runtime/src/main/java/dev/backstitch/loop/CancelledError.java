package dev.backstitch.loop;

/**
 * Thrown into a coroutine where it waits, when its task is cancelled. An {@link Error}, so that
 * {@code catch (Exception e)} does not swallow it. A body may catch it to clean up, and should let it go on.
 */
public final class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    /** A cancellation without a message. */
    public CancelledError() {
        this(null);
    }

    /** A cancellation with the {@code message} of the one who asked for it; may be null. */
    public CancelledError(String message) {
        super(message, null, true, true);
    }

    /** Walks no stack: the driver puts the frames it is thrown into, which is what its trace shows. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
