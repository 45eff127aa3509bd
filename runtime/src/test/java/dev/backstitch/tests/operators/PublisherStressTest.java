package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A completion, a request and a cancellation that meet on different threads. */
class PublisherStressTest {
    private static final int ROUNDS = 2_000;

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Async
    @Generator
    private Flow.Publisher<Integer> awaited(CompletableFuture<Integer> first, CompletableFuture<Integer> cleanUp) {
        started.incrementAndGet();
        try {
            Gen.yield(await(first));
            Gen.yield(2);
        } finally {
            await(cleanUp);
            ended.incrementAndGet();
        }
        return null;
    }

    private static final class Counting implements Flow.Subscriber<Integer> {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger signals = new AtomicInteger();
        private volatile boolean overlapped;
        private volatile Throwable failure;
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer value) {
            signal();
        }

        @Override
        public void onError(Throwable t) {
            failure = t;
            signal();
        }

        @Override
        public void onComplete() {
            signal();
        }

        private void signal() {
            overlapped |= inside.incrementAndGet() != 1;
            signals.incrementAndGet();
            inside.decrementAndGet();
        }
    }

    @Test
    void should_run_the_clean_up_once_when_cancelled_while_the_awaited_stage_completes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            var barrier = new CyclicBarrier(3);
            for (int round = 0; round < ROUNDS; round++) {
                var first = new CompletableFuture<Integer>();
                var cleanUp = new CompletableFuture<Integer>();
                var subscriber = new Counting();
                awaited(first, cleanUp).subscribe(subscriber);
                subscriber.subscription.request(1);

                meet(
                        threads,
                        barrier,
                        () -> first.complete(1),
                        () -> subscriber.subscription.request(1),
                        () -> subscriber.subscription.cancel());
                cleanUp.complete(0);

                assertEquals(null, subscriber.failure);
                assertTrue(!subscriber.overlapped && subscriber.signals.get() <= 3);
                assertEquals(round + 1, started.get());
                assertEquals(round + 1, ended.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(
            ExecutorService threads, CyclicBarrier barrier, Runnable first, Runnable second, Runnable third)
            throws Exception {
        List<Future<?>> all = List.of(
                threads.submit(() -> {
                    barrier.await();
                    first.run();
                    return null;
                }),
                threads.submit(() -> {
                    barrier.await();
                    second.run();
                    return null;
                }),
                threads.submit(() -> {
                    barrier.await();
                    third.run();
                    return null;
                }));
        for (Future<?> one : all) {
            one.get();
        }
    }
}
