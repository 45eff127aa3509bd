package dev.backstitch.loop;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.GeneratorExit;
import dev.backstitch.PreventsYields;
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
 * A {@link KeyboardInterrupt} and a {@link VirtualMachineError}, but for a stack overflow, are thrown alone and as they are.
 *
 * <p>Opened inside a {@link CancelScope}, it cancels as a scope does: at every await, and not through shields.
 *
 * <p>Belongs to the task that opened it, and to the thread of its loop.
 */
public final class TaskGroup implements PreventsYields {
    private final EventLoop loop;
    private final Task<?> parent;
    /** What cancels the tasks and the block; null for a group outside of all scopes, which cancels as asyncio does. */
    private final CancelScope scope;
    /** For messages. */
    private final String kind;
    /** In the order of spawning. */
    private final Set<Task<?>> running = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    /** Whose the errors are, by their position. */
    private final Map<Integer, String> names = new HashMap<>();
    /** What the parent's count of cancellations was at the start. */
    private final int cancelling;
    /** The first failure that is thrown alone; null until there is one. */
    private Throwable baseError;
    /** What the exit waits for; null while it does not. */
    private GroupWait completed;
    private boolean exiting;
    private boolean aborting;
    /** Whether the group has cancelled its own block, which it is to take back. */
    private boolean parentCancelRequested;

    private TaskGroup(Task<?> parent, CancelScope scope, String kind) {
        this.loop = parent.loop;
        this.parent = parent;
        this.scope = scope;
        this.kind = kind;
        this.cancelling = parent.cancelling();
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
        return new TaskGroup(parent, parent.scope() == null ? null : CancelScope.ofGroup(parent), "TaskGroup");
    }

    /** The group of the tasks of {@code scope}, whose exit is to call {@link #end}. */
    static TaskGroup of(CancelScope scope, boolean finished) {
        var group = new TaskGroup(scope.host, scope, "CancelScope");
        group.exiting = finished;
        return group;
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
        check(coroutine);
        return add(loop.spawn(coroutine));
    }

    /** As {@link #spawn(Coroutine)}; the task is called {@code name}. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, String name) {
        check(coroutine);
        return add(loop.spawn(coroutine, name));
    }

    /** As {@link #spawn(Coroutine)}; the task runs in {@code context} itself, not in a copy of the present one. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, Context context) {
        check(coroutine);
        return add(loop.spawn(coroutine, context));
    }

    /** As {@link #spawn(Coroutine)}, for a task that awaits {@code awaitable}. */
    public <T> Task<T> spawn(Awaitable<T> awaitable) {
        return spawn(new AwaitOne<T>(Objects.requireNonNull(awaitable, "awaitable")));
    }

    private void check(Coroutine<?> coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        boolean finished = exiting && running.isEmpty();
        if (finished || aborting) {
            coroutine.close();
            throw new IllegalStateException(this + (finished ? " is finished" : " is shutting down"));
        }
    }

    private <T> Task<T> add(Task<T> task) {
        running.add(task);
        if (task.isDone()) { // it has run eagerly
            ended(task);
            return task;
        }
        task.addWaiter(new Member(this, task));
        if (scope != null) {
            scope.enter(task);
        }
        return task;
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
        ScopeNode.forget(task);
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
            CancelRequest request = CancelRequest.because(
                    "task '" + task.name() + "' of its group failed with " + failure.getClass().getName());
            abort(request);
            if (scope == null) {
                parentCancelRequested = true;
                parent.cancelFor(request);
            }
        }
    }

    /** Python's SystemExit and KeyboardInterrupt: after these nothing should be wrapped, or handled by a bystander. */
    private static boolean isBaseError(Throwable failure) {
        return failure instanceof KeyboardInterrupt
                || failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    private void abort(CancelRequest request) {
        aborting = true;
        if (scope != null) {
            scope.cancelFor(request);
            return;
        }
        for (Task<?> task : List.copyOf(running)) {
            if (!task.isDone()) {
                task.cancelFor(request);
            }
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

    /** As {@link #exit}; gives null. */
    <N> Coroutine<N> end(Throwable failure) {
        if (exiting) {
            throw new IllegalStateException(this + " has been exited before");
        }
        exiting = true;
        if (failure == null && running.isEmpty() && errors.isEmpty()) {
            closeScope();
            return Coroutine.done();
        }
        return ending(failure);
    }

    @Async
    private <N> Coroutine<N> ending(Throwable failure) {
        CancelledError cancelled = failure instanceof CancelledError error ? error : null;
        if (failure != null) {
            if (isBaseError(failure) && baseError == null) {
                baseError = failure;
            }
            if (!aborting) {
                abort(reason(failure));
            }
        }
        while (!running.isEmpty()) { // as often as the parent is cancelled while it waits
            if (scope != null && aborting) {
                ScopeNode.move(parent, null); // a cancelled scope would let nobody wait
            }
            completed = new GroupWait(loop, running);
            try {
                await(completed);
            } catch (CancelledError error) {
                if (!aborting) {
                    cancelled = error;
                    abort(reason(error));
                }
            }
            completed = null;
        }
        closeScope();
        Throwable outcome = outcome(failure, cancelled);
        if (outcome != null && outcome != failure) {
            throw Sneaky.thrown(outcome);
        }
        return Coroutine.done();
    }

    private static CancelRequest reason(Throwable failure) {
        return failure instanceof CancelledError cancelled && cancelled.request() != null
                ? cancelled.request()
                : CancelRequest.because("the block of its group failed with " + failure.getClass().getName());
    }

    /** The parent leaves the scope that is this group's alone, and is back in one that is not. */
    private void closeScope() {
        if (scope != null) {
            scope.groupEnded(this);
        }
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
        if (parent.cancelling() > (scope == null ? 0 : cancelling)) { // somebody else wants the parent's end
            CancelRequest again = parent.details().request;
            parent.uncancel();
            parent.cancelFor(again);
        }
        return new ExceptionGroup("unhandled errors in a " + kind, errors, names);
    }

    @Override
    public String toString() {
        return "<" + kind
                + (running.isEmpty() ? "" : " tasks=" + running.size())
                + (errors.isEmpty() ? "" : " errors=" + errors.size())
                + (aborting ? " cancelling" : " entered")
                + ">";
    }
}
