package dev.backstitch.engine.model;

/** The four kinds of rewritten method (DESIGN: programming model). */
public enum MethodKind {
    /** Pulled; yields. */
    GENERATOR,
    /** Cold; awaits. A frame made by the call is only needed when it is not awaited at once. */
    COROUTINE,
    /** Runs in its caller to the first real suspension; awaits. Has no frame before that. */
    HOT,
    /** Pulled; yields and awaits. */
    ASYNC_GENERATOR;

    /** Whether a frame can exist before the body starts, and carries the arguments then. */
    public boolean isCold() {
        return this != HOT;
    }

    /** Whether the body can start without a frame, from its arguments, and makes one when it suspends. */
    public boolean isOnDemand() {
        return this == HOT || this == COROUTINE;
    }

    /** Whether a body of this kind may contain a suspension point of kind {@code point}. */
    public boolean allows(PointKind point) {
        return switch (point) {
            case YIELD -> this == GENERATOR || this == ASYNC_GENERATOR;
            case YIELD_FROM -> this == GENERATOR;
            case AWAIT, AWAIT_DECLARED, AWAIT_CALL, SUSPEND, EACH_NEXT, CLOSE -> this != GENERATOR;
        };
    }
}
