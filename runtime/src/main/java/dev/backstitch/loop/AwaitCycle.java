package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds tasks that would wait for one another for ever. */
final class AwaitCycle {
    private AwaitCycle() {}

    /** What is wrong when {@code awaiter} awaits {@code target}; null when nothing is. */
    static String describe(Task<?> awaiter, LoopFuture<?> target) {
        if (!awaiter.hasWaiters() || !(target instanceof Task<?>) && target.dependencies().isEmpty()) {
            return null; // nobody waits for it, so no chain can lead to it; or the chain ends at once
        }
        if (target instanceof GroupWait) {
            return null; // the end of a group is not refused: whoever waits for the parent is, or is shown by the await tree
        }
        List<LoopFuture<?>> path = new ArrayList<>();
        if (!leadsTo(awaiter, target, path)) {
            return null;
        }
        var message = new StringBuilder("await cycle: ").append(awaiter);
        Collections.reverse(path);
        for (LoopFuture<?> each : path) {
            message.append(" awaits ").append(each);
        }
        return message.toString();
    }

    /** Whether what {@code from} waits for is, in the end, {@code goal}; {@code path} gets the way, last first. */
    private static boolean leadsTo(Task<?> goal, LoopFuture<?> from, List<LoopFuture<?>> path) {
        Set<LoopFuture<?>> seen = new HashSet<>();
        List<LoopFuture<?>> open = new ArrayList<>(List.of(from));
        List<Integer> origin = new ArrayList<>(List.of(-1));
        for (int i = 0; i < open.size(); i++) {
            LoopFuture<?> f = open.get(i);
            if (f == goal) {
                for (int k = i; k >= 0; k = origin.get(k)) {
                    path.add(open.get(k));
                }
                return true;
            }
            for (LoopFuture<?> next : after(f)) {
                if (seen.add(next)) {
                    open.add(next);
                    origin.add(i);
                }
            }
        }
        return false;
    }

    private static List<? extends LoopFuture<?>> after(LoopFuture<?> f) {
        if (!(f instanceof Task<?> task)) {
            return f.dependencies();
        }
        Object target = task.waiting();
        LoopFuture<?> next = target instanceof TaskFuture<?> view
                ? view.task
                : target instanceof LoopFuture<?> future ? future : null;
        return next == null ? List.of() : List.of(next);
    }
}
