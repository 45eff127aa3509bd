package dev.backstitch.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Strongly connected components (Tarjan 1972), iteratively: methods can be long. */
final class Components {
    private final Set<Node> region;
    private final Function<Node, List<Node>> successors;
    private final Map<Node, Integer> index = new HashMap<>();
    private final Map<Node, Integer> low = new HashMap<>();
    private final Deque<Node> stack = new ArrayDeque<>();
    private final Set<Node> onStack = new LinkedHashSet<>();
    private final List<Set<Node>> loops = new ArrayList<>();

    private Components(Set<Node> region, Function<Node, List<Node>> successors) {
        this.region = region;
        this.successors = successors;
    }

    /** The components of {@code region} that contain a cycle. */
    static List<Set<Node>> of(Set<Node> region, Function<Node, List<Node>> successors) {
        Components c = new Components(region, successors);
        for (Node node : region) {
            if (!c.index.containsKey(node)) {
                c.visit(node);
            }
        }
        return c.loops;
    }

    private record Visit(Node node, Iterator<Node> rest) {}

    private void visit(Node root) {
        Deque<Visit> visits = new ArrayDeque<>();
        visits.push(enter(root));
        while (!visits.isEmpty()) {
            Visit visit = visits.peek();
            if (visit.rest.hasNext()) {
                Node next = visit.rest.next();
                if (!region.contains(next)) {
                    continue;
                }
                if (!index.containsKey(next)) {
                    visits.push(enter(next));
                } else if (onStack.contains(next)) {
                    low.merge(visit.node, index.get(next), Math::min);
                }
            } else {
                visits.pop();
                leave(visit.node);
                if (!visits.isEmpty()) {
                    low.merge(visits.peek().node, low.get(visit.node), Math::min);
                }
            }
        }
    }

    private Visit enter(Node node) {
        index.put(node, index.size());
        low.put(node, index.get(node));
        stack.push(node);
        onStack.add(node);
        return new Visit(node, successors.apply(node).iterator());
    }

    private void leave(Node node) {
        if (!low.get(node).equals(index.get(node))) {
            return;
        }
        Set<Node> component = new LinkedHashSet<>();
        Node member;
        do {
            member = stack.pop();
            onStack.remove(member);
            component.add(member);
        } while (member != node);
        if (component.size() > 1 || successors.apply(node).contains(node)) {
            loops.add(component);
        }
    }
}
