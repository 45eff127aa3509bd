package dev.backstitch.loop;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
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
        return loop == null ? null : loop.currentTask;
    }

    /** The tasks of the current loop that are not done, in the order they were spawned: a copy. */
    public static Set<Task<?>> allTasks() {
        return EventLoop.current().allTasks();
    }

    // ---------------------------------------------------------------- time

    /**
     * {@code await(sleep(delay))} waits for {@code delay}, counted from the {@code await}. Nothing or less waits for one
     * turn of the loop, in which others run.
     */
    public static Awaitable<Void> sleep(Duration delay) {
        return new Sleep(Nanos.of(delay));
    }

    /**
     * Awaits what {@code body} returns, for at most {@code delay}; then cancels it.
     *
     * @return a cold coroutine; it fails with a {@link TimeoutError} when the time was over and the cancellation came back
     */
    public static <T> Coroutine<T> timeout(Duration delay, Supplier<Coroutine<T>> body) {
        return new Timeout<>(Nanos.of(delay), Objects.requireNonNull(body, "body")::get);
    }

    /**
     * Awaits {@code awaitable} for at most {@code delay}; then cancels it, and waits for its end. With nothing or less, it
     * is cancelled at once, and a coroutine is not even started.
     *
     * @return a cold coroutine; see {@link #timeout}
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
        long nanos = Nanos.of(delay);
        return nanos <= 0 ? new CancelAndWait<>(awaitable) : new Timeout<>(nanos, () -> awaitable);
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
