package dev.backstitch.loop;

/** A callback that a loop is going to run: what {@link EventLoop#callSoon} and its kin return. Not thread-safe. */
public final class Handle extends Timer {
    private Runnable callback;
    private boolean cancelled;
    private boolean timed;

    Handle(Runnable callback) {
        this.callback = java.util.Objects.requireNonNull(callback, "callback");
    }

    Handle(Runnable callback, long when) {
        this(callback);
        this.when = when;
        this.timed = true;
    }

    /** Makes the loop forget the callback; without effect once it has run. */
    public void cancel() {
        if (callback == null) {
            return;
        }
        callback = null;
        cancelled = true;
        EventLoop loop = timed ? EventLoop.currentOrNull() : null;
        if (loop != null) {
            loop.timers.noteCancelled();
        }
    }

    /** Whether {@link #cancel} came before the callback ran. */
    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    void fire(EventLoop loop) {
        Runnable todo = callback;
        callback = null;
        if (todo == null) {
            return;
        }
        try {
            todo.run();
        } catch (Throwable t) {
            loop.report("Exception in callback " + todo, t, this);
        }
    }
}
