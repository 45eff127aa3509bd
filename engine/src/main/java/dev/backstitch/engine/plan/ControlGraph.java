package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The control flow of the body to be emitted, with its places of resumption, made reducible.
 *
 * <p>A resumption that led into the middle of a loop would give it a second entry, and compilers of the JVM give up on
 * such loops. So what remains of the interrupted turn is copied: the copy leads to the loop's header, and the loop keeps
 * its single entry. Algorithm (controlled node splitting): for every strongly connected component with several entries,
 * keep the one that the method itself enters by, copy what the others reach without passing it, lead them to the copy,
 * and go on with the copy and with the component without its header.
 *
 * <pre>
 *   header ──▶ filter ──▶ yield ──▶ (suspended)         resume ──▶ rest' ──▶ header
 *     ▲          │                                      the copy of "rest"; the loop
 *     └── rest ◀─┘                                      itself never contains a resumption
 * </pre>
 *
 * <p>Copies are bounded: beyond the budget the loop keeps its second entry, which is slower but right.
 */
public final class ControlGraph {
    private final Map<Block, Node> originals = new LinkedHashMap<>();
    private final List<Node> copies = new ArrayList<>();
    private final Map<SuspensionPoint, Node> resumptions = new LinkedHashMap<>();
    private final Node entry;
    private final Set<Node> unresumed;
    private int budget;

    private ControlGraph(Body body, BlockGraph graph, boolean split) {
        for (Block block : graph.blocks()) {
            originals.put(block, Node.of(block, false));
        }
        for (Node node : originals.values()) {
            node.block.successors().forEach(s -> node.targets.put(s, originals.get(s)));
        }
        entry = originals.get(graph.blocks().get(0));
        for (SuspensionPoint point : body.points()) {
            Block block = graph.of(point);
            Node node = Node.resuming(block);
            node.targets.put(block.next, originals.get(block.next));
            block.handlers.forEach(h -> node.targets.put(h, originals.get(h)));
            resumptions.put(point, node);
        }
        unresumed = reachable(List.of(entry), null);
        budget = Math.max(400, 4 * body.code().instructions.size());
        Set<Node> reachable = reachable();
        resumptions.keySet().removeIf(p -> !reachable.contains(originals.get(graph.of(p))));
        if (split) {
            makeReducible(reachable());
        }
    }

    /** The graph of {@code body}; {@code split} false leaves loops with two entries. */
    public static ControlGraph of(Body body, BlockGraph graph, boolean split) {
        return new ControlGraph(body, graph, split);
    }

    private Set<Node> reachable() {
        List<Node> roots = new ArrayList<>(resumptions.values());
        roots.add(entry);
        return reachable(roots, null);
    }

    /** What can be reached from {@code roots}, within {@code region} if that is given. */
    private static Set<Node> reachable(Collection<Node> roots, Set<Node> region) {
        Set<Node> seen = new LinkedHashSet<>(roots);
        Deque<Node> work = new ArrayDeque<>(roots);
        while (!work.isEmpty()) {
            for (Node successor : successors(work.pop())) {
                if ((region == null || region.contains(successor)) && seen.add(successor)) {
                    work.push(successor);
                }
            }
        }
        return seen;
    }

    static List<Node> successors(Node node) {
        List<Node> result = new ArrayList<>(node.targets.size());
        node.targets.forEach((block, target) -> {
            if (node.leadsTo(block)) {
                result.add(target);
            }
        });
        return result;
    }

    // ---------------------------------------------------------------- splitting

    private void makeReducible(Set<Node> region) {
        for (Set<Node> loop : Components.of(region, ControlGraph::successors)) {
            Set<Node> entries = entriesOf(loop);
            Node header = headerOf(entries, loop);
            if (entries.size() > 1) {
                entries.remove(header);
                Set<Node> within = new LinkedHashSet<>(loop);
                within.remove(header);
                Set<Node> rest = reachable(entries, within);
                int size = rest.stream().mapToInt(n -> n.block.code.size()).sum();
                if (size > budget) {
                    continue;
                }
                budget -= size;
                makeReducible(copy(rest, entries, loop));
            }
            Set<Node> inner = new LinkedHashSet<>(loop);
            inner.remove(header);
            makeReducible(inner);
        }
    }

    private Set<Node> entriesOf(Set<Node> loop) {
        Set<Node> entries = new LinkedHashSet<>();
        if (loop.contains(entry)) {
            entries.add(entry);
        }
        for (Node node : reachable()) {
            if (!loop.contains(node)) {
                successors(node).stream().filter(loop::contains).forEach(entries::add);
            }
        }
        return entries;
    }

    private Node headerOf(Set<Node> entries, Set<Node> loop) {
        if (entries.contains(entry)) {
            return entry;
        }
        for (Node node : unresumed) {
            if (!loop.contains(node) && node.resumes == null) {
                for (Node successor : successors(node)) {
                    if (entries.contains(successor)) {
                        return successor;
                    }
                }
            }
        }
        return entries.iterator().next();
    }

    /** Copies {@code rest}; edges from outside {@code loop} to one of {@code entries} lead to the copy from now on. */
    private Set<Node> copy(Set<Node> rest, Set<Node> entries, Set<Node> loop) {
        Set<Node> outside = reachable();
        outside.removeAll(loop);
        Map<Node, Node> copyOf = new HashMap<>();
        Set<Node> made = new LinkedHashSet<>();
        for (Node node : rest) {
            Node copy = Node.of(node.block, true);
            copyOf.put(node, copy);
            made.add(copy);
        }
        copyOf.forEach((node, copy) -> node.targets.forEach(
                (block, target) -> copy.targets.put(block, copyOf.getOrDefault(target, target))));
        for (Node node : outside) {
            node.targets.replaceAll((block, target) ->
                    entries.contains(target) ? copyOf.get(target) : target);
        }
        made.stream().sorted(java.util.Comparator.comparingInt(n -> n.block.number)).forEach(copies::add);
        return made;
    }

    // ---------------------------------------------------------------- what is emitted

    /** Where the method starts. */
    public Node entry() {
        return entry;
    }

    /** Where {@code point} resumes; null if it is never reached. */
    public Node resumption(SuspensionPoint point) {
        return resumptions.get(point);
    }

    /** The reachable blocks in the order to emit them: those of the method in theirs, then the copies in theirs. */
    public List<Node> layout() {
        Set<Node> reachable = reachable();
        List<Node> order = new ArrayList<>();
        originals.values().stream().filter(reachable::contains).forEach(order::add);
        List<Node> rest = new ArrayList<>(copies);
        rest.removeIf(n -> !reachable.contains(n));
        order.addAll(rest);
        return order;
    }
}
