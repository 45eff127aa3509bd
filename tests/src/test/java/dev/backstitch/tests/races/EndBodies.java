package dev.backstitch.tests.races;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies that somebody ends from outside. They count what they do. */
final class EndBodies {
    /** What ran behind the first await. */
    final AtomicInteger after = new AtomicInteger();

    /** What ran in the {@code finally}. */
    final AtomicInteger last = new AtomicInteger();

    /** Done when the {@code finally} has run. */
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** How many threads have found a body running. */
    final AtomicInteger found = new AtomicInteger();

    /** Whether a body runs that goes on when {@link #found} says so. */
    volatile boolean running;

    /** Never done, unless it is cancelled: who waits for it must be. */
    final CompletableFuture<Integer> never = new CompletableFuture<>();

    private void end() {
        last.incrementAndGet();
        ended.complete(null);
    }

    @Async
    CompletableFuture<Integer> hot(CompletionStage<Integer> source) {
        try {
            int value = await(source);
            after.incrementAndGet();
            return CompletableFuture.completedFuture(value);
        } finally {
            end();
        }
    }

    /** The same where nobody counts. */
    @Async
    static CompletableFuture<Integer> relay(CompletionStage<Integer> source) {
        return CompletableFuture.completedFuture(await(source) + 1);
    }

    @Async
    static Coroutine<Integer> coldRelay(CompletionStage<Integer> source) {
        return Coroutine.of(await(source) + 1);
    }

    /** Goes on after {@code source}. */
    @Async
    CompletableFuture<Integer> hotForever(CompletionStage<Integer> source) {
        try {
            await(source);
            after.incrementAndGet();
            return CompletableFuture.completedFuture(await(never));
        } finally {
            end();
        }
    }

    @Async
    Task<Integer> taskForever(CompletionStage<Integer> source) {
        try {
            await(source);
            after.incrementAndGet();
            return Task.of(await(never));
        } finally {
            end();
        }
    }

    @Async
    Coroutine<Integer> coldForever(CompletionStage<Integer> source) {
        try {
            await(source);
            after.incrementAndGet();
            return Coroutine.of(await(never));
        } finally {
            end();
        }
    }

    @Async
    Coroutine<Integer> cold(CompletionStage<Integer> source) {
        try {
            int value = await(source);
            after.incrementAndGet();
            return Coroutine.of(value);
        } finally {
            end();
        }
    }

    /** Starts {@link #hot} on the loop that this runs on, and does not wait for it. */
    @Async
    Coroutine<CompletableFuture<Integer>> startHot(CompletionStage<Integer> source) {
        return Coroutine.of(hot(source));
    }

    /** The same of {@link #taskForever}. */
    @Async
    Coroutine<Task<Integer>> startTask(CompletionStage<Integer> source) {
        return Coroutine.of(taskForever(source));
    }

    /** Runs until {@code others} have tried to end it. */
    private void runUntilFound(int others) {
        running = true;
        while (found.get() < others) {
            Thread.yield();
        }
        running = false;
        after.incrementAndGet();
    }

    @Async
    CompletableFuture<Integer> hotRunning(CompletionStage<Integer> source) {
        try {
            await(source);
            runUntilFound(1);
            return CompletableFuture.completedFuture(await(never));
        } finally {
            end();
        }
    }

    @Async
    Coroutine<Integer> coldRunning() {
        try {
            Coroutine.suspend("request");
            runUntilFound(2);
            return Coroutine.of(7);
        } finally {
            end();
        }
    }

    @Generator
    Gen<Integer> genRunning() {
        try {
            Gen.yield(1);
            runUntilFound(2);
            return Gen.end(7);
        } finally {
            end();
        }
    }

    // ---------------------------------------------------------------- looked at from outside

    /** Waits until a body runs that waits for {@link #found}. */
    void awaitRunning() {
        while (!running) {
            Thread.yield();
        }
    }

    /** Does what a body that runs must refuse, and lets it go on. */
    void expectRefused(Runnable... attempts) {
        awaitRunning();
        try {
            for (Runnable attempt : attempts) {
                try {
                    attempt.run();
                } catch (IllegalStateException refused) {
                    Race.check(refused.getMessage().endsWith("already executing"), refused.getMessage());
                    continue;
                }
                throw new AssertionError("not refused");
            }
        } finally {
            found.incrementAndGet();
        }
    }

    /** That the body has ended, once, and got so far. */
    void check(int goneOn) {
        Race.check(after.get() == goneOn, "went on " + after.get() + " times");
        Race.check(last.get() == 1, "finally ran " + last.get() + " times");
    }

    /** That the body, which would run forever, was cancelled: no cancellation is lost. */
    void checkCancelled(CompletableFuture<Integer> result) throws Exception {
        Race.check(Race.isCancelled(result), "has a result");
        Race.check(after.get() <= 1, "ran twice");
        check(after.get());
    }

    /** The same of a task, which may have been cancelled before it began. */
    void checkCancelledOrUnstarted(CompletableFuture<Integer> result) throws Exception {
        Race.check(Race.isCancelled(result), "has a result");
        Race.check(after.get() <= last.get() && last.get() <= 1, "ran twice");
    }
}
