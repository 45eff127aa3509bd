package dev.backstitch.loop;

import java.util.concurrent.Callable;

/**
 * Which context is current. On the thread of a running loop that is what was entered last in this callback or step, else
 * the context of the task whose step it is; elsewhere, the thread's own. A task's context is not made until something is
 * set in it: until then {@link Details#context} is the map it starts with, or nothing at all for an empty one.
 */
final class Contexts {
    private Contexts() {}

    /** The contexts of threads that run no loop. */
    private static final ThreadLocal<Context> OF_THREAD = new ThreadLocal<>();

    /** The values in the current context. */
    static ContextMap currentMap() {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop != null) {
            return currentMap(loop);
        }
        Context own = OF_THREAD.get();
        return own == null ? ContextMap.EMPTY : own.map;
    }

    /** As {@link #currentMap()}, on the thread that runs {@code loop}. */
    static ContextMap currentMap(TurnLoop loop) {
        if (loop.entered != null) {
            return loop.entered.map;
        }
        return loop.currentTask() == null ? ContextMap.EMPTY : mapOf(loop.currentTask().context());
    }

    private static ContextMap mapOf(Object context) {
        return context == null
                ? ContextMap.EMPTY
                : context instanceof Context live ? live.map : (ContextMap) context;
    }

    /** The current context, or null when it has not been made, because nothing was set in it. */
    static Context currentOrNull() {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop == null) {
            return OF_THREAD.get();
        }
        if (loop.entered != null) {
            return loop.entered;
        }
        return loop.currentTask() != null && loop.currentTask().context() instanceof Context live ? live : null;
    }

    /** The current context, made now if need be. */
    static Context current() {
        Context current = currentOrNull();
        if (current != null) {
            return current;
        }
        EventLoop loop = EventLoop.currentOrNull();
        if (loop == null) {
            current = new Context();
            current.entered = true;
            OF_THREAD.set(current);
        } else if (loop.currentTask() != null) {
            current = new Context(mapOf(loop.currentTask().context()));
            loop.currentTask().details().context = current;
        } else {
            current = new Context();
            current.entered = true;
            loop.entered = current;
        }
        return current;
    }

    /** {@code work} in a copy of the current context, and with the caller's thread-bound contexts. */
    static <T> Callable<T> here(Callable<? extends T> work) {
        ContextMap map = currentMap();
        Callable<T> bound = ThreadContexts.here(work::call);
        return map.size == 0 ? bound : () -> new Context(map).call(bound);
    }

    static void checkNotEntered(Context context) {
        EventLoop loop = EventLoop.currentOrNull();
        Task<?> task = loop == null ? null : loop.currentTask();
        if (context.entered || task != null && task.context() == context) {
            throw new IllegalStateException("cannot enter context: " + context + " is already entered");
        }
    }

    /** Makes {@code context} current; returns what {@link #leave} is to be given. */
    static Context enter(Context context) {
        EventLoop loop = EventLoop.currentOrNull();
        Context outer;
        if (loop != null) {
            outer = loop.entered;
            loop.entered = context;
        } else {
            outer = OF_THREAD.get();
            OF_THREAD.set(context);
        }
        return outer;
    }

    static void leave(Context outer) {
        EventLoop loop = EventLoop.currentOrNull();
        if (loop != null) {
            loop.entered = outer;
        } else if (outer == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(outer);
        }
    }
}
