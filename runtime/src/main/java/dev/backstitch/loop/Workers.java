package dev.backstitch.loop;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool of a loop for calls that block: one of its own, made when it is first used, or one it was given. */
final class Workers {
    private static final int MOST = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
    private static final AtomicInteger NAMED = new AtomicInteger();

    private final EventLoop loop;
    private Executor pool;
    private boolean shutDown;

    Workers(EventLoop loop) {
        this.loop = loop;
    }

    /** Has calls without an executor of their own go to {@code executor}. */
    void use(Executor executor) {
        pool = executor;
    }

    /** Runs {@code work} in the pool. */
    <T> LoopFuture<T> run(Callable<? extends T> work) {
        loop.checkOpen();
        loop.checkThread();
        return runOn(pool(), work);
    }

    /** Runs {@code work} on {@code executor}; work that is cancelled before it has begun never begins. */
    <T> LoopFuture<T> runOn(Executor executor, Callable<? extends T> work) {
        loop.checkOpen();
        loop.checkThread();
        var stage = new CompletableFuture<T>();
        executor.execute(() -> {
            if (stage.isDone()) {
                return;
            }
            try {
                stage.complete(checked(work.call()));
            } catch (Throwable t) {
                stage.completeExceptionally(t);
            }
        });
        return StageFuture.of(stage, loop);
    }

    /** Runs {@code work} in the pool; cancelling the future interrupts the thread, and the future ends when the work has. */
    <T> LoopFuture<T> runInterruptibly(Callable<? extends T> work) {
        loop.checkOpen();
        loop.checkThread();
        var call = new InterruptibleCall<T>(work, loop);
        pool().execute(call);
        loop.foreign++; // until the call's end, which this loop runs
        return call.future;
    }

    /** {@code result}, unless it is something that nobody would ever run. */
    static <T> T checked(T result) {
        if (result instanceof Coroutine<?> || result instanceof AsyncGen<?>) {
            throw new IllegalArgumentException("coroutines cannot be used with runInExecutor() or toThread():"
                    + " the work returned " + result + ", which nobody awaits");
        }
        return result;
    }

    private Executor pool() {
        if (shutDown) {
            throw new RejectedExecutionException("Executor shutdown has been called");
        }
        if (pool == null) {
            var made = new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                var thread = new Thread(work, "backstitch-worker-" + NAMED.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            made.allowCoreThreadTimeOut(true);
            pool = made;
        }
        return pool;
    }

    /** See {@link EventLoop#shutdownDefaultExecutor}. */
    @Async
    Coroutine<Void> shutdown(Duration limit) {
        shutDown = true;
        if (!(pool instanceof ExecutorService service)) {
            return Coroutine.done();
        }
        service.shutdown();
        if (service.isTerminated()) {
            return Coroutine.done();
        }
        var terminated = new CompletableFuture<Boolean>();
        var waiter = new Thread(() -> awaitTermination(service, limit, terminated), "backstitch-pool-shutdown");
        waiter.setDaemon(true);
        waiter.start();
        boolean inTime;
        try {
            inTime = Coroutine.await(terminated);
        } finally {
            waiter.interrupt();
        }
        if (!inTime) {
            EventLoop.warn("The executor did not finish joining its threads within " + limit.toSeconds() + " seconds.");
        }
        return Coroutine.done();
    }

    private static void awaitTermination(ExecutorService service, Duration limit, CompletableFuture<Boolean> answer) {
        try {
            answer.complete(service.awaitTermination(Nanos.of(limit), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            answer.complete(false);
        }
    }

    /** Takes no more work, and blocks until what is under way has ended; an interrupt ends the wait, not the work. */
    void closeAndWait() {
        close();
        if (pool instanceof ExecutorService service) {
            try {
                service.awaitTermination(Runner.EXECUTOR_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The loop is closed: no more work, and no waiting. */
    void close() {
        shutDown = true;
        if (pool instanceof ExecutorService service) {
            service.shutdown();
        }
    }
}
