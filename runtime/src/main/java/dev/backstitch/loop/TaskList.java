package dev.backstitch.loop;

import java.util.LinkedHashSet;
import java.util.Set;

/** The tasks of a loop that are not done, oldest first; linked through the tasks themselves. */
final class TaskList {
    private Task<?> oldest;
    private Task<?> newest;

    void add(Task<?> task) {
        task.previous = newest;
        if (newest == null) {
            oldest = task;
        } else {
            newest.next = task;
        }
        newest = task;
    }

    void remove(Task<?> task) {
        if (task.previous == null) {
            oldest = task.next;
        } else {
            task.previous.next = task.next;
        }
        if (task.next == null) {
            newest = task.previous;
        } else {
            task.next.previous = task.previous;
        }
        task.previous = null;
        task.next = null;
    }

    Set<Task<?>> copy() {
        Set<Task<?>> all = new LinkedHashSet<>();
        for (Task<?> task = oldest; task != null; task = task.next) {
            all.add(task);
        }
        return all;
    }
}
