package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A queue that one coroutine takes from. Everything happens on the loop's thread. */
final class Inbox<T> {
    private final Queue<T> items = new ArrayDeque<>();
    private CompletableFuture<Void> arrival = new CompletableFuture<>();

    void put(T item) {
        items.add(item);
        arrival.complete(null);
    }

    /** The oldest item; waits for one. */
    @Async
    Coroutine<T> take() {
        while (items.isEmpty()) {
            arrival = new CompletableFuture<>();
            await(arrival);
        }
        return Coroutine.of(items.remove());
    }
}
