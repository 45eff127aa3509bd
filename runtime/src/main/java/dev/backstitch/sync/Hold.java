package dev.backstitch.sync;

/**
 * Something is held until {@link #close}: what {@code try (var held = await(lock.hold()))} gets. Closed once, by whoever
 * got it.
 */
@FunctionalInterface
public interface Hold extends AutoCloseable {
    /** Releases it. */
    @Override
    void close();
}
