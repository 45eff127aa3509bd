package dev.backstitch;

import java.util.Iterator;

/**
 * An object that {@code await} accepts: the {@code __await__} protocol of PEP 492.
 *
 * @param <T> what awaiting it gives
 */
@FunctionalInterface
public interface Awaitable<T> {
    /**
     * A fresh run of this object's requests. What the iterator yields goes straight to the driver; what the driver sends
     * comes straight back. A {@link Gen} takes part in {@code send}, {@code raise} and {@code close}, and its result is
     * the value of the {@code await}; any other iterator gives null.
     *
     * @return never null
     */
    Iterator<?> requests();
}
