package dev.backstitch;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.annotations.Async;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Resources whose number is known only when the program runs, exited together in reverse order:
 * {@code contextlib.AsyncExitStack}. Each is told what the body, or the exit of one entered after it, threw, as in
 * {@code try} statements inside one another.
 *
 * <pre>{@code
 * try (var stack = new AsyncExitStack()) {
 *     for (var address : addresses) {
 *         connections.add(stack.enter(await(connect(address))));
 *     }
 *     ...
 * }
 * }</pre>
 *
 * <p>Belongs to one coroutine at a time; not thread-safe. It can be used again when it was exited.
 */
public final class AsyncExitStack implements AsyncCloseable {
    private final Deque<AsyncCloseable> exits = new ArrayDeque<>();

    /** A stack with nothing in it. */
    public AsyncExitStack() {}

    /**
     * Has {@code resource} exited with this. It has been entered by being made.
     *
     * @param resource not null
     * @return {@code resource}
     */
    public <R extends AsyncCloseable> R enter(R resource) {
        exits.push(Objects.requireNonNull(resource, "resource"));
        return resource;
    }

    /** As {@link #enter}, for an exit written as a lambda, which gets what was thrown and says whether it is swallowed. */
    public void push(AsyncCloseable exit) {
        enter(exit);
    }

    /**
     * Has {@code resource} closed with this, as an ordinary one of a {@code try} statement: what its {@code close} throws
     * is added as suppressed to what is under way.
     *
     * @param resource not null
     * @return {@code resource}
     */
    public <R extends AutoCloseable> R enterClosing(R resource) {
        Objects.requireNonNull(resource, "resource");
        exits.push(resource instanceof AsyncCloseable other ? other : failure -> closed(resource, failure));
        return resource;
    }

    private static Coroutine<Boolean> closed(AutoCloseable resource, Throwable failure) {
        try {
            resource.close();
        } catch (Throwable thrown) {
            if (failure == null) {
                throw Throwables.sneaky(thrown);
            }
            if (thrown != failure) {
                failure.addSuppressed(thrown);
            }
        }
        return Coroutine.of(false);
    }

    /** Has {@code callback} called, and what it returns awaited, with this. It hears of no failure and swallows none. */
    public void callback(Supplier<? extends Coroutine<?>> callback) {
        Objects.requireNonNull(callback, "callback");
        exits.push(failure -> called(callback));
    }

    @Async
    private static Coroutine<Boolean> called(Supplier<? extends Coroutine<?>> callback) {
        await(callback.get());
        return Coroutine.of(false);
    }

    /** A stack with all that is in this one, which is empty then: to keep beyond the block what it has acquired. */
    public AsyncExitStack popAll() {
        var all = new AsyncExitStack();
        all.exits.addAll(exits);
        exits.clear();
        return all;
    }

    /** Exits everything, last in first out, whatever the others throw; throws what is under way in the end. */
    @Override
    @Async
    public Coroutine<Boolean> exit(Throwable failure) {
        Throwable pending = failure;
        while (!exits.isEmpty()) {
            AsyncCloseable exit = exits.pop();
            try {
                if (Boolean.TRUE.equals(await(exit.exit(pending)))) {
                    pending = null;
                }
            } catch (Throwable thrown) {
                pending = thrown;
            }
        }
        if (pending != null && pending != failure) {
            throw Throwables.sneaky(pending);
        }
        return Coroutine.of(failure != null && pending == null);
    }
}
