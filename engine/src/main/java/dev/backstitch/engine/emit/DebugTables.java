package dev.backstitch.engine.emit;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.plan.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** The exception table and the table of local variables of the emitted body, rebuilt from the blocks they covered. */
final class DebugTables {
    private final MethodNode out;
    private final List<Node> nodes;
    private final Map<Node, LabelNode> labels;
    private final LabelNode end;
    private final Map<Node, LabelNode> uncovered;
    private final Map<Node, Integer> positions = new HashMap<>();

    private DebugTables(
            MethodNode out, List<Node> nodes, Map<Node, LabelNode> labels, LabelNode end, Map<Node, LabelNode> uncovered) {
        this.out = out;
        this.nodes = nodes;
        this.labels = labels;
        this.end = end;
        this.uncovered = uncovered;
        nodes.forEach(node -> positions.put(node, positions.size()));
    }

    /**
     * Writes both tables. A region's entries stay in the order of the regions, which decides which handler wins.
     *
     * @param resumptionEnds for each place of resumption the label behind it
     * @param uncovered for a node whose last part no region covers: where that begins
     */
    static void write(
            MethodNode out,
            Body body,
            List<Node> nodes,
            Map<Node, LabelNode> labels,
            LabelNode end,
            Map<Node, LabelNode> resumptionEnds,
            Map<Node, LabelNode> uncovered) {
        new DebugTables(out, nodes, labels, end, uncovered).writeRegions(body.code().tryCatchBlocks, resumptionEnds);
        InsnList code = body.code().instructions;
        for (LocalVariableNode v : body.code().localVariables) {
            int from = code.indexOf(v.start);
            int to = code.indexOf(v.end);
            forRuns(nodes, n -> n.block.first >= from && n.block.first < to, (first, after) ->
                    out.localVariables.add(new LocalVariableNode(
                            v.name, v.desc, v.signature, labels.get(first), after == null ? end : labels.get(after),
                            v.index)));
        }
    }

    /** Whether no code stands between the two labels: a class file must not name such a range. */
    private static boolean isEmpty(LabelNode from, LabelNode to) {
        for (AbstractInsnNode insn = from; insn != to; insn = insn.getNext()) {
            if (insn.getOpcode() >= 0) {
                return false;
            }
        }
        return true;
    }

    private interface Run {
        void accept(Node first, Node after);
    }

    /** Calls {@code run} for each maximal run of adjacent nodes that satisfy {@code condition}. */
    private static void forRuns(List<Node> nodes, Predicate<Node> condition, Run run) {
        Node first = null;
        for (Node node : nodes) {
            boolean in = condition.test(node);
            if (in && first == null) {
                first = node;
            } else if (!in && first != null) {
                run.accept(first, node);
                first = null;
            }
        }
        if (first != null) {
            run.accept(first, null);
        }
    }

    /** A node that a region covers, and where what it throws goes. */
    private record Covered(Node node, Node handler) {}

    private void writeRegions(List<TryCatchBlockNode> regions, Map<Node, LabelNode> resumptionEnds) {
        List<List<Covered>> resumptions = byRegion(regions.size(), resumptionEnds.keySet());
        List<List<Covered>> blocks = byRegion(regions.size(), nodes);
        for (int r = 0; r < regions.size(); r++) {
            TryCatchBlockNode region = regions.get(r);
            resumptions.get(r).forEach(place ->
                    write(labels.get(place.node), resumptionEnds.get(place.node), place.handler, region));
            Map<Node, List<Node>> byHandler = new LinkedHashMap<>();
            blocks.get(r).forEach(part ->
                    byHandler.computeIfAbsent(part.handler, h -> new ArrayList<>()).add(part.node));
            byHandler.forEach((handler, parts) -> writeRuns(parts, handler, region));
        }
    }

    /** For each region the nodes that it covers, in their order. */
    private static List<List<Covered>> byRegion(int regions, Collection<Node> nodes) {
        List<List<Covered>> result = new ArrayList<>();
        for (int r = 0; r < regions; r++) {
            result.add(new ArrayList<>());
        }
        for (Node node : nodes) {
            for (int i = 0; i < node.origin.regions.size(); i++) {
                Node handler = node.targets.get(node.origin.handlers.get(i));
                result.get(node.origin.regions.get(i)).add(new Covered(node, handler));
            }
        }
        return result;
    }

    /** Writes an entry for each run of nodes that stand one behind the other, without what no region covers. */
    private void writeRuns(List<Node> parts, Node handler, TryCatchBlockNode region) {
        LabelNode from = null;
        for (int i = 0; i < parts.size(); i++) {
            Node node = parts.get(i);
            int next = positions.get(node) + 1;
            from = from == null ? labels.get(node) : from;
            if (uncovered.containsKey(node)) {
                if (!isEmpty(from, uncovered.get(node))) {
                    write(from, uncovered.get(node), handler, region);
                }
                from = null;
            } else if (i + 1 == parts.size() || positions.get(parts.get(i + 1)) != next) {
                write(from, next < nodes.size() ? labels.get(nodes.get(next)) : end, handler, region);
                from = null;
            }
        }
    }

    private void write(LabelNode from, LabelNode to, Node handler, TryCatchBlockNode region) {
        out.tryCatchBlocks.add(new TryCatchBlockNode(from, to, labels.get(handler), region.type));
    }
}
