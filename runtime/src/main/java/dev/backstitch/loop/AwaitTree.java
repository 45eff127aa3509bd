package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which task waits for which, as text: Python's {@code asyncio pstree}. Below each task stands where it is, outermost
 * frame first, and below that the tasks it waits for: directly, or through a gathering, a shield, a group, or
 * {@code wait}. A task that several wait for is shown once in full.
 *
 * <pre>
 * └── (T) Task-1
 *     └── Shop.main(Shop.java:17)
 *         ├── (T) prices
 *         │   └── Shop.price(Shop.java:5)
 *         └── (T) Task-3
 *             └── Shop.clean(Shop.java:9)
 * </pre>
 */
final class AwaitTree {
    /** How many frames of one task, and how many tasks below one another, are shown. */
    private static final int MAX_FRAMES = 40;
    private static final int MAX_DEPTH = 60;

    /** By task, those it waits for, in the order of spawning. */
    private final Map<Task<?>, Set<Task<?>>> awaits = new LinkedHashMap<>();
    private final Set<Task<?>> awaited = new HashSet<>();
    private final Set<Task<?>> shown = new HashSet<>();
    private final StringBuilder out = new StringBuilder();

    private AwaitTree(Collection<Task<?>> tasks) {
        for (Task<?> task : tasks) {
            awaits.put(task, new LinkedHashSet<>());
        }
        for (Task<?> task : tasks) {
            for (Task<?> awaiter : awaitersOf(task)) {
                if (awaits.containsKey(awaiter)) {
                    awaits.get(awaiter).add(task);
                    awaited.add(task);
                }
            }
        }
    }

    /** All {@code tasks}, none of which is done. */
    static String of(Collection<Task<?>> tasks) {
        var tree = new AwaitTree(tasks);
        for (Task<?> task : tasks) {
            if (!tree.awaited.contains(task)) {
                tree.show(task);
            }
        }
        for (Task<?> task : tasks) { // those that only wait for one another
            if (!tree.shown.contains(task)) {
                tree.show(task);
            }
        }
        return tree.out.toString();
    }

    /** {@code root} and those of {@code tasks} it waits for. */
    static String of(Task<?> root, Collection<Task<?>> tasks) {
        Set<Task<?>> all = new LinkedHashSet<>(tasks);
        all.add(root);
        var tree = new AwaitTree(all);
        tree.show(root);
        return tree.out.toString();
    }

    /** The tasks that wait for {@code task}, in the end. */
    private static Set<Task<?>> awaitersOf(Task<?> task) {
        Set<Task<?>> awaiters = new LinkedHashSet<>();
        Set<LoopFuture<?>> seen = new HashSet<>();
        Deque<LoopFuture<?>> open = new ArrayDeque<>(List.of(task));
        while (!open.isEmpty()) {
            for (Object waiter : open.remove().waiters()) {
                LoopFuture<?> awaiter = waiter instanceof Task<?> direct
                        ? direct
                        : waiter instanceof AwaitedBy callback ? callback.awaiter() : null;
                if (awaiter instanceof Task<?> found) {
                    awaiters.add(found);
                } else if (awaiter != null && seen.add(awaiter)) {
                    open.add(awaiter);
                }
            }
        }
        return awaiters;
    }

    // ---------------------------------------------------------------- printing

    /** One line to come, and where it stands. */
    private record Entry(Task<?> task, String indent, boolean last, List<Task<?>> path) {}

    private void show(Task<?> root) {
        Deque<Entry> open = new ArrayDeque<>(List.of(new Entry(root, "", true, List.of())));
        while (!open.isEmpty()) {
            Entry entry = open.pop();
            Task<?> task = entry.task;
            int at = entry.path.indexOf(task);
            if (at >= 0) {
                line(entry.indent, entry.last, "await cycle: " + cycle(entry.path.subList(at, entry.path.size())));
                continue;
            }
            boolean first = shown.add(task);
            line(entry.indent, entry.last, "(T) " + task.name() + note(task) + (first ? "" : " (shown above)"));
            if (!first) {
                continue;
            }
            List<Task<?>> path = new ArrayList<>(entry.path);
            path.add(task);
            String indent = frames(task, entry.indent + (entry.last ? "    " : "│   "));
            List<Task<?>> below = List.copyOf(awaits.get(task));
            if (path.size() == MAX_DEPTH && !below.isEmpty()) {
                line(indent, true, "... (tasks further down are not shown)");
                shown.addAll(below);
                continue;
            }
            for (int i = below.size() - 1; i >= 0; i--) {
                open.push(new Entry(below.get(i), indent, i == below.size() - 1, path));
            }
        }
    }

    /** Shows where {@code task} is; returns the indent of what it waits for. */
    private String frames(Task<?> task, String indent) {
        StackTraceElement[] stack = task.stack();
        String inner = indent;
        for (int i = stack.length - 1, count = 0; i >= 0; i--, count++) {
            boolean cut = count == MAX_FRAMES && i > 0;
            line(inner, true, cut ? "... (" + (i + 1) + " more)" : stack[i].toString());
            inner += "    ";
            if (cut) {
                break;
            }
        }
        return inner;
    }

    private static String note(Task<?> task) {
        return task.isDone()
                ? " (done)"
                : task.loop.currentTask() == task ? " (running)" : task.cancelling() > 0 ? " (being cancelled)" : "";
    }

    private static String cycle(List<Task<?>> tasks) {
        StringBuilder names = new StringBuilder();
        for (Task<?> task : tasks) {
            names.append(task.name()).append(" awaits ");
        }
        return names.append(tasks.get(0).name()).toString();
    }

    private void line(String indent, boolean last, String text) {
        out.append(indent).append(last ? "└── " : "├── ").append(text).append('\n');
    }
}
