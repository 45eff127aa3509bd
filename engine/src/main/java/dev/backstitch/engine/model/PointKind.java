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
    /** Either of them, of the call of a private coroutine of the same class, whose body is called instead. */
    AWAIT_CALL,
    /** {@code Coroutine.suspend(request)}: always suspends. */
    SUSPEND,
    /** {@code hasNext()} of a loop over {@code awaitEach(gen)}. */
    EACH_NEXT,
    /** {@code close()} of an {@code AsyncCloseable}; becomes an {@link #AWAIT} of its exit. */
    CLOSE;

    /** Whether control can pass the point without suspending. */
    public boolean mayContinue() {
        return switch (this) {
            case AWAIT, AWAIT_DECLARED, AWAIT_CALL, EACH_NEXT, CLOSE -> true;
            case YIELD, YIELD_FROM, SUSPEND -> false;
        };
    }
}
