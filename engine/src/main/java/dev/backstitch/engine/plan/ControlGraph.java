package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
    /** Nodes looked at, each as often as it is. */
    private static final long MOST_EFFORT = 2_000_000;

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
    /** Of every reachable node, as the graph is now; null when it has changed. */
    private Map<Node, List<Node>> predecessors;
    private long effort;

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
    private Set<Node> reachable(Collection<Node> roots, Set<Node> region) {
        Set<Node> seen = new LinkedHashSet<>(roots);
        Deque<Node> work = new ArrayDeque<>(roots);
        while (!work.isEmpty()) {
            for (Node successor : work.pop().successors()) {
                if ((region == null || region.contains(successor)) && seen.add(successor)) {
                    work.push(successor);
                }
            }
        }
        spend(seen.size());
        return seen;
    }

    // ---------------------------------------------------------------- splitting

    /** Not by recursion, since loops may be nested thousands deep: what is on the stack is a region, or one of its loops. */
    private void makeReducible(Set<Node> all) {
        record Task(Set<Node> nodes, boolean isLoop) {}
        Deque<Task> tasks = new ArrayDeque<>();
        tasks.push(new Task(all, false));
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            spend(task.nodes.size());
            if (!task.isLoop) {
                List<Set<Node>> loops = Components.of(task.nodes, Node::successors);
                Collections.reverse(loops);
                loops.forEach(loop -> tasks.push(new Task(loop, true)));
                continue;
            }
            Set<Node> loop = task.nodes;
            Set<Node> inner = new LinkedHashSet<>(loop);
            Node header = soleEntryOf(loop);
            if (header == null) {
                Set<Node> entries = entriesOf(loop);
                header = headerOf(entries, loop);
                inner.remove(header);
                entries.remove(header);
                Set<Node> rest = reachable(entries, inner);
                int size = rest.stream().mapToInt(ControlGraph::sizeOf).sum();
                if (size <= budget) {
                    budget -= size;
                    tasks.push(new Task(inner, false));
                    tasks.push(new Task(copy(rest, entries, loop), false));
                    continue;
                }
                inner.addAll(putGate(header, entries, loop));
            }
            inner.remove(header);
            tasks.push(new Task(inner, false));
        }
    }

    /** Counts what the work on nested loops takes: their number times their depth. */
    private void spend(int nodes) {
        effort += nodes;
        if (effort > MOST_EFFORT) {
            throw new TooComplexException("it has loops nested too deep");
        }
    }

    private static int sizeOf(Node node) {
        return node.resumes != null || node.isGate() ? 0 : node.block.code.size();
    }

    /** The one node by which {@code loop} is entered; null if there are several. */
    private Node soleEntryOf(Set<Node> loop) {
        if (predecessors == null) {
            predecessors = new HashMap<>();
            for (Node node : reachable()) { // which counts the effort
                node.successors().forEach(s -> predecessors.computeIfAbsent(s, n -> new ArrayList<>()).add(node));
            }
        }
        Node sole = loop.contains(entry) ? entry : null;
        for (Node node : loop) {
            boolean entered = predecessors.getOrDefault(node, List.of()).stream().anyMatch(p -> !loop.contains(p));
            if (entered && sole != null && sole != node) {
                return null;
            }
            sole = entered ? node : sole;
        }
        return sole;
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
        predecessors = null;
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
        predecessors = null;
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
        spend(seen.size());
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
