package dev.backstitch.loop;

import java.util.Objects;

/** A callback that a loop is going to run: what {@link EventLoop#callSoon} and its kin return. Not thread-safe. */
public final class Handle extends Timer {
    /** Where it was scheduled; null unless in debug mode. */
    Origin origin;

    private Runnable callback;
    /** The {@link Context} to run in, a {@link ContextMap} of one to be made, or null for an empty one. */
    private Object context;
    /** The loop whose timer this is; null when it is none. */
    private EventLoop timedBy;
    private boolean cancelled;
    private boolean ran;

    Handle(Runnable callback) {
        this(callback, null);
    }

    Handle(Runnable callback, Object context) {
        this.callback = Objects.requireNonNull(callback, "callback");
        this.context = context;
    }

    void at(long deadline, EventLoop loop) {
        when = deadline;
        timedBy = loop;
    }

    /** Makes the loop forget the callback; without effect once it has run. */
    public void cancel() {
        if (callback == null || ran) {
            return;
        }
        callback = null;
        context = null;
        cancelled = true;
        if (timedBy != null) {
            timedBy.timers.noteCancelled();
        }
    }

    /** Whether {@link #cancel} came before the callback ran. */
    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** When it is due, in the nanoseconds of the loop's clock; 0 for one that is not timed. */
    public long when() {
        return timedBy == null ? 0 : when;
    }

    @Override
    void fire(EventLoop loop) {
        Runnable todo = callback;
        if (todo == null || ran) {
            return;
        }
        ran = true;
        if (origin == null) {
            callback = null; // in debug mode it is still to be named
        }
        Context entered = context == null ? null : context instanceof Context c ? c : new Context((ContextMap) context);
        try {
            if (entered != null) {
                Contexts.checkNotEntered(entered);
                entered.entered = true;
                loop.entered = entered;
            }
            todo.run();
        } catch (KeyboardInterrupt interrupt) {
            throw interrupt;
        } catch (Throwable t) {
            loop.report("Exception in callback " + todo, t, this);
        } finally {
            if (loop.entered != null) {
                loop.entered.entered = false;
                loop.entered = null;
            }
        }
    }

    @Override
    public String toString() {
        return "<" + (timedBy == null ? "Handle" : "TimerHandle when=" + when)
                + (cancelled ? " cancelled" : callback == null ? "" : " " + callback)
                + (origin == null || origin.site() == null ? "" : " created at " + origin.site()) + ">";
    }
}
