package dev.backstitch.loop;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What coroutines ask of the loop that runs them: asyncio's functions. Each throws {@link IllegalStateException} ("no
 * running event loop") on a thread that runs none, where it needs one.
 */
public final class Tasks {
    private Tasks() {}

    // ---------------------------------------------------------------- tasks

    /** Runs {@code coroutine} as a task of the current loop, from its next turn on. */
    public static <T> Task<T> spawn(Coroutine<T> coroutine) {
        return EventLoop.current().spawn(coroutine);
    }

    /** As {@link #spawn(Coroutine)}; the task is called {@code name}. */
    public static <T> Task<T> spawn(Coroutine<T> coroutine, String name) {
        return EventLoop.current().spawn(coroutine, name);
    }

    /** As {@link #spawn(Coroutine)}, in {@code context} itself: what the task sets is seen by others that run in it. */
    public static <T> Task<T> spawn(Coroutine<T> coroutine, Context context) {
        return EventLoop.current().spawn(coroutine, context);
    }

    /**
     * Runs {@code coroutine} as a task that starts now, on this stack, in a copy of the present context, and goes on in
     * later turns from its first suspension. One that does not suspend is done when this returns, and has cost no turn.
     */
    public static <T> Task<T> spawnEager(Coroutine<T> coroutine) {
        EventLoop loop = EventLoop.current();
        return loop.spawn(coroutine, null, Contexts.currentMap(loop), true);
    }

    /** As {@link #spawnEager(Coroutine)}; the task is called {@code name}. */
    public static <T> Task<T> spawnEager(Coroutine<T> coroutine, String name) {
        EventLoop loop = EventLoop.current();
        return loop.spawn(coroutine, Objects.requireNonNull(name, "name"), Contexts.currentMap(loop), true);
    }

    /** Runs a task that awaits {@code awaitable}. */
    public static <T> Task<T> spawn(Awaitable<T> awaitable) {
        return spawn(new AwaitOne<T>(Objects.requireNonNull(awaitable, "awaitable")));
    }

    /** The task whose body this is; null in a callback or off every loop. */
    public static Task<?> currentTask() {
        EventLoop loop = EventLoop.currentOrNull();
        return loop == null ? null : loop.currentTask();
    }

    /** The tasks of the current loop that are not done, in the order they were spawned: a copy. */
    public static Set<Task<?>> allTasks() {
        return EventLoop.current().allTasks();
    }

    // ---------------------------------------------------------------- who waits for whom

    /** Prints {@link #tree()} to {@link System#out}. */
    public static void printTree() {
        System.out.print(tree());
    }

    /**
     * The tasks of the current loop as a tree: under each where it is, outermost frame first, and under that the tasks it
     * waits for. Python's {@code asyncio pstree}.
     */
    public static String tree() {
        return tree(EventLoop.current());
    }

    /** As {@link #tree()}, for {@code task} and those it waits for. On the thread of its loop. */
    public static String tree(Task<?> task) {
        return AwaitTree.of(task, task.loop == null ? Set.of() : task.loop.allTasks());
    }

    /**
     * As {@link #tree()}, of {@code loop}, from any thread. On another thread than the loop's this waits until the loop has
     * come to it; a callback that blocks the loop blocks this too.
     *
     * @throws IllegalStateException when the loop is closed before it comes to it
     */
    public static String tree(EventLoop loop) {
        return loop.isForeignThread() ? ForeignTree.of(loop) : AwaitTree.of(loop.allTasks());
    }

    // ---------------------------------------------------------------- time

    /**
     * {@code await(sleep(delay))} waits for {@code delay}, counted from the {@code await}. Nothing or less waits for one
     * turn of the loop, in which others run. Each wait needs a {@code sleep} of its own: one that takes time is
     * awaited once, as a coroutine is, and the second {@code await} throws {@link IllegalStateException}.
     */
    public static Awaitable<Void> sleep(Duration delay) {
        long nanos = delay.isZero() ? 0 : Nanos.of(delay);
        return nanos <= 0 ? Driver.nextTurn() : new Sleep(nanos);
    }

    /**
     * Opens a block that may take as long as {@code delay}: {@code try (var timeout = timeout(ofSeconds(3))) { ... }}.
     *
     * @param delay null for ever; nothing or less ends the block at its first await that suspends
     * @throws IllegalStateException outside of a task
     */
    public static Timeout timeout(Duration delay) {
        return Timeout.after(Nanos.ofTimeout(delay));
    }

    /**
     * As {@link #timeout(Duration)}, until the loop's clock shows {@code when}.
     *
     * @param when as {@link EventLoop#time} counts; {@link Timeout#NEVER} for ever
     */
    public static Timeout timeoutAt(long when) {
        return Timeout.at(when);
    }

    /**
     * Awaits what {@code body} returns, for at most {@code delay}; then cancels it.
     *
     * @param delay null for ever
     * @return a cold coroutine; it fails with a {@link TimeoutError} when the time was over and the cancellation came back
     */
    public static <T> Coroutine<T> timeout(Duration delay, Supplier<Coroutine<T>> body) {
        return new TimeLimited<>(Nanos.ofTimeout(delay), false, Objects.requireNonNull(body, "body")::get);
    }

    /** As {@link #timeout(Duration, Supplier)}, until the loop's clock shows {@code when}. */
    public static <T> Coroutine<T> timeoutAt(long when, Supplier<Coroutine<T>> body) {
        return new TimeLimited<>(when, true, Objects.requireNonNull(body, "body")::get);
    }

    /**
     * Awaits {@code awaitable} for at most {@code delay}; then cancels it, and waits for its end. With nothing or less, it
     * is cancelled at once, and a coroutine is not even started.
     *
     * @param delay null for ever
     * @return a cold coroutine; see {@link #timeout(Duration, Supplier)}
     */
    public static <T> Coroutine<T> waitFor(Coroutine<T> awaitable, Duration delay) {
        return limited(awaitable, delay);
    }

    /** As {@link #waitFor(Coroutine, Duration)}. */
    public static <T> Coroutine<T> waitFor(Awaitable<T> awaitable, Duration delay) {
        return limited(awaitable, delay);
    }

    /** As {@link #waitFor(Coroutine, Duration)}. */
    public static <T> Coroutine<T> waitFor(CompletionStage<T> awaitable, Duration delay) {
        return limited(awaitable, delay);
    }

    private static <T> Coroutine<T> limited(Object awaitable, Duration delay) {
        Objects.requireNonNull(awaitable, "awaitable");
        long nanos = Nanos.ofTimeout(delay);
        return nanos <= 0 ? new CancelAndWait<>(awaitable) : new TimeLimited<>(nanos, false, () -> awaitable);
    }

    // ---------------------------------------------------------------- several

    /** Nothing to wait for: done, with an empty list. */
    public static <T> LoopFuture<List<T>> gather() {
        return gathered(List.of(), false);
    }

    /**
     * Runs {@code coroutines} at the same time, each as a task.
     *
     * @return their results in the order of the arguments. The first failure is its failure; the others go on. Cancelling
     *     it cancels all.
     */
    @SafeVarargs
    public static <T> LoopFuture<List<T>> gather(Coroutine<? extends T>... coroutines) {
        return gathered(Arrays.asList(coroutines), false);
    }

    /** As {@link #gather(Coroutine...)}, for tasks and other awaitables. */
    @SafeVarargs
    public static <T> LoopFuture<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return gathered(Arrays.asList(awaitables), false);
    }

    /** As {@link #gather(Coroutine...)}, for stages. */
    @SafeVarargs
    public static <T> LoopFuture<List<T>> gather(CompletionStage<? extends T>... stages) {
        return gathered(Arrays.asList(stages), false);
    }

    /** As {@link #gather(Coroutine...)}, for awaitables of several kinds. The caller says what {@code T} is. */
    public static <T> LoopFuture<List<T>> gather(Object... awaitables) {
        return gathered(Arrays.asList(awaitables), false);
    }

    /** As {@link #gather(Coroutine...)}, for awaitables of any kind. The caller says what {@code T} is. */
    public static <T> LoopFuture<List<T>> gather(Collection<?> awaitables) {
        return gathered(awaitables, false);
    }

    /**
     * As {@link #gather(Collection)}, but waits for all: a failure takes its place in the list, as a {@link Throwable}.
     * Python's {@code return_exceptions=True}.
     */
    public static LoopFuture<List<Object>> gatherSettled(Collection<?> awaitables) {
        return gathered(awaitables, true);
    }

    /** As {@link #gatherSettled(Collection)}. */
    public static LoopFuture<List<Object>> gatherSettled(Object... awaitables) {
        return gathered(Arrays.asList(awaitables), true);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> LoopFuture<List<T>> gathered(Collection<?> awaitables, boolean exceptionsAsResults) {
        return (LoopFuture) Gather.of(EventLoop.current(), awaitables, exceptionsAsResults);
    }

    /**
     * Waits for {@code futures}, and never throws their failures or cancels them; {@code Tasks.wait}, because every object
     * has a {@code wait} of its own.
     *
     * @param futures tasks or other futures of the current loop; a coroutine is to be spawned first
     * @param timeout null for ever; when it is over, some are pending, and nothing is thrown
     * @return a cold coroutine
     * @throws IllegalArgumentException if there are no futures
     */
    public static <F extends LoopFuture<?>> Coroutine<Waited<F>> wait(
            Collection<? extends F> futures, Duration timeout, ReturnWhen until) {
        Set<F> distinct = new LinkedHashSet<>(futures);
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("Set of Tasks/Futures is empty.");
        }
        return WaitSome.wait(distinct, Nanos.ofTimeout(timeout), Objects.requireNonNull(until, "until"));
    }

    /** Waits for all of {@code futures}; see {@link #wait(Collection, Duration, ReturnWhen)}. */
    public static <F extends LoopFuture<?>> Coroutine<Waited<F>> wait(Collection<? extends F> futures) {
        return wait(futures, null, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Runs {@code awaitables} at the same time, and gives them in the order in which they end.
     *
     * @param awaitables coroutines, tasks and others; the same one twice is one
     */
    public static <T> AsCompleted<T> asCompleted(Collection<?> awaitables) {
        return asCompleted(awaitables, null);
    }

    /**
     * As {@link #asCompleted(Collection)}, for so long.
     *
     * @param timeout null for ever; when it is over, those that have not ended come as a {@link TimeoutError}. They go on.
     */
    public static <T> AsCompleted<T> asCompleted(Collection<?> awaitables, Duration timeout) {
        return new AsCompleted<>(EventLoop.current(), awaitables, Nanos.ofTimeout(timeout));
    }

    /**
     * Awaits {@code coroutine}, run as a task, so that cancelling the awaiter does not cancel it. Nobody but the loop
     * holds the task then.
     */
    public static <T> LoopFuture<T> shield(Coroutine<T> coroutine) {
        return Shield.of(Futures.of(coroutine, EventLoop.current()));
    }

    /** As {@link #shield(Coroutine)}, for a task or another awaitable. */
    public static <T> LoopFuture<T> shield(Awaitable<T> awaitable) {
        return Shield.of(Futures.of(awaitable, EventLoop.current()));
    }

    /** As {@link #shield(Coroutine)}, for a stage. */
    public static <T> LoopFuture<T> shield(CompletionStage<T> stage) {
        return Shield.of(Futures.of(stage, EventLoop.current()));
    }

    // ---------------------------------------------------------------- threads

    /**
     * Runs {@code work}, which may block, on a thread of the loop's pool when the coroutine starts, in a copy of the
     * caller's context. Cancelling it does not stop the thread, and does not wait for it.
     */
    public static <T> Coroutine<T> toThread(Callable<? extends T> work) {
        Objects.requireNonNull(work, "work");
        return new AwaitOne<>(null) {
            @Override
            Object open() {
                return EventLoop.current().workers().run(Contexts.here(work));
            }
        };
    }

    /**
     * As {@link #toThread}; cancelling it interrupts the thread while that runs {@code work}, and the {@code await} ends
     * when {@code work} has, so that nothing goes on behind the back of who has cancelled. What the work returns or throws
     * after that is dropped.
     */
    public static <T> Coroutine<T> toThreadInterruptibly(Callable<? extends T> work) {
        Objects.requireNonNull(work, "work");
        return new AwaitOne<>(null) {
            @Override
            Object open() {
                return EventLoop.current().workers().runInterruptibly(Contexts.here(work));
            }
        };
    }

    // ---------------------------------------------------------------- callbacks

    /**
     * Waits for one call of a callback: {@code await(callback(cb -> api.get(key, cb::complete, cb::fail)))}.
     *
     * @param start called when the coroutine starts, and with it the API
     * @return a cold coroutine of what the callback is called with, on whatever thread
     */
    public static <T> Coroutine<T> callback(Callback.Start<T> start) {
        Objects.requireNonNull(start, "start");
        return new AwaitOne<>(null) {
            @Override
            Object open() throws Exception {
                var callback = new Callback<T>();
                start.start(callback);
                return callback.stage;
            }
        };
    }
}
