package dev.backstitch.tests.harness.reference;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes what a method that suspends returns, by its return type. */
public final class Kinds {
    /** Internal names of the return types, as remapped. */
    public static final Set<String> RETURN_TYPES = Set.of(
            name("Gen"),
            name("Coroutine"),
            name("AsyncGen"),
            "java/util/Iterator",
            "java/lang/Iterable",
            "java/util/PrimitiveIterator$OfInt",
            "java/util/PrimitiveIterator$OfLong",
            "java/util/PrimitiveIterator$OfDouble",
            "java/util/concurrent/CompletableFuture",
            "java/util/concurrent/CompletionStage");

    private Kinds() {}

    private static String name(String simple) {
        return Kinds.class.getPackageName().replace('.', '/') + "/" + simple;
    }

    /** What the stub of a method with {@code body} that returns {@code type}, an internal name, returns. */
    public static Object make(Body body, String type) {
        return switch (type.substring(type.lastIndexOf('/') + 1)) {
            case "Gen", "Iterator" -> new Gen<>(body);
            case "Iterable" -> (Iterable<Object>) () -> new Gen<>(body);
            case "PrimitiveIterator$OfInt" -> new PrimitiveGens.OfInt(body);
            case "PrimitiveIterator$OfLong" -> new PrimitiveGens.OfLong(body);
            case "PrimitiveIterator$OfDouble" -> new PrimitiveGens.OfDouble(body);
            case "Coroutine" -> new Coroutine<>(body);
            case "AsyncGen" -> new AsyncGen<>(body);
            case "CompletableFuture", "CompletionStage" -> hot(body);
            default -> throw new AssertionError(type);
        };
    }

    /** Ends all bodies that are suspended, and their threads with them; what they do meanwhile is nobody's concern. */
    public static void endAll() {
        Strand.endAll();
    }

    private static CompletableFuture<Object> hot(Body body) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        step(new Strand(() -> Coroutine.tail(body.run())), future);
        return future;
    }

    private static void step(Strand strand, CompletableFuture<Object> future) {
        Strand.Event event = strand.resume(null, null);
        switch (event.kind()) {
            case RETURNED -> future.complete(event.value());
            case THREW -> future.completeExceptionally((Throwable) event.value());
            default -> ((CompletionStage<?>) event.value()).whenComplete((v, t) -> step(strand, future));
        }
    }
}
