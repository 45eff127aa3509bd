package dev.backstitch.loop;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The failures nobody has seen: reported when nobody can see them any more, because the future is garbage or the run has
 * ended. Only failures cost anything here.
 */
final class Unretrieved {
    private static final class Entry extends WeakReference<LoopFuture<?>> {
        final Outcome.Failed failed;
        final String description;

        Entry(LoopFuture<?> future, Outcome.Failed failed, ReferenceQueue<LoopFuture<?>> queue) {
            super(future, queue);
            this.failed = failed;
            if (future instanceof Task<?> task) {
                task.name(); // so that the report has one, even for a task that is gone by then
            }
            this.description = (future instanceof Task<?> ? "Task" : "Future") + " exception was never retrieved: "
                    + future;
        }
    }

    private final ReferenceQueue<LoopFuture<?>> garbage = new ReferenceQueue<>();
    private final Set<Entry> entries = new LinkedHashSet<>();
    /** Whether there are entries, which every turn asks. */
    private boolean any;

    void add(LoopFuture<?> future, Outcome.Failed failed) {
        any = true;
        entries.add(new Entry(future, failed, garbage));
    }

    boolean any() {
        return any;
    }

    /** Somebody has got {@code failure} by a way of its own, such as {@code CompletableFuture.allOf}. */
    void seen(Throwable failure) {
        if (any) {
            for (Entry entry : entries) {
                if (entry.failed.exception == failure) {
                    entry.failed.retrieved = true;
                }
            }
        }
    }

    /** Reports the failures of futures that were collected. */
    void reportCollected(EventLoop loop) {
        if (any) {
            pollCollected(loop);
        }
    }

    private void pollCollected(EventLoop loop) {
        for (Object collected = garbage.poll(); collected != null; collected = garbage.poll()) {
            if (entries.remove(collected)) {
                report(loop, (Entry) collected);
            }
        }
        any = !entries.isEmpty();
    }

    /** Reports all of them: the run has ended. */
    void reportAll(EventLoop loop) {
        List<Entry> all = new ArrayList<>(entries);
        entries.clear();
        for (Entry entry : all) {
            report(loop, entry);
        }
    }

    private static void report(EventLoop loop, Entry entry) {
        if (!entry.failed.retrieved) {
            entry.failed.retrieved = true;
            loop.report(entry.description, entry.failed.exception, entry.get());
        }
    }
}
