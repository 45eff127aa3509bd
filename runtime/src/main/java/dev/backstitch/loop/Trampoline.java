package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Runs what one completion on this thread sets off one after another instead of one inside another, so that a chain of
 * any length needs no stack.
 */
final class Trampoline {
    private static final ThreadLocal<Queue<Runnable>> UNDER_WAY = new ThreadLocal<>();

    private Trampoline() {}

    /** Runs {@code work}, which throws nothing, now, or after what already runs on this thread. */
    static void run(Runnable work) {
        Queue<Runnable> queue = UNDER_WAY.get();
        if (queue != null) {
            queue.add(work);
            return;
        }
        queue = new ArrayDeque<>();
        UNDER_WAY.set(queue);
        try {
            for (Runnable next = work; next != null; next = queue.poll()) {
                next.run();
            }
        } finally {
            UNDER_WAY.remove();
        }
    }
}
