package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A request to cancel a hot coroutine that no loop runs. It goes down the chain of those that wait for one another to the one
 * that can be stopped. Where one has ended before the request came to it, the request goes back to the one that waited for
 * it, which may be waiting for something else by then: no request is lost between the two.
 */
final class InlineCancellation {
    /** What {@link InlineFuture#stop} gives when there is nothing to cancel any more. */
    static final Object OVER = new Object();

    private final CancelledError error;
    private final Runnable tooLate;
    /** Those that wait, in the end, for the one that is asked; the nearest first. */
    private final Deque<InlineFuture<?>> above = new ArrayDeque<>();
    /** All that were asked because another waits for them; null until there is one. */
    private Set<InlineFuture<?>> seen;

    /** @param tooLate see {@link Cancellable#requestCancel} */
    InlineCancellation(CancelRequest request, Runnable tooLate) {
        this.error = new CancelledError(request);
        this.tooLate = tooLate;
    }

    /**
     * Cancels {@code first}, or what it waits for.
     *
     * @param ended what {@code first} has waited for, if that is known to be over; else null
     * @return false if all were over
     */
    boolean run(InlineFuture<?> first, Object ended) {
        InlineFuture<?> f = first;
        Object over = ended;
        boolean cycle = false;
        for (;;) {
            Object next = f.stop(error, over, cycle);
            cycle = false;
            if (next == null) {
                return true;
            }
            if (next == OVER) {
                over = f;
                f = above.poll();
                if (f == null) {
                    return false;
                }
            } else if (next instanceof InlineFuture<?> inner) {
                if (seen == null) {
                    seen = Collections.newSetFromMap(new IdentityHashMap<>());
                }
                cycle = !seen.add(inner);
                above.push(f);
                over = null;
                f = inner;
            } else if (ask(next, f)) {
                return true;
            } else {
                over = next;
            }
        }
    }

    /** Asks what {@code waiting} waits for, which ends by itself then; that answers later if it belongs to another thread. */
    private boolean ask(Object target, InlineFuture<?> waiting) {
        Runnable late = () -> {
            if (!run(waiting, target)) {
                tooLate.run();
            }
        };
        try {
            return target instanceof LoopFuture<?> future
                    ? future.cancelFor(error.request(), late)
                    : ((Cancellable) target).requestCancel(error.request(), late);
        } finally {
            waiting.asked();
        }
    }
}
