package dev.backstitch.io;

import dev.backstitch.Coroutine;

/** What a {@link Server} does with a connection. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Called on the loop.
     *
     * @param connection to be closed by the handler, when it is done with it
     * @return run as a task, at whose failure or cancellation the connection is closed; null for a plain callback
     */
    Coroutine<Void> handle(Connection connection) throws Exception;
}
