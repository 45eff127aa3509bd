package dev.backstitch.tests.docs;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;

/** The method that {@code docs/architecture.md} carries through the passes. */
final class Totals {
    private Totals() {}

    // region total
    @Async
    static Coroutine<Integer> total(Iterable<Coroutine<Integer>> prices) {
        int sum = 0;
        for (Coroutine<Integer> price : prices) {
            sum = sum + await(price);
        }
        return Coroutine.of(sum);
    }
    // end
}
