package dev.backstitch.tests.harness.reference;

/**
 * Twin of the runtime's asynchronous resource: closing it awaits its exit, on the strand that closes it. Which exception is
 * under way, plain Java does not tell; a target that has one says what is meant in a twin of its own.
 */
public interface AsyncCloseable extends AutoCloseable {
    Coroutine<Boolean> exit(Throwable failure);

    @Override
    default void close() {
        Coroutine.await(exit(null));
    }
}
