package dev.backstitch.testing;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;

/** Shows what every task of a loop waits for. */
final class AwaitTree {
    private AwaitTree() {}

    /** {@code standstill} with the tree below its message. */
    static StandstillError addTo(StandstillError standstill, EventLoop loop) {
        return new StandstillError(standstill.getMessage() + "\n" + of(loop), standstill);
    }

    private static String of(EventLoop loop) {
        var tree = new StringBuilder("Tasks that are not done:");
        for (Task<?> task : loop.allTasks()) {
            tree.append("\n  ").append(task.name());
            for (StackTraceElement frame : task.stack()) {
                tree.append("\n      at ").append(frame);
            }
        }
        return tree.toString();
    }
}
