package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** The contexts that are registered, and what a thread had of them at one moment. */
final class ThreadContexts {
    /** Null while there are none, which is all that a task's step looks at. Replaced, never written to. */
    private static volatile ThreadContext[] registered = found();

    private final ThreadContext[] contexts;
    private final Object[] values;

    private ThreadContexts(ThreadContext[] contexts) {
        this.contexts = contexts;
        this.values = new Object[contexts.length];
        for (int i = 0; i < contexts.length; i++) {
            values[i] = contexts[i].capture();
        }
    }

    private static ThreadContext[] found() {
        List<ThreadContext> services = new ArrayList<>();
        ServiceLoader.load(ThreadContext.class).forEach(services::add);
        return array(services);
    }

    private static ThreadContext[] array(List<ThreadContext> contexts) {
        return contexts.isEmpty() ? null : contexts.toArray(new ThreadContext[0]);
    }

    static synchronized void add(ThreadContext context) {
        List<ThreadContext> all = registered == null ? new ArrayList<>() : new ArrayList<>(List.of(registered));
        all.add(context);
        registered = array(all);
    }

    static synchronized void remove(ThreadContext context) {
        if (registered != null) {
            List<ThreadContext> all = new ArrayList<>(List.of(registered));
            all.remove(context);
            registered = array(all);
        }
    }

    /** Whether there is anything to carry. */
    static boolean any() {
        return registered != null;
    }

    /** What this thread has; null when there is nothing to carry. */
    static ThreadContexts capture() {
        ThreadContext[] now = registered;
        return now == null ? null : new ThreadContexts(now);
    }

    /** Gives this thread what was captured. */
    void restore() {
        for (int i = 0; i < contexts.length; i++) {
            contexts[i].restore(values[i]);
        }
    }

    static void restore(ThreadContexts captured) {
        if (captured != null) {
            captured.restore();
        }
    }

    /** {@code work} in the context of the caller. */
    static <T> Callable<T> here(Callable<T> work) {
        ThreadContexts here = capture();
        return here == null ? work : () -> {
            ThreadContexts outer = capture();
            here.restore();
            try {
                return work.call();
            } finally {
                restore(outer);
            }
        };
    }
}
