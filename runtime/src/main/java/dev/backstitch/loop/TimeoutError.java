package dev.backstitch.loop;

/**
 * The time given to {@link Tasks#timeout}, {@link Tasks#waitFor}, {@link Tasks#asCompleted} or {@link CancelScope#failAfter}
 * ran out. Its cause is the {@link CancelledError} that ended what took too long, if there was one. Unchecked, and an {@link Exception}, unlike the cancellation.
 */
public final class TimeoutError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeoutError(CancelledError cause) {
        super(null, cause);
    }

    TimeoutError(String message) {
        super(message);
    }
}
