package dev.backstitch.tests.races;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What is raced: bodies that count what they do. */
final class Bodies {
    /** What ran behind the await. */
    final AtomicInteger after = new AtomicInteger();

    /** What ran in the {@code finally}. */
    final AtomicInteger last = new AtomicInteger();

    /** What only the body's own thread touches: it is not safe to touch it from two at once. */
    int plain;

    @Async
    CompletableFuture<Integer> hot(CompletableFuture<Integer> source) {
        try {
            int value = await(source);
            after.incrementAndGet();
            return CompletableFuture.completedFuture(value);
        } finally {
            last.incrementAndGet();
        }
    }

    @Async
    CompletableFuture<Integer> sum(List<CompletableFuture<Integer>> sources) {
        int sum = 0;
        for (CompletableFuture<Integer> source : sources) {
            sum += await(source);
            plain++;
        }
        last.incrementAndGet();
        return CompletableFuture.completedFuture(sum);
    }

    @Async
    CompletableFuture<Integer> outer(CompletableFuture<Integer> source) {
        try {
            int inner = await(hot(source));
            after.incrementAndGet();
            return CompletableFuture.completedFuture(inner + 1);
        } finally {
            last.incrementAndGet();
        }
    }

    @Async
    Coroutine<Integer> cold(CompletableFuture<Integer> source) {
        try {
            int value = await(source);
            plain++;
            after.incrementAndGet();
            return Coroutine.of(value);
        } finally {
            last.incrementAndGet();
        }
    }

    @Async
    Coroutine<Void> turns(int count) {
        for (int i = 0; i < count; i++) {
            int before = plain;
            plain = before + 1;
            await(sleep(Duration.ZERO));
        }
        last.incrementAndGet();
        return Coroutine.done();
    }
}
