package dev.backstitch.loop;

/**
 * Thrown into a coroutine where it waits, when its task is cancelled. An {@link Error}, so that
 * {@code catch (Exception e)} does not swallow it. A body may catch it to clean up, and should let it go on.
 */
public final class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    private final transient CancelRequest request;

    /** A cancellation without a message. */
    public CancelledError() {
        this((String) null);
    }

    /** A cancellation with the {@code message} of the one who asked for it; may be null. */
    public CancelledError(String message) {
        super(message, null, true, true);
        this.request = null;
    }

    CancelledError(CancelRequest request) {
        super(request == null ? null : request.message(), null, true, true);
        this.request = request;
    }

    /** Who asked for the cancellation, and why; null when that is not known, as for an error that the program has made. */
    public CancelRequest request() {
        return request;
    }

    /** Walks no stack: the driver puts the frames it is thrown into, which is what its trace shows. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** The first line of its trace: also says who has cancelled. */
    @Override
    public String toString() {
        return request == null ? super.toString() : super.toString() + " (cancelled " + request + ")";
    }
}
