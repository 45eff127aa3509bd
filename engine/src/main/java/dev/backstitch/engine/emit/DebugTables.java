package dev.backstitch.engine.emit;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.plan.Node;
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
    private DebugTables() {}

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
        List<TryCatchBlockNode> regions = body.code().tryCatchBlocks;
        for (int r = 0; r < regions.size(); r++) {
            writeRegion(out, regions.get(r), r, nodes, labels, end, resumptionEnds, uncovered);
        }
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

    private static void writeRegion(
            MethodNode out,
            TryCatchBlockNode region,
            int number,
            List<Node> nodes,
            Map<Node, LabelNode> labels,
            LabelNode end,
            Map<Node, LabelNode> resumptionEnds,
            Map<Node, LabelNode> uncovered) {
        resumptionEnds.forEach((node, after) -> {
            int at = node.origin.regions.indexOf(number);
            if (at >= 0) {
                Node handler = node.targets.get(node.origin.handlers.get(at));
                out.tryCatchBlocks.add(new TryCatchBlockNode(
                        labels.get(node), after, labels.get(handler), region.type));
            }
        });
        java.util.Set<Node> handlers = new java.util.LinkedHashSet<>();
        for (Node node : nodes) {
            int at = node.block.regions.indexOf(number);
            if (at >= 0) {
                handlers.add(node.targets.get(node.block.handlers.get(at)));
            }
        }
        for (Node handler : handlers) {
            Predicate<Node> covered = node -> {
                int at = node.block.regions.indexOf(number);
                return at >= 0 && node.targets.get(node.block.handlers.get(at)) == handler;
            };
            forRuns(nodes, covered, (first, after) -> {
                LabelNode from = labels.get(first);
                for (Node n : nodes.subList(nodes.indexOf(first), after == null ? nodes.size() : nodes.indexOf(after))) {
                    if (uncovered.containsKey(n)) {
                        if (!isEmpty(from, uncovered.get(n))) {
                            out.tryCatchBlocks.add(new TryCatchBlockNode(
                                    from, uncovered.get(n), labels.get(handler), region.type));
                        }
                        int next = nodes.indexOf(n) + 1;
                        from = next < nodes.size() ? labels.get(nodes.get(next)) : end;
                    }
                }
                LabelNode to = after == null ? end : labels.get(after);
                if (from != to) {
                    out.tryCatchBlocks.add(new TryCatchBlockNode(from, to, labels.get(handler), region.type));
                }
            });
        }
    }
}
