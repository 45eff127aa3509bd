package dev.backstitch.sync;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;

/** One that waits; done when it is its turn. */
final class Waiter extends LoopFuture<Void> {
    /** The neighbours in the list that this is in; see {@link Waiters}. */
    Waiter previous;

    Waiter next;
    /** The list that this is in, or null. */
    Waiters list;

    Waiter(EventLoop loop) {
        super(loop);
    }

    /** Tells it that it is its turn, unless it has been told or cancelled; says whether it was. */
    boolean wake() {
        if (isDone()) {
            return false;
        }
        complete(null);
        return true;
    }
}
