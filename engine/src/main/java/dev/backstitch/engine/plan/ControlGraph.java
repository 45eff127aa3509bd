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
 * <p>Copies are bounded. Beyond the budget, the resumptions enter the loop through its header, like everybody else: a
 * <em>gate</em> in front of it tests a flag in each turn, which costs a little there, and leads on to what is resumed, or
 * to the gate of an inner loop.
 *
 * <pre>
 *   resume ──▶ gate ──(flag 0)──▶ header ──▶ filter ──▶ yield ──▶ (suspended)
 *               ▲ └──(flag k)──▶ restore ──▶ rest ─┐
 *               └──────────────────────────────────┘
 * </pre>
 *
 * <p>A loop that has several entries in the method as it was compiled keeps them.
 */
public final class ControlGraph {
    private final Map<Block, Node> originals = new LinkedHashMap<>();
    private final List<Node> copies = new ArrayList<>();
    private final Map<SuspensionPoint, Node> resumptions = new LinkedHashMap<>();
    /** Where dispatch leads to resume a point: the place itself, or the outermost gate in front of it. */
    private final Map<SuspensionPoint, Node> starts = new LinkedHashMap<>();
    /** By their headers. */
    private final Map<Node, Node> gates = new LinkedHashMap<>();
    private Node entry;
    private final Set<Node> unresumed;
    private int budget;

    private ControlGraph(Body body, BlockGraph graph, boolean copies) {
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
            starts.put(point, node);
        }
        unresumed = reachable(List.of(entry), null);
        budget = copies ? Math.max(400, 4 * body.code().instructions.size()) : 0;
        Set<Node> reachable = reachable();
        resumptions.keySet().removeIf(p -> !reachable.contains(originals.get(graph.of(p))));
        starts.keySet().retainAll(resumptions.keySet());
        makeReducible(reachable());
    }

    /** The graph of {@code body}; {@code copies} false makes gates only, which takes less code. */
    public static ControlGraph of(Body body, BlockGraph graph, boolean copies) {
        return new ControlGraph(body, graph, copies);
    }

    private Set<Node> reachable() {
        List<Node> roots = new ArrayList<>(starts.values());
        roots.add(entry);
        return reachable(roots, null);
    }

    /** What can be reached from {@code roots}, within {@code region} if that is given. */
    private static Set<Node> reachable(Collection<Node> roots, Set<Node> region) {
        Set<Node> seen = new LinkedHashSet<>(roots);
        Deque<Node> work = new ArrayDeque<>(roots);
        while (!work.isEmpty()) {
            for (Node successor : work.pop().successors()) {
                if ((region == null || region.contains(successor)) && seen.add(successor)) {
                    work.push(successor);
                }
            }
        }
        return seen;
    }

    // ---------------------------------------------------------------- splitting

    private void makeReducible(Set<Node> region) {
        for (Set<Node> loop : Components.of(region, Node::successors)) {
            Set<Node> entries = entriesOf(loop);
            Node header = headerOf(entries, loop);
            Set<Node> inner = new LinkedHashSet<>(loop);
            inner.remove(header);
            if (entries.size() > 1) {
                entries.remove(header);
                Set<Node> rest = reachable(entries, inner);
                int size = rest.stream().mapToInt(ControlGraph::sizeOf).sum();
                if (size <= budget) {
                    budget -= size;
                    makeReducible(copy(rest, entries, loop));
                } else {
                    inner.addAll(putGate(header, entries, loop));
                }
            }
            makeReducible(inner);
        }
    }

    private static int sizeOf(Node node) {
        return node.resumes != null || node.isGate() ? 0 : node.block.code.size();
    }

    private Set<Node> entriesOf(Set<Node> loop) {
        Set<Node> entries = new LinkedHashSet<>();
        if (loop.contains(entry)) {
            entries.add(entry);
        }
        for (Node node : reachable()) {
            if (!loop.contains(node)) {
                node.successors().stream().filter(loop::contains).forEach(entries::add);
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
                for (Node successor : node.successors()) {
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

    // ---------------------------------------------------------------- gates

    /** Puts a gate in front of {@code header}; returns the places of resumption that are entered through it. */
    private Set<Node> putGate(Node header, Set<Node> entries, Set<Node> loop) {
        Node gate = Node.gate(header);
        Set<Node> gated = new LinkedHashSet<>();
        resumptions.forEach((point, resumption) -> {
            if (!loop.contains(resumption) && leadsInto(resumption, entries, loop)) {
                gate.resumed.put(point, resumption);
                gated.add(resumption);
            }
        });
        if (gated.isEmpty()) {
            return gated; // the method itself enters in several places
        }
        starts.replaceAll((point, start) -> gate.resumed.get(point) == start ? gate : start);
        gates.values().forEach(outer ->
                outer.resumed.replaceAll((point, start) -> gate.resumed.get(point) == start ? gate : start));
        List<Node> all = new ArrayList<>(originals.values());
        all.addAll(copies);
        all.addAll(resumptions.values());
        gates.put(header, gate); // whose handlers may be this header: javac's handlers of a finally cover their own first store
        all.addAll(gates.values());
        for (Node node : all) {
            node.targets.replaceAll((block, target) -> target == header ? gate : target);
        }
        entry = entry == header ? gate : entry;
        return gated;
    }

    /** Whether what only {@code resumption} leads to, outside of {@code loop}, leads to one of {@code entries}. */
    private boolean leadsInto(Node resumption, Set<Node> entries, Set<Node> loop) {
        Set<Node> seen = new LinkedHashSet<>(List.of(resumption));
        Deque<Node> work = new ArrayDeque<>(seen);
        while (!work.isEmpty()) {
            for (Node successor : work.pop().successors()) {
                if (entries.contains(successor)) {
                    return true;
                }
                if (!loop.contains(successor) && !unresumed.contains(successor) && seen.add(successor)) {
                    work.push(successor);
                }
            }
        }
        return false;
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

    /** Where dispatch leads to resume {@code point}: its {@link #resumption}, or a gate; null if it is never reached. */
    public Node start(SuspensionPoint point) {
        return starts.get(point);
    }

    /** Whether there are gates. */
    public boolean hasGates() {
        return !gates.isEmpty();
    }

    /**
     * The reachable blocks in the order to emit them: those of the method in theirs, then the copies in theirs; a gate
     * directly before its header.
     */
    public List<Node> layout() {
        Set<Node> reachable = reachable();
        List<Node> blocks = new ArrayList<>(originals.values());
        blocks.addAll(copies);
        List<Node> order = new ArrayList<>();
        for (Node node : blocks) {
            if (reachable.contains(node)) {
                if (gates.containsKey(node)) {
                    order.add(gates.get(node));
                }
                order.add(node);
            }
        }
        return order;
    }
}
