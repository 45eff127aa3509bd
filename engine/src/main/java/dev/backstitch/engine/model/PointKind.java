package dev.backstitch.engine.model;

/** The kinds of suspension point. */
public enum PointKind {
    /** {@code Gen.yield(value)}: always suspends. */
    YIELD,
    /** {@code Gen.yieldFrom(iterable)}: always goes to the driver. */
    YIELD_FROM,
    /** {@code await(awaitable)}: suspends if it must. */
    AWAIT,
    /** {@code await(awaitable, SomeException.class)}. */
    AWAIT_DECLARED,
    /** {@code Coroutine.suspend(request)}: always suspends. */
    SUSPEND,
    /** {@code hasNext()} of a loop over {@code awaitEach(gen)}. */
    EACH_NEXT,
    /** {@code close()} of an {@code AsyncCloseable}; becomes an {@link #AWAIT} of its exit. */
    CLOSE;

    /** Whether control can pass the point without suspending. */
    public boolean mayContinue() {
        return this == AWAIT || this == AWAIT_DECLARED || this == EACH_NEXT || this == CLOSE;
    }
}
