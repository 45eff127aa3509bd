package dev.backstitch.sync;

/** A {@link Barrier} was aborted, or reset while tasks waited at it. */
public final class BrokenBarrierError extends RuntimeException {
    BrokenBarrierError(String message) {
        super(message);
    }
}
