package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs tasks and callbacks on one thread, in asyncio's order: a turn first takes in the calls of other threads and the
 * timers that are due (by deadline, then by order of adding), then runs exactly what is ready, first in, first out; what
 * that makes ready waits for the next turn.
 *
 * <p>Belongs to the thread that runs it, or, while nobody does, to whoever holds it. {@link #callSoonThreadSafe} and
 * {@link #submit} are for every thread.
 */
public final class EventLoop implements AutoCloseable {
    private static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();
    private static final System.Logger LOG = System.getLogger("dev.backstitch.loop");

    final TimerQueue timers = new TimerQueue();
    final TaskList tasks = new TaskList();
    final Unretrieved unretrieved = new Unretrieved();
    /** The task whose body runs now; null between steps. */
    Task<?> currentTask;
    /** How many operations outside this loop are under way for tasks of it, which somebody else is going to wake. */
    int foreign;

    private final Clock clock;
    /** Null: first in, first out. */
    private final Interleaving order;
    private final ReadyQueue ready = new ReadyQueue();
    /** Calls of other threads, not yet taken in. */
    private final Queue<Object> inbox = new ConcurrentLinkedQueue<>();
    private final Workers workers = new Workers();
    private Consumer<? super LoopError> exceptionHandler = EventLoop::log;
    /** What {@link #runUntilComplete} waits for; an interrupt cancels it. */
    private LoopFuture<?> awaited;
    private boolean stopping;
    private boolean interrupted;
    /** The thread that runs this loop; null while none does. */
    private volatile Thread owner;
    private volatile boolean idle;
    private volatile boolean closed;
    /** Who runs the turns; null when a thread does, in {@link #spin}. */
    private final SchedulerTurns turns;

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
        this.clock = Objects.requireNonNull(clock, "clock");
        this.order = order;
        this.turns = null;
    }

    /**
     * A loop whose turns are run by {@code scheduler}, from now on until {@link #shutdown}. Work comes to it by
     * {@link #submit}; on the scheduler, by everything else. {@code run...}, {@code stop} and {@code close} are refused.
     */
    public EventLoop(Scheduler scheduler) {
        this.clock = Clock.real();
        this.order = null;
        this.turns = new SchedulerTurns(Objects.requireNonNull(scheduler, "scheduler"), this);
        if (scheduler.isThread() && scheduler.isCurrent()) {
            attach();
        } else if (scheduler.isThread()) {
            turns.request(); // which attaches
        }
    }

    private void attach() {
        if (turns.scheduler.isThread() && CURRENT.get() == null) {
            CURRENT.set(this);
        }
    }

    // ---------------------------------------------------------------- running

    /**
     * Runs {@code main} on a new loop on this thread until it is done; then cancels the tasks that are left, waits for
     * them, and closes the loop.
     *
     * @return what {@code main} returned; its failure is thrown as it is, checked or not
     * @throws IllegalStateException if a loop runs on this thread
     */
    public static <T> T run(Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        if (currentOrNull() != null) {
            throw new IllegalStateException("EventLoop.run() cannot be called from a running event loop");
        }
        var loop = new EventLoop();
        try (loop) {
            return loop.runMain(main);
        } finally {
            loop.restoreInterrupt();
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
        var loop = new EventLoop(scheduler);
        try {
            return loop.block(main);
        } finally {
            loop.shutdown().join();
        }
    }

    private <T> T block(Coroutine<T> main) throws InterruptedException {
        var view = (TaskFuture<T>) submit(main);
        try {
            view.get();
        } catch (InterruptedException e) {
            view.cancel(true);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            // The task itself says more.
        }
        return resultOf(view.task);
    }

    private <T> T runMain(Coroutine<T> main) {
        Task<T> task = spawn(main);
        try {
            runUntilDone(task);
        } finally {
            Shutdown.cancelRemaining(this);
        }
        return resultOf(task);
    }

    /**
     * Runs {@code main} as a task until it is done. The loop can be run again.
     *
     * @return what {@code main} returned; its failure is thrown as it is
     */
    public <T> T runUntilComplete(Coroutine<T> main) {
        checkRunnable();
        return runUntilComplete(spawn(main));
    }

    /** Runs this loop until {@code future} is done; as {@link #runUntilComplete(Coroutine)}. */
    public <T> T runUntilComplete(LoopFuture<T> future) {
        try {
            runUntilDone(future);
        } finally {
            restoreInterrupt();
        }
        return resultOf(future);
    }

    private static <T> T resultOf(LoopFuture<T> done) {
        Throwable failure = done.failure();
        if (failure != null) {
            Driver.appendCaller(failure);
            throw Sneaky.thrown(failure);
        }
        return done.value();
    }

    void runUntilDone(LoopFuture<?> future) {
        checkRunnable();
        Runnable stop = this::stop;
        future.addWaiter(stop);
        awaited = future;
        try {
            spin();
        } finally {
            awaited = null;
            future.removeWaiter(stop);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed.");
        }
    }

    /** Runs this loop until {@link #stop} is called. */
    public void runForever() {
        try {
            spin();
        } finally {
            restoreInterrupt();
        }
    }

    /** Runs one turn, without waiting. */
    void runOnce() {
        stopping = true;
        spin();
    }

    private void spin() {
        checkRunnable();
        owner = Thread.currentThread();
        CURRENT.set(this);
        try {
            do {
                turn();
            } while (!stopping);
        } finally {
            stopping = false;
            CURRENT.remove();
            owner = null;
        }
    }

    /** An interrupt that ended the run is still to be seen by the caller, but not by the cleaning up. */
    private void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Has this loop stop at the end of the present turn. */
    public void stop() {
        checkOwnTurns();
        stopping = true;
    }

    private void checkRunnable() {
        checkOpen();
        checkOwnTurns();
        if (owner != null) {
            throw new IllegalStateException("This event loop is already running");
        }
        if (currentOrNull() != null) {
            throw new IllegalStateException("Cannot run the event loop while another loop is running");
        }
    }

    private void checkOwnTurns() {
        if (turns != null) {
            throw new IllegalStateException("The turns of this event loop are run by " + turns.scheduler);
        }
    }

    /** One turn on the scheduler; inside another one, when a coroutine's step lets the scheduler run. */
    void takeTurn() {
        attach();
        EventLoop outerLoop = CURRENT.get();
        Thread outerOwner = owner;
        Task<?> outerTask = currentTask;
        CURRENT.set(this);
        owner = Thread.currentThread();
        currentTask = null;
        try {
            unretrieved.reportCollected(this);
            takeInbox();
            runReady(timers.first());
        } finally {
            currentTask = outerTask;
            owner = outerOwner;
            if (outerLoop == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outerLoop);
            }
        }
    }

    boolean hasReady() {
        return ready.size() > 0 || !inbox.isEmpty();
    }

    private void turn() {
        unretrieved.reportCollected(this);
        takeInbox();
        Timer first = timers.first();
        if (ready.size() == 0 && !stopping) {
            idle(first);
            takeInbox();
        }
        runReady(first);
    }

    private void runReady(Timer first) {
        if (first != null) {
            long now = clock.nanos();
            for (Timer due = timers.first(); due != null && due.when <= now; due = timers.first()) {
                timers.removeFirst();
                ready.add(due);
            }
        }
        ready.trim();
        for (int left = ready.size(); left > 0 && ready.size() > 0; left--) {
            Object entry = order == null ? ready.take() : ready.take(order, left);
            if (entry instanceof Task<?> task) {
                task.step(null);
            } else {
                ((Timer) entry).fire(this);
            }
        }
    }

    private void idle(Timer first) {
        long wait = first == null ? Long.MAX_VALUE : first.when - clock.nanos();
        if (wait <= 0) {
            return;
        }
        idle = true;
        try {
            if (inbox.isEmpty()) {
                clock.idle(wait, foreign);
            }
        } finally {
            idle = false;
        }
        if (Thread.interrupted()) {
            interrupted = true;
            if (awaited != null) {
                awaited.cancel("the thread of the event loop was interrupted");
            }
        }
    }

    private void takeInbox() {
        for (Object entry = inbox.poll(); entry != null; entry = inbox.poll()) {
            ready.add(entry);
        }
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

    boolean isOwnThread() {
        return owner == Thread.currentThread() || turns != null && turns.scheduler.isCurrent();
    }

    /** Whether another thread than this one runs the loop. */
    boolean isForeignThread() {
        if (turns != null) {
            return !isOwnThread();
        }
        Thread running = owner;
        return running != null && running != Thread.currentThread();
    }

    // ---------------------------------------------------------------- callbacks

    /** Runs {@code callback} in the next turn. */
    public Handle callSoon(Runnable callback) {
        var handle = new Handle(callback);
        enqueue(handle);
        return handle;
    }

    /** Runs {@code callback} once {@code delay} has passed. */
    public Handle callLater(Duration delay, Runnable callback) {
        return callAt(deadline(Nanos.of(delay)), callback);
    }

    /** Runs {@code callback} once {@link #time} is {@code when}. */
    public Handle callAt(long when, Runnable callback) {
        checkOpen();
        checkThread();
        var handle = new Handle(callback, when);
        timers.add(handle);
        return handle;
    }

    /** As {@link #callSoon}, from any thread; wakes the loop when it is idle. */
    public Handle callSoonThreadSafe(Runnable callback) {
        var handle = new Handle(callback);
        wake(handle);
        return handle;
    }

    /** The present time of this loop's clock, in nanoseconds. */
    public long time() {
        return clock.nanos();
    }

    /** {@code delay} from now; a delay too long to express is for ever. */
    long deadline(long delay) {
        long now = clock.nanos();
        return delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delay;
    }

    /** Adds a {@link Task} or {@link Timer} to the next turn. */
    void enqueue(Object entry) {
        checkOpen();
        checkThread();
        ready.add(entry);
    }

    /** As {@link #enqueue}, from any thread. */
    void wake(Object entry) {
        checkOpen();
        if (owner == Thread.currentThread()) {
            ready.add(entry);
            return;
        }
        inbox.add(entry);
        if (turns != null) {
            turns.request();
        } else if (idle) {
            LockSupport.unpark(owner);
        }
    }

    /** Refuses other threads. Between two turns on a scheduler, there will be one for what the caller is about to do. */
    void checkThread() {
        if (owner == Thread.currentThread()) {
            return;
        }
        if (turns != null && turns.scheduler.isCurrent()) {
            turns.request();
            return;
        }
        if (isForeignThread()) {
            throw new IllegalStateException(
                    "Non-thread-safe operation invoked on an event loop other than the current one");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Event loop is closed");
        }
    }

    // ---------------------------------------------------------------- tasks

    /** Runs {@code coroutine} as a task, from the next turn on. */
    public <T> Task<T> spawn(Coroutine<T> coroutine) {
        var task = new Task<>(this, Objects.requireNonNull(coroutine, "coroutine"));
        enqueue(task);
        tasks.add(task);
        return task;
    }

    /** A task for a body that has run on its caller's stack; {@link Task#start} is to follow. */
    <T> Task<T> adopt(Coroutine<T> suspended) {
        checkOpen();
        checkThread();
        var task = new Task<>(this, suspended);
        tasks.add(task);
        return task;
    }

    /** As {@link #spawn}, from any thread; cancelling the future cancels the task. */
    public <T> CompletableFuture<T> submit(Coroutine<T> coroutine) {
        var task = new Task<>(this, Objects.requireNonNull(coroutine, "coroutine"));
        var view = new TaskFuture<>(task);
        task.addWaiter(view);
        callSoonThreadSafe(() -> {
            tasks.add(task);
            enqueue(task);
        });
        return view;
    }

    /** The tasks that are not done, in the order they were spawned: a copy. */
    public Set<Task<?>> allTasks() {
        checkThread();
        return tasks.copy();
    }

    /** Runs {@code work} on a thread of the loop's pool; cancelling the future does not stop it once it runs. */
    public <T> LoopFuture<T> runInExecutor(Callable<? extends T> work) {
        checkOpen();
        return workers.run(this, work);
    }

    // ---------------------------------------------------------------- errors and the end

    /** Has {@code handler} told, on the loop's thread, of errors that no coroutine receives; null restores logging. */
    public void setExceptionHandler(Consumer<? super LoopError> handler) {
        exceptionHandler = handler == null ? EventLoop::log : handler;
    }

    void report(String message, Throwable exception, Object source) {
        var error = new LoopError(message, exception, source);
        try {
            exceptionHandler.accept(error);
        } catch (Throwable t) {
            log(new LoopError("Unhandled error in exception handler", t, null));
            log(error);
        }
    }

    private static void log(LoopError error) {
        LOG.log(System.Logger.Level.ERROR, error.message(), error.exception());
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends this loop for good: reports failures nobody saw, waits for its pool's threads. Cancels no task; without effect
     * the second time.
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
        workers.close();
        closed = true;
    }

    /**
     * Ends a loop on a scheduler: cancels its tasks, waits for them, reports failures nobody saw, closes it. From any
     * thread.
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
    }

    /** Undoes {@link #attach}; what is left to do is to close the pool of {@link #runInExecutor}, which may block. */
    Runnable detach() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
        return workers::close;
    }
}
