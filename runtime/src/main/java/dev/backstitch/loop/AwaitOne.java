package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Signal;

/** A coroutine that awaits one thing and returns what that gives. */
class AwaitOne<T> extends Coroutine<T> {
    private Object awaitable;
    private boolean waiting;

    AwaitOne(Object awaitable) {
        this.awaitable = awaitable;
    }

    /** What to await; called when this coroutine starts. */
    Object open() throws Exception {
        Object opened = awaitable;
        awaitable = null;
        return opened;
    }

    /** The end, with the {@code failure} of what was awaited, or null; returns what to throw instead of it. */
    Throwable close(Throwable failure) {
        return failure;
    }

    @Override
    protected final Object run() throws Throwable {
        Object out;
        try {
            if (waiting) {
                out = resumed();
            } else {
                waiting = true;
                out = await(open());
            }
        } catch (Throwable failure) {
            throw close(failure);
        }
        if (out != Signal.SUSPENDED) {
            close(null);
        }
        return out;
    }
}
