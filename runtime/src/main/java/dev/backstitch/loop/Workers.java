package dev.backstitch.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool of a loop for calls that block; made when it is first used. */
final class Workers {
    private static final int MOST = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
    private static final long SECONDS_TO_END = 300;
    private static final AtomicInteger NAMED = new AtomicInteger();

    private ExecutorService pool;

    <T> LoopFuture<T> run(EventLoop loop, Callable<? extends T> work) {
        if (pool == null) {
            pool = pool();
        }
        var stage = new CompletableFuture<T>();
        var running = pool.submit(() -> {
            try {
                stage.complete(work.call());
            } catch (Throwable t) {
                stage.completeExceptionally(t);
            }
        });
        stage.whenComplete((value, failure) -> {
            if (stage.isCancelled()) {
                running.cancel(false);
            }
        });
        return StageFuture.of(stage, loop);
    }

    private static ExecutorService pool() {
        var pool = new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            var thread = new Thread(work, "backstitch-worker-" + NAMED.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Waits for the calls under way; an interrupt ends the wait, not the calls. */
    void close() {
        if (pool == null) {
            return;
        }
        pool.shutdown();
        try {
            pool.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
