package dev.backstitch.engine.model;

/** The four kinds of rewritten method (DESIGN: programming model). */
public enum MethodKind {
    /** Pulled; yields. */
    GENERATOR,
    /** Cold; awaits. */
    COROUTINE,
    /** Runs in its caller to the first real suspension; awaits. Has no frame before that. */
    HOT,
    /** Pulled; yields and awaits. */
    ASYNC_GENERATOR;

    /** Whether the frame exists before the body starts and carries the arguments. */
    public boolean isCold() {
        return this != HOT;
    }

    /** Whether a body of this kind may contain a suspension point of kind {@code point}. */
    public boolean allows(PointKind point) {
        return switch (point) {
            case YIELD -> this == GENERATOR || this == ASYNC_GENERATOR;
            case YIELD_FROM -> this == GENERATOR;
            case AWAIT, AWAIT_DECLARED, SUSPEND, EACH_NEXT, CLOSE -> this != GENERATOR;
        };
    }
}
