package dev.backstitch.loop;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.GeneratorExit;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Tasks that end before the block that started them: asyncio's {@code TaskGroup}.
 *
 * <pre>{@code
 * try (var group = TaskGroup.open()) {
 *     group.spawn(fetch(a));
 *     group.spawn(fetch(b));
 * }
 * }</pre>
 *
 * <p>The end of the block waits for all of them. When one fails, the others and the block itself are cancelled, and once
 * all have ended, an {@link ExceptionGroup} of the failures is thrown, in the order in which they came; the block's own
 * comes last. A task that is cancelled alone harms nobody. When the block is cancelled from outside, its tasks are, and
 * the cancellation goes on, unless there were failures: then those are thrown, and the cancellation is requested again.
 * A {@link VirtualMachineError}, but for a stack overflow, is thrown alone and as it is.
 *
 * <p>Belongs to the task that opened it, and to the thread of its loop.
 */
public final class TaskGroup implements AsyncCloseable {
    private final EventLoop loop;
    private final Task<?> parent;
    /** In the order of spawning. */
    private final Set<Task<?>> running = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    /** Whose the errors are, by their position. */
    private final Map<Integer, String> names = new HashMap<>();
    /** The first failure that is thrown alone; null until there is one. */
    private Throwable baseError;
    /** What the exit waits for; null while it does not. */
    private LoopFuture<Void> completed;
    private boolean exiting;
    private boolean aborting;
    /** Whether the group has cancelled its own block, which it is to take back. */
    private boolean parentCancelRequested;

    private TaskGroup(EventLoop loop, Task<?> parent) {
        this.loop = loop;
        this.parent = parent;
    }

    /**
     * A group of the current task, to be closed by try-with-resources.
     *
     * @throws IllegalStateException outside of a task
     */
    public static TaskGroup open() {
        Task<?> parent = Tasks.currentTask();
        if (parent == null) {
            throw new IllegalStateException("a TaskGroup cannot determine the parent task: open it inside a task");
        }
        return new TaskGroup(parent.loop, parent);
    }

    /**
     * The same without try-with-resources: awaits what {@code body} returns for a new group, and the group's tasks.
     *
     * @return a cold coroutine; it gives what the body's gave
     */
    public static <T> Coroutine<T> run(Function<? super TaskGroup, ? extends Coroutine<T>> body) {
        return running(Objects.requireNonNull(body, "body"));
    }

    @Async
    private static <T> Coroutine<T> running(Function<? super TaskGroup, ? extends Coroutine<T>> body) {
        TaskGroup group = open();
        T value;
        try {
            value = await(body.apply(group));
        } catch (Throwable failure) {
            await(group.<Void>end(failure));
            throw failure;
        }
        await(group.<Void>end(null));
        return Coroutine.of(value);
    }

    // ---------------------------------------------------------------- tasks

    /**
     * Runs {@code coroutine} as a task of this group. The group's own tasks may call it too, until all have ended.
     *
     * @throws IllegalStateException when the group has ended, or is cancelling its tasks; the coroutine is closed then
     */
    public <T> Task<T> spawn(Coroutine<T> coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        if (exiting && running.isEmpty() || aborting) {
            coroutine.close();
            throw new IllegalStateException(this + (aborting ? " is shutting down" : " is finished"));
        }
        Task<T> task = loop.spawn(coroutine);
        running.add(task);
        if (task.isDone()) {
            ended(task);
        } else {
            task.addWaiter(new Member(this, task));
        }
        return task;
    }

    /** As {@link #spawn(Coroutine)}; the task is called {@code name}. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, String name) {
        Task<T> task = spawn(coroutine);
        task.setName(name);
        return task;
    }

    /** As {@link #spawn(Coroutine)}, for a task that awaits {@code awaitable}. */
    public <T> Task<T> spawn(Awaitable<T> awaitable) {
        return spawn(new AwaitOne<T>(Objects.requireNonNull(awaitable, "awaitable")));
    }

    /** Tells the group of the end of one of its tasks. */
    private record Member(TaskGroup group, Task<?> task) implements AwaitedBy {
        @Override
        public void run() {
            group.ended(task);
        }

        @Override
        public LoopFuture<?> awaiter() {
            return group.parent;
        }
    }

    private void ended(Task<?> task) {
        running.remove(task);
        if (completed != null && running.isEmpty() && !completed.isDone()) {
            completed.complete(null);
        }
        Throwable failure = task.isCancelled() ? null : task.failure();
        if (failure == null) {
            return;
        }
        names.put(errors.size(), task.name());
        errors.add(failure);
        if (isBaseError(failure) && baseError == null) {
            baseError = failure;
        }
        if (parent.isDone()) {
            loop.report(task + " has failed, and its parent " + parent + " has already ended", failure, task);
        } else if (!aborting && !parentCancelRequested) {
            String reason = "the task group is shutting down, because " + task.name() + " failed with "
                    + failure.getClass().getName();
            abort(reason);
            parentCancelRequested = true;
            parent.cancel(reason);
        }
    }

    /** Python's SystemExit and KeyboardInterrupt: after these nothing should be wrapped, or handled by a bystander. */
    private static boolean isBaseError(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    private void abort(String reason) {
        aborting = true;
        for (Task<?> task : List.copyOf(running)) {
            task.cancel(reason);
        }
    }

    // ---------------------------------------------------------------- the end

    /**
     * Waits for the tasks of this group.
     *
     * @param failure what the block threw; null when it ended otherwise. A failure cancels the tasks.
     * @return throws what the class comment says; gives null, for "not swallowed"
     * @throws IllegalStateException the second time
     */
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        return end(failure);
    }

    private <N> Coroutine<N> end(Throwable failure) {
        if (exiting) {
            throw new IllegalStateException(this + " has been exited before");
        }
        exiting = true;
        return failure == null && running.isEmpty() && errors.isEmpty() ? Coroutine.done() : ending(failure);
    }

    /** Gives null. */
    @Async
    private <N> Coroutine<N> ending(Throwable failure) {
        CancelledError cancelled = failure instanceof CancelledError error ? error : null;
        if (failure != null) {
            if (isBaseError(failure) && baseError == null) {
                baseError = failure;
            }
            if (!aborting) {
                abort(cancelled != null
                        ? cancelled.getMessage()
                        : "the task group is shutting down, because its block failed with " + failure.getClass().getName());
            }
        }
        while (!running.isEmpty()) { // as often as the parent is cancelled while it waits
            completed = new LoopFuture<>(loop);
            try {
                await(completed);
            } catch (CancelledError error) {
                if (!aborting) {
                    cancelled = error;
                    abort(error.getMessage());
                }
            }
            completed = null;
        }
        Throwable outcome = outcome(failure, cancelled);
        if (outcome != null && outcome != failure) {
            throw Sneaky.thrown(outcome);
        }
        return Coroutine.done();
    }

    /** What is to be thrown; null for nothing. */
    private Throwable outcome(Throwable failure, CancelledError cancelled) {
        if (baseError != null) {
            return baseError;
        }
        boolean ownCancellation = parentCancelRequested && parent.uncancel() == 0;
        if (cancelled != null && !ownCancellation && errors.isEmpty()) {
            return cancelled;
        }
        if (failure != null && !(failure instanceof CancelledError) && !(failure instanceof GeneratorExit)) {
            errors.add(failure);
        }
        if (errors.isEmpty()) {
            return null;
        }
        if (parent.cancelling() > 0) { // somebody else wants the parent's end: it is to hear of that again
            parent.uncancel();
            parent.cancel(cancelled == null ? null : cancelled.getMessage());
        }
        return new ExceptionGroup("unhandled errors in a TaskGroup", errors, names);
    }

    @Override
    public String toString() {
        return "<TaskGroup"
                + (running.isEmpty() ? "" : " tasks=" + running.size())
                + (errors.isEmpty() ? "" : " errors=" + errors.size())
                + (aborting ? " cancelling" : " entered")
                + ">";
    }
}
