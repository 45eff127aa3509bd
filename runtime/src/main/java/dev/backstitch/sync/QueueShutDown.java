package dev.backstitch.sync;

/** The queue was shut down: nothing more goes in, or comes out. */
public final class QueueShutDown extends RuntimeException {
    QueueShutDown() {}
}
