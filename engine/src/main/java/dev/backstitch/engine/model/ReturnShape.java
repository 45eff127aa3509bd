package dev.backstitch.engine.model;

/** The return types an annotated method may have, and what each makes of it. */
public enum ReturnShape {
    GEN(MethodKind.GENERATOR, RuntimeSymbols.GEN),
    ITERATOR(MethodKind.GENERATOR, "java/util/Iterator"),
    ITERABLE(MethodKind.GENERATOR, "java/lang/Iterable"),
    INT_ITERATOR(MethodKind.GENERATOR, "java/util/PrimitiveIterator$OfInt"),
    LONG_ITERATOR(MethodKind.GENERATOR, "java/util/PrimitiveIterator$OfLong"),
    DOUBLE_ITERATOR(MethodKind.GENERATOR, "java/util/PrimitiveIterator$OfDouble"),
    COROUTINE(MethodKind.COROUTINE, RuntimeSymbols.COROUTINE),
    TASK(MethodKind.HOT, RuntimeSymbols.TASK),
    FUTURE(MethodKind.HOT, "java/util/concurrent/CompletableFuture"),
    STAGE(MethodKind.HOT, "java/util/concurrent/CompletionStage"),
    ASYNC_GEN(MethodKind.ASYNC_GENERATOR, RuntimeSymbols.ASYNC_GEN),
    PUBLISHER(MethodKind.ASYNC_GENERATOR, "java/util/concurrent/Flow$Publisher");

    private final MethodKind kind;
    private final String internalName;

    ReturnShape(MethodKind kind, String internalName) {
        this.kind = kind;
        this.internalName = internalName;
    }

    public MethodKind kind() {
        return kind;
    }

    /** The return type's internal name. */
    public String internalName() {
        return internalName;
    }

    /** The shape of a method that returns {@code descriptor} (of a type); null if there is none. */
    public static ReturnShape of(String descriptor) {
        for (ReturnShape shape : values()) {
            if (descriptor.length() == shape.internalName.length() + 2
                    && descriptor.startsWith(shape.internalName, 1)
                    && descriptor.charAt(0) == 'L') {
                return shape;
            }
        }
        return null;
    }
}
