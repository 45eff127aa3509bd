package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs tasks and callbacks on one thread, in asyncio's order: a turn first takes in the calls of other threads and the
 * timers that are due (by deadline, then by order of adding), then runs exactly what is ready, first in, first out; what
 * that makes ready waits for the next turn.
 *
 * <p>Belongs to the thread that runs it, or, while nobody does, to whoever holds it. {@link #callSoonThreadSafe} and
 * {@link #submit} are for every thread. {@link Runner} runs a program on one and cleans up after it.
 */
public final class EventLoop extends TaskLoop implements AutoCloseable {
    final AsyncGens asyncGens = new AsyncGens(this);

    private final Workers workers = new Workers(this);

    /** A loop on the clock of the machine. */
    public EventLoop() {
        this(Clock.real());
    }

    /** A loop on {@code clock}. */
    public EventLoop(Clock clock) {
        this(clock, null);
    }

    /** A loop on {@code clock} whose steps run in the order that {@code order} chooses; null is asyncio's. For tests. */
    public EventLoop(Clock clock, Interleaving order) {
        super(clock, order);
    }

    /**
     * A loop whose turns are run by {@code scheduler}, from now on until {@link #shutdown}. Work comes to it by
     * {@link #submit}; on the scheduler, by everything else. {@code run...}, {@code stop} and {@code close} are refused.
     */
    public EventLoop(Scheduler scheduler) {
        super(scheduler);
        if (scheduler.isThread() && scheduler.isCurrent()) {
            attach();
        } else if (scheduler.isThread()) {
            turns.request(); // which attaches
        }
    }

    @Override
    EventLoop self() {
        return this;
    }

    // ---------------------------------------------------------------- running

    /**
     * Runs {@code main} on a new loop on this thread until it is done, and then closes the loop: as a {@link Runner} that
     * runs one coroutine.
     *
     * @return what {@code main} returned; its failure is thrown as it is, checked or not
     * @throws IllegalStateException if a loop runs on this thread
     * @throws KeyboardInterrupt if Ctrl-C, or an interrupt of this thread, has cancelled {@code main}
     */
    public static <T> T run(Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        if (currentOrNull() != null) {
            throw new IllegalStateException("EventLoop.run() cannot be called from a running event loop");
        }
        try (var runner = new Runner()) {
            return runner.run(main);
        }
    }

    /**
     * Runs {@code main} on a new loop on {@code scheduler} and blocks this thread until it is done, the other tasks of the
     * loop are cancelled, and the loop is closed.
     *
     * @return what {@code main} returned; its failure is thrown as it is, checked or not
     * @throws IllegalStateException at once if this thread is the scheduler's, or runs a loop
     * @throws InterruptedException if this thread was interrupted; {@code main} is cancelled then
     */
    public static <T> T run(Coroutine<T> main, Scheduler scheduler) throws InterruptedException {
        Objects.requireNonNull(main, "main");
        if (currentOrNull() != null || scheduler.isCurrent()) {
            throw new IllegalStateException("EventLoop.run() cannot be called from a running event loop");
        }
        return SchedulerTurns.run(new EventLoop(scheduler), main);
    }

    /**
     * Runs {@code main} as a task until it is done. The loop can be run again.
     *
     * @return what {@code main} returned; its failure is thrown as it is
     * @throws KeyboardInterrupt if an interrupt of this thread has cancelled {@code main}
     */
    public <T> T runUntilComplete(Coroutine<T> main) {
        checkRunnable();
        return runUntilComplete(spawn(main));
    }

    /** Runs this loop until {@code future} is done; as {@link #runUntilComplete(Coroutine)}. */
    public <T> T runUntilComplete(LoopFuture<T> future) {
        interrupts.reset();
        try {
            runUntilDone(future);
            interrupts.throwIfCancelled(future);
        } finally {
            interrupts.restore();
        }
        return resultOf(future);
    }

    static <T> T resultOf(LoopFuture<T> done) {
        Throwable failure = done.failure();
        if (failure != null) {
            Driver.appendCaller(failure);
            throw Sneaky.thrown(failure);
        }
        return done.value();
    }

    void runUntilDone(LoopFuture<?> future) {
        checkRunnable();
        if (future.loop != this && future.loop != null) {
            throw new IllegalStateException(
                    "The future belongs to a different loop than the one specified as the loop argument");
        }
        Runnable stop = () -> {
            if (future.isCancelled() || !(future.failure() instanceof KeyboardInterrupt)) { // that has ended the run already
                stopSoon();
            }
        };
        future.addWaiter(stop);
        LoopFuture<?> outer = interrupts.awaiting(future);
        try {
            spin();
        } finally {
            interrupts.awaiting(outer);
            future.removeWaiter(stop);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed.");
        }
    }

    /**
     * Runs this loop until {@link #stop} is called.
     *
     * @throws KeyboardInterrupt when this thread is interrupted
     */
    public void runForever() {
        interrupts.reset();
        try {
            spin();
        } finally {
            interrupts.restore();
        }
    }

    /** Has this loop stop at the end of the present turn, or of the next one when it does not run. */
    public void stop() {
        checkOwnTurns();
        stopSoon();
    }

    /** Whether a thread runs this loop. */
    public boolean isRunning() {
        return owner != null;
    }

    /** The loop that runs on this thread; throws {@link IllegalStateException} when there is none. */
    public static EventLoop current() {
        EventLoop loop = CURRENT.get();
        if (loop == null) {
            throw new IllegalStateException("no running event loop");
        }
        return loop;
    }

    /** The loop that runs on this thread, or null. */
    public static EventLoop currentOrNull() {
        return CURRENT.get();
    }

    // ---------------------------------------------------------------- threads

    /**
     * Runs {@code work} on a thread of the loop's pool; cancelling the future does not stop it once it runs. The work does
     * not see the caller's {@link ContextVar}s; with {@link Tasks#toThread} it does.
     */
    public <T> LoopFuture<T> runInExecutor(Callable<? extends T> work) {
        return workers.run(work);
    }

    /** As {@link #runInExecutor(Callable)}, on {@code executor}. */
    public <T> LoopFuture<T> runInExecutor(Executor executor, Callable<? extends T> work) {
        return workers.runOn(Objects.requireNonNull(executor, "executor"), work);
    }

    /**
     * Has {@link #runInExecutor(Callable)} use {@code executor} from now on. If it is an {@code ExecutorService}, it is
     * shut down with the loop.
     */
    public void setDefaultExecutor(Executor executor) {
        workers.use(Objects.requireNonNull(executor, "executor"));
    }

    Workers workers() {
        return workers;
    }

    // ---------------------------------------------------------------- the end

    /**
     * Closes all asynchronous generators that this loop has begun to iterate and that have not ended, at the same time.
     * What they throw goes to the exception handler, with the generator.
     *
     * @return a cold coroutine; generators begun after it has run are logged
     */
    public Coroutine<Void> shutdownAsyncGens() {
        return asyncGens.shutdown();
    }

    /**
     * Refuses further work for the loop's pool and waits for what is under way, for at most {@code limit}.
     *
     * @return a cold coroutine
     */
    public Coroutine<Void> shutdownDefaultExecutor(Duration limit) {
        return workers.shutdown(Objects.requireNonNull(limit, "limit"));
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends this loop for good. Cancels no task and waits for no thread: {@link Runner} does. Failures that nobody saw and
     * tasks that are not done are reported. Without effect the second time.
     *
     * @throws IllegalStateException while it runs
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (owner != null) {
            throw new IllegalStateException("Cannot close a running event loop");
        }
        checkOwnTurns();
        unretrieved.reportAll(this);
        Shutdown.reportPending(this);
        Shutdown.reportNeverAwaited(this);
        asyncGens.reportLive();
        workers.close();
        closed = true;
        refuseInbox();
        Shutdown.abandonPending(this);
    }

    /**
     * Ends a loop on a scheduler: cancels its tasks, waits for them, closes its asynchronous generators, reports failures
     * nobody saw, closes it. Tasks that these start meanwhile, or that others submit, end in the same way, a hundred times
     * over; what is left then is reported, and the futures of whoever waits for it fail. From any thread.
     *
     * @return done when all that is done; the scheduler goes on
     */
    public CompletableFuture<Void> shutdown() {
        if (turns == null) {
            throw new IllegalStateException("This event loop has no scheduler: close() it");
        }
        return turns.shutdown();
    }

    /** The last piece of {@link #shutdown}. */
    void closeOnScheduler() {
        unretrieved.reportAll(this);
        closed = true;
        refuseInbox();
        Shutdown.abandonPending(this);
    }

    /** Undoes {@link #attach}; what is left to do is to close the pool of {@link #runInExecutor}, which may block. */
    Runnable detach() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
        return workers::closeAndWait;
    }

    @Override
    public String toString() {
        return "<EventLoop running=" + isRunning() + " closed=" + closed + " debug=" + debug + ">";
    }
}
