package dev.backstitch.sync;

/** Nothing is in the queue, and {@link Queue#getNow} does not wait. */
public final class QueueEmpty extends RuntimeException {
    QueueEmpty() {}
}
