package dev.backstitch.sync;

/** The queue is full, and {@link Queue#putNow} does not wait. */
public final class QueueFull extends RuntimeException {
    QueueFull() {}
}
