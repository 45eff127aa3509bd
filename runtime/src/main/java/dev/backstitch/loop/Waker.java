package dev.backstitch.loop;

import java.util.function.BiConsumer;

/**
 * Brings a task back to its loop when something of another world, which may end on any thread, is done. A task that has
 * gone on meanwhile is left alone.
 */
final class Waker extends Timer implements Runnable, BiConsumer<Object, Throwable> {
    private final Task<?> task;
    private final Object target;

    Waker(Task<?> task, Object target) {
        this.task = task;
        this.target = target;
    }

    /** The task has begun to wait. */
    void begin() {
        task.loop.foreign += isForeign() ? 1 : 0;
    }

    /** Whether the target ends by itself, not by what the task's own loop does. */
    private boolean isForeign() {
        return !(target instanceof TaskFuture<?> view && view.task.loop == task.loop);
    }

    @Override
    public void accept(Object value, Throwable failure) {
        run();
    }

    @Override
    public void run() {
        task.loop.wake(this);
    }

    @Override
    void fire(EventLoop loop) {
        if (task.isWaitingFor(target)) {
            loop.foreign -= isForeign() ? 1 : 0;
            task.step(null, false);
        }
    }

    @Override
    boolean isCancelled() {
        return false;
    }
}
