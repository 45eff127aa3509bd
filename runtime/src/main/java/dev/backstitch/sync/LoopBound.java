package dev.backstitch.sync;

import dev.backstitch.loop.EventLoop;

/** Something whose waiters all belong to one loop: that of the first one. */
abstract class LoopBound {
    private EventLoop loop;

    LoopBound() {}

    /** A new place at the end of {@code waiters}. */
    final Waiter join(Waiters waiters) {
        EventLoop current = EventLoop.current();
        if (loop == null) {
            loop = current;
        } else if (loop != current) {
            throw new IllegalStateException(this + " is bound to a different event loop");
        }
        var waiter = new Waiter(current);
        waiters.add(waiter);
        return waiter;
    }

    /** Refuses other threads than that of the loop, before anything is changed that those who wait have to hear of. */
    final void checkThread() {
        if (loop != null && !loop.isClosed()) {
            loop.checkThread();
        }
    }

    /** What {@link #toString} says between the brackets. */
    abstract String describe();

    static String withWaiters(String state, Waiters waiters) {
        int count = waiters.size();
        return count == 0 ? state : state + ", waiters:" + count;
    }

    /** {@code <Lock [locked, waiters:2]>}, for example. */
    @Override
    public final String toString() {
        return "<" + getClass().getSimpleName() + " [" + describe() + "]>";
    }
}
