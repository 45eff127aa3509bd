package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Coroutines as tasks, of this thread and of others, on a {@link CallbackLoop}. */
abstract class TaskLoop extends CallbackLoop {
    final TaskList tasks = new TaskList();
    private boolean eager;

    TaskLoop(Clock clock, Interleaving order) {
        super(clock, order);
    }

    TaskLoop(Scheduler scheduler) {
        super(scheduler);
    }

    /** Runs {@code coroutine} as a task, from the next turn on, in a copy of the present context. */
    public <T> Task<T> spawn(Coroutine<T> coroutine) {
        ContextMap context = isOwnThread() ? Contexts.currentMap(this) : Contexts.currentMap();
        if (context.size > 0 || eager || debug) {
            return spawn(coroutine, null, context, eager);
        }
        var task = new Task<>(self(), Objects.requireNonNull(coroutine, "coroutine"));
        schedule(task, coroutine);
        return task;
    }

    private void schedule(Task<?> task, Coroutine<?> coroutine) {
        try {
            enqueue(task);
        } catch (IllegalStateException refused) {
            coroutine.close(); // nobody else will
            throw refused;
        }
        tasks.add(task);
    }

    /** As {@link #spawn(Coroutine)}, in {@code context} itself: what the task sets is seen by others that run in it. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, Context context) {
        return spawn(coroutine, null, Objects.requireNonNull(context, "context"), eager);
    }

    /** As {@link #spawn(Coroutine)}; the task is called {@code name}. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, String name) {
        Objects.requireNonNull(name, "name");
        return spawn(coroutine, name, isOwnThread() ? Contexts.currentMap(this) : Contexts.currentMap(), eager);
    }

    /** @param context a {@link ContextMap} to start with or a {@link Context} to run in; null for an empty one */
    <T> Task<T> spawn(Coroutine<T> coroutine, String name, Object context, boolean atOnce) {
        Task<T> task = make(coroutine, context);
        if (name != null) {
            task.setName(name);
        }
        if (atOnce && isOwnThread()) {
            task.startEagerly();
        } else {
            schedule(task, coroutine);
        }
        return task;
    }

    private <T> Task<T> make(Coroutine<T> coroutine, Object context) {
        var task = new Task<>(self(), Objects.requireNonNull(coroutine, "coroutine"));
        if (context != null && context != ContextMap.EMPTY) {
            task.details().context = context;
        }
        if (debug) {
            task.details().origin = Origin.here();
        }
        return task;
    }

    /**
     * Has tasks start as soon as they are spawned, on their creator's stack, to their first suspension: Python's
     * {@code eager_task_factory}. One that does not suspend costs no turn. Not so by default; see
     * {@link Tasks#spawnEager}.
     */
    public void setEagerTasks(boolean eager) {
        this.eager = eager;
    }

    /** A task for a body that has run on its caller's stack; {@link Task#start} is to follow. */
    <T> Task<T> adopt(Coroutine<T> suspended) {
        checkOpen();
        checkThread();
        Task<T> task = make(suspended, Contexts.currentMap(this));
        tasks.add(task);
        return task;
    }

    /**
     * As {@link #spawn}, from any thread; cancelling the future cancels the task. When the loop is closed before it has
     * taken the coroutine in, the future fails with the {@link IllegalStateException} that a closed loop throws here.
     */
    public <T> CompletableFuture<T> submit(Coroutine<T> coroutine) {
        Task<T> task = make(coroutine, Contexts.currentMap());
        var view = new TaskFuture.Submitted<>(task);
        task.addWaiter(view);
        var delivery = new Delivery(
                () -> {
                    tasks.add(task);
                    enqueue(task);
                },
                () -> {
                    coroutine.close();
                    view.completeExceptionally(new IllegalStateException("Event loop is closed"));
                });
        try {
            wake(delivery);
        } catch (IllegalStateException refused) {
            coroutine.close(); // nobody else will
            throw refused;
        }
        return view;
    }

    /** The tasks that are not done, in the order they were spawned: a copy. */
    public Set<Task<?>> allTasks() {
        checkThread();
        return tasks.copy();
    }
}
