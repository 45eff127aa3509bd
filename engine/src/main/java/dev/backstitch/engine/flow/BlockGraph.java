package dev.backstitch.engine.flow;

import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** The basic blocks of a method; a suspension point ends its block. */
public final class BlockGraph {
    private final List<Block> blocks = new ArrayList<>();
    private final Map<LabelNode, Block> byLabel = new HashMap<>();
    private final Map<SuspensionPoint, Block> byPoint = new HashMap<>();

    private BlockGraph() {}

    /** Cuts {@code method} into blocks. */
    public static BlockGraph of(MethodNode method, List<SuspensionPoint> points) {
        BlockGraph graph = new BlockGraph();
        InsnList code = method.instructions;
        Map<AbstractInsnNode, SuspensionPoint> pointOf = new IdentityHashMap<>();
        points.forEach(p -> pointOf.put(p.call(), p));
        TreeSet<Integer> starts = starts(method, pointOf);
        TreeMap<Integer, Block> byStart = new TreeMap<>();
        for (int start : starts) {
            Block block = new Block(graph.blocks.size(), start);
            graph.blocks.add(block);
            byStart.put(start, block);
        }
        int line = 0;
        Block block = null;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode insn = code.get(i);
            if (byStart.containsKey(i)) {
                block = byStart.get(i);
                block.line = line;
            }
            if (insn instanceof LabelNode label) {
                graph.byLabel.put(label, block);
            } else if (insn instanceof LineNumberNode number) {
                line = number.line;
                block.code.add(insn);
            } else if (!(insn instanceof FrameNode)) {
                block.code.add(insn);
                if (pointOf.containsKey(insn)) {
                    block.point = pointOf.get(insn);
                    graph.byPoint.put(block.point, block);
                }
            }
        }
        graph.link(method, byStart);
        return graph;
    }

    private static TreeSet<Integer> starts(MethodNode method, Map<AbstractInsnNode, SuspensionPoint> pointOf) {
        InsnList code = method.instructions;
        TreeSet<Integer> starts = new TreeSet<>();
        starts.add(0);
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode insn = code.get(i);
            for (LabelNode target : targets(insn)) {
                starts.add(code.indexOf(target));
            }
            boolean ends = insn instanceof JumpInsnNode
                    || insn.getOpcode() >= 0 && Insns.endsFlow(insn.getOpcode())
                    || pointOf.containsKey(insn);
            if (ends && i + 1 < code.size()) {
                starts.add(i + 1);
            }
        }
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            starts.add(code.indexOf(region.start));
            starts.add(code.indexOf(region.end));
            starts.add(code.indexOf(region.handler));
        }
        for (LocalVariableNode variable : method.localVariables) {
            starts.add(code.indexOf(variable.start));
            starts.add(code.indexOf(variable.end));
        }
        return starts;
    }

    /** The labels {@code insn} may jump to; a switch's default last. */
    public static List<LabelNode> targets(AbstractInsnNode insn) {
        if (insn instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        if (insn instanceof TableSwitchInsnNode table) {
            List<LabelNode> all = new ArrayList<>(table.labels);
            all.add(table.dflt);
            return all;
        }
        if (insn instanceof LookupSwitchInsnNode lookup) {
            List<LabelNode> all = new ArrayList<>(lookup.labels);
            all.add(lookup.dflt);
            return all;
        }
        return List.of();
    }

    private void link(MethodNode method, TreeMap<Integer, Block> byStart) {
        InsnList code = method.instructions;
        for (Block block : blocks) {
            AbstractInsnNode last = block.code.isEmpty() ? null : block.code.get(block.code.size() - 1);
            if (last != null) {
                targets(last).forEach(l -> block.jumps.add(byLabel.get(l)));
            }
            if ((last == null || last.getOpcode() < 0 || !Insns.endsFlow(last.getOpcode()))
                    && block.number + 1 < blocks.size()) {
                block.next = blocks.get(block.number + 1);
            }
        }
        for (int r = 0; r < method.tryCatchBlocks.size(); r++) {
            TryCatchBlockNode region = method.tryCatchBlocks.get(r);
            Block handler = byLabel.get(region.handler);
            var covered = byStart.subMap(code.indexOf(region.start), code.indexOf(region.end));
            for (Block block : covered.values()) {
                if (block.code.stream().anyMatch(insn -> insn.getOpcode() >= 0)) { // nothing throws where nothing is
                    block.regions.add(r);
                    block.handlers.add(handler);
                }
            }
        }
    }

    /** In code order; the first is the method's entry. */
    public List<Block> blocks() {
        return blocks;
    }

    /** The block that starts at {@code label}. */
    public Block at(LabelNode label) {
        return byLabel.get(label);
    }

    /** The block that ends with {@code point}. */
    public Block of(SuspensionPoint point) {
        return byPoint.get(point);
    }
}
