package dev.backstitch.loop;

/** How those who wait for a {@link LoopFuture} are told of its end. */
final class Told {
    private Told() {}

    /** A callback, and the values of the context in which it is to run. */
    record InContext(Runnable callback, ContextMap context) {
        /** Whether {@code waiter} is {@code callback}, in whatever context. */
        static boolean isFor(Object waiter, Runnable callback) {
            return callback.equals(waiter instanceof InContext bound ? bound.callback : waiter);
        }
    }

    /**
     * A future of {@code loop} is done.
     *
     * @param waiter a task, a {@link TaskFuture}, a {@link Runnable}, or one {@link InContext}
     * @param loop null for a future that was done from the start
     */
    static void tell(Object waiter, EventLoop loop) {
        if (waiter instanceof Task<?> task) {
            task.loop.enqueue(task);
        } else if (waiter instanceof TaskFuture<?> view) {
            view.settle();
        } else {
            boolean plain = waiter instanceof Runnable;
            Runnable callback = plain ? (Runnable) waiter : ((InContext) waiter).callback;
            EventLoop on = loop == null ? EventLoop.currentOrNull() : loop;
            if (on == null || on.isClosed()) {
                callback.run();
            } else {
                on.enqueue(plain ? new Handle(callback) : new Handle(callback, ((InContext) waiter).context));
            }
        }
    }
}
