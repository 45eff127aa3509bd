package dev.backstitch.loop;

import java.util.Collection;
import java.util.List;

/** What the end of a group waits for: all of its tasks. */
final class GroupWait extends LoopFuture<Void> {
    /** Those that have not ended: a live view. */
    private final Collection<Task<?>> tasks;

    GroupWait(EventLoop loop, Collection<Task<?>> tasks) {
        super(loop);
        this.tasks = tasks;
    }

    @Override
    List<LoopFuture<?>> dependencies() {
        return List.copyOf(tasks);
    }
}
