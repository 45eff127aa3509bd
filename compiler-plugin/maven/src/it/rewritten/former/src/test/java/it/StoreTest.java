package it;

import static com.ea.async.Async.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static CompletableFuture<String> told(CompletableFuture<Boolean> bought) {
        return CompletableFuture.completedFuture(await(bought) ? "bought" : "too dear");
    }

    @Test
    void should_wait_without_a_thread_when_the_balance_is_late() {
        CompletableFuture<Integer> balance = new CompletableFuture<>();
        CompletableFuture<String> told = told(Store.buy(balance, 5));
        balance.complete(6); // on this thread, which would be blocked otherwise
        assertEquals("bought", told.join());
    }
}
