package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Tasks;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Blocking work, on a thread of the loop's pool, that makes something which must not get lost. */
final class Acquiring {
    private Acquiring() {}

    /** What {@code work} makes; when this is cancelled or closed meanwhile, {@code discard} gets it. */
    @Async
    static <T> Coroutine<T> acquire(Callable<T> work, Consumer<? super T> discard) {
        var made = new CompletableFuture<T>();
        try {
            return Coroutine.of(await(Tasks.toThread(() -> {
                T result = work.call();
                made.complete(result);
                return result;
            })));
        } catch (Throwable e) { // cancelled, or closed
            made.thenAccept(discard);
            throw e;
        }
    }
}
