package dev.backstitch.loop;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that libraries keep in the thread and that belongs to the activity: the MDC of a logger, a transaction, a
 * locale. Once registered, a task has its own: captured from whoever starts it, restored before each of its steps, and
 * captured again where it suspends, so that what the task changes stays changed for it and is seen by nobody else.
 *
 * <p>Applies to tasks, to hot coroutines off every loop, and to {@link Tasks#toThread}. A hot coroutine runs in its caller
 * up to its first suspension, and in its caller's context. Callbacks see what the loop's thread has. Costs nothing while
 * none is registered, and a capture and two restorations for each step afterwards.
 *
 * <p>Registered by {@link #register}, or as a {@link java.util.ServiceLoader} service. Called by any thread; must not fail.
 */
public interface ThreadContext {
    /** What the calling thread has now; null if it has nothing. */
    Object capture();

    /** Gives the calling thread what {@link #capture} returned, on any thread. */
    void restore(Object captured);

    /**
     * Has {@code context} carried by every task from its next step on.
     *
     * @return ends that
     */
    static Registration register(ThreadContext context) {
        Objects.requireNonNull(context, "context");
        ThreadContexts.add(context);
        return () -> ThreadContexts.remove(context);
    }

    /** The value of {@code local}; null is no value. */
    static <T> ThreadContext of(ThreadLocal<T> local) {
        return of(local::get, value -> {
            if (value == null) {
                local.remove();
            } else {
                local.set(value);
            }
        });
    }

    /** What {@code get} gives and {@code set}, which is also given null, takes. */
    @SuppressWarnings("unchecked")
    static <T> ThreadContext of(Supplier<? extends T> get, Consumer<? super T> set) {
        Objects.requireNonNull(get, "get");
        Objects.requireNonNull(set, "set");
        return new ThreadContext() {
            @Override
            public Object capture() {
                return get.get();
            }

            @Override
            public void restore(Object captured) {
                set.accept((T) captured);
            }
        };
    }

    /** The way back from {@link #register}. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** Has it carried no more; without effect the second time. */
        @Override
        void close();
    }
}
