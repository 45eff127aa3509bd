package it;

import static com.ea.async.Async.await;

import java.util.concurrent.CompletableFuture;

/** Written for EA Async. */
public class Store {
    public static CompletableFuture<Boolean> buy(CompletableFuture<Integer> balance, int price) {
        return CompletableFuture.completedFuture(await(balance) >= price);
    }
}
