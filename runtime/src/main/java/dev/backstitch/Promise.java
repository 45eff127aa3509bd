package dev.backstitch;

import java.util.Iterator;

/**
 * Something that will have a value or a failure: what a suspended coroutine waits for, and a scheduler listens to.
 * Python's {@code Future}, seen by its awaiter.
 */
public interface Promise<T> extends Awaitable<T> {
    /** Whether the value or the failure is there. */
    boolean isDone();

    /** The value, once done without a failure; null is a value. */
    T value();

    /** The failure as it was thrown, never wrapped; null when there is none. Marks it as retrieved. */
    Throwable failure();

    /**
     * Has {@code callback} called once, when this is done. On which thread, and when exactly, is the implementation's
     * rule: an event loop's promises call it from the loop, in a later turn.
     */
    void whenDone(Runnable callback);

    /** Yields itself to the driver until done, as {@code Future.__await__} does. */
    @Override
    default Iterator<?> requests() {
        return new PromiseRequests<>(this);
    }
}
