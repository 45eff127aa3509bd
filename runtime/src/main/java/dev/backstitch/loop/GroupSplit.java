package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Splits a group in what matches and the rest: a walk over the tree of groups, children first, without recursion. A part
 * keeps the groups around its members; groups that lost all their members are left out.
 */
final class GroupSplit {
    private final ExceptionGroup group;
    private int next;
    private final List<Throwable> match = new ArrayList<>();
    private final List<Integer> matchAt = new ArrayList<>();
    private final List<Throwable> rest = new ArrayList<>();
    private final List<Integer> restAt = new ArrayList<>();

    private GroupSplit(ExceptionGroup group) {
        this.group = group;
    }

    static ExceptionGroup.Split of(ExceptionGroup root, Predicate<? super Throwable> condition) {
        if (condition.test(root)) {
            return new ExceptionGroup.Split(root, null);
        }
        Deque<GroupSplit> open = new ArrayDeque<>(List.of(new GroupSplit(root)));
        for (;;) {
            GroupSplit top = open.element();
            if (top.next < top.group.exceptions().size()) {
                Throwable member = top.group.exceptions().get(top.next);
                if (condition.test(member)) {
                    top.add(member, null);
                } else if (member instanceof ExceptionGroup inner) {
                    open.push(new GroupSplit(inner));
                } else {
                    top.add(null, member);
                }
                continue;
            }
            ExceptionGroup.Split split = top.done();
            open.remove();
            if (open.isEmpty()) {
                return split;
            }
            open.element().add(split.match(), split.rest());
        }
    }

    private void add(Throwable matching, Throwable other) {
        if (matching != null) {
            match.add(matching);
            matchAt.add(next);
        }
        if (other != null) {
            rest.add(other);
            restAt.add(next);
        }
        next++;
    }

    private ExceptionGroup.Split done() {
        return new ExceptionGroup.Split(
                match.isEmpty() ? null : group.part(match, matchAt), rest.isEmpty() ? null : group.part(rest, restAt));
    }
}
