package dev.backstitch.tests.leaks;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * What a random program has made, and what it waits for. Whatever is sent to it is a marker, which the program takes into a
 * variable or drops.
 */
final class LeakRoot {
    private final Queue<CompletableFuture<Object>> pending = new ArrayDeque<>();
    private final Object made;
    private boolean started;
    /** Of an asynchronous generator: its operation under way; null for none. */
    private Coroutine<?> operation;
    /** The future that it waits for, if it is resumed from here; null for none. */
    private CompletableFuture<?> awaited;

    /** @param method the program's */
    LeakRoot(java.lang.reflect.Method method) throws ReflectiveOperationException {
        LeakRig.pendingIn(pending); // a hot coroutine begins at once
        made = method.invoke(null);
    }

    /** Whether it is suspended again. */
    boolean resume() {
        LeakRig.pendingIn(pending);
        if (!pending.isEmpty()) {
            pending.remove().complete(LeakRig.sent());
        }
        boolean suspended = made instanceof CompletableFuture<?> hot ? !hot.isDone() : isWaiting() || step();
        if (!suspended) {
            pending.clear();
        }
        return suspended;
    }

    private boolean isWaiting() {
        return awaited != null && !awaited.isDone();
    }

    private boolean step() {
        Object sent = started && awaited == null ? LeakRig.sent() : null;
        started = true;
        awaited = null;
        try {
            if (made instanceof Gen<?> gen) {
                gen.send(sent);
            } else if (made instanceof Coroutine<?> coroutine) {
                waitFor(coroutine.send(sent));
            } else if (operation != null) {
                waitFor(operation.send(sent));
            } else {
                operation = ((AsyncGen<?>) made).send(sent);
                waitFor(operation.send(null));
            }
            return true;
        } catch (StopIteration stop) {
            operation = null;
            return made instanceof AsyncGen; // which has yielded
        } catch (StopAsyncIteration ended) {
            return false;
        }
    }

    private void waitFor(Object request) {
        awaited = request instanceof CompletableFuture<?> future ? future : null;
    }
}
