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
            task.step(null);
        }
    }

    @Override
    boolean isCancelled() {
        return false;
    }
}
