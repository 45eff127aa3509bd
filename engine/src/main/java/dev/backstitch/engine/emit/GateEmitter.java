package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The gates of loops that are resumed through their headers. The flag is a local of the body: 0 in an ordinary turn, the
 * state while that is being resumed.
 *
 * <pre>
 *   via gate     defaults for what the loop's header reads; goto gate            in front, without lines
 *   case         switch (flag) { k: goto "resume k"; j: defaults; goto inner gate }
 *   ------------------------------------------------------------------------------
 *   gate         if (flag != 0) goto case                                        before the header
 * </pre>
 *
 * <p>The locals that the header reads have values in every turn but one that resumes; the verifier wants them there too.
 * Nobody reads those defaults, since what is resumed restores its own locals.
 */
final class GateEmitter {
    private final ControlGraph control;
    private final StackMaps maps;
    private final Map<Node, LabelNode> labels;
    private final int flag;
    private final Map<Node, LabelNode> vias = new LinkedHashMap<>();
    private final Map<Node, LabelNode> cases = new LinkedHashMap<>();

    /**
     * @param labels those of the nodes
     * @param flag the local; -1 where there are no gates
     */
    GateEmitter(ControlGraph control, StackMaps maps, Map<Node, LabelNode> labels, int flag) {
        this.control = control;
        this.maps = maps;
        this.labels = labels;
        this.flag = flag;
    }

    /** Sets the flag to 0. */
    void clearFlag(InsnList to) {
        if (flag >= 0) {
            to.add(Emit.op(ICONST_0));
            to.add(new VarInsnNode(ISTORE, flag));
        }
    }

    /** Keeps the state that is on the stack in the flag. */
    void keepState(InsnList to) {
        if (flag >= 0) {
            to.add(Emit.op(DUP));
            to.add(new VarInsnNode(ISTORE, flag));
        }
    }

    /** Where dispatch leads for {@code point}, whose place of resumption is at {@code resumption}. */
    LabelNode start(SuspensionPoint point, LabelNode resumption) {
        Node start = control.start(point);
        return start.isGate() ? vias.computeIfAbsent(start, gate -> new LabelNode()) : resumption;
    }

    /** Whether {@code point} is resumed through a gate. */
    boolean isGated(SuspensionPoint point) {
        return control.start(point).isGate();
    }

    /** The gate's part before the header, where its stack map stands already. */
    void emitGate(InsnList to, Node gate, Node following) {
        to.add(new VarInsnNode(ILOAD, flag));
        to.add(new JumpInsnNode(IFNE, cases.computeIfAbsent(gate, g -> new LabelNode())));
        if (following != gate.header) {
            to.add(Emit.jump(labels.get(gate.header)));
        }
    }

    /** The parts in front of the blocks, once the blocks are written. */
    void emitFront(InsnList to, Function<SuspensionPoint, LabelNode> resumptions) {
        vias.forEach((gate, label) -> {
            to.add(label);
            to.add(maps.atStart());
            enter(to, gate, Map.of());
        });
        cases.forEach((gate, label) -> emitCase(to, gate, label, resumptions));
    }

    private void emitCase(
            InsnList to, Node gate, LabelNode label, Function<SuspensionPoint, LabelNode> resumptions) {
        Map<Node, LabelNode> inner = new LinkedHashMap<>();
        Map<Integer, LabelNode> targets = new java.util.TreeMap<>();
        gate.resumed.forEach((point, node) -> targets.put(
                point.state(),
                node.isGate() ? inner.computeIfAbsent(node, g -> new LabelNode()) : resumptions.apply(point)));
        to.add(label);
        to.add(maps.atBlock(gate.block));
        discardStack(to, gate);
        if (targets.size() == 1) {
            to.add(Emit.jump(targets.values().iterator().next()));
        } else {
            int[] keys = targets.keySet().stream().mapToInt(i -> i).toArray();
            List<LabelNode> leads = new ArrayList<>(targets.values());
            to.add(new VarInsnNode(ILOAD, flag));
            to.add(new LookupSwitchInsnNode(leads.get(0), keys, leads.toArray(new LabelNode[0])));
        }
        inner.forEach((node, at) -> {
            to.add(at);
            to.add(maps.atBlockWithoutStack(gate.block));
            enter(to, node, maps.localsAt(gate.block));
        });
    }

    private void discardStack(InsnList to, Node gate) {
        List<Object> stack = maps.stackAt(gate.block);
        for (int i = stack.size() - 1; i >= 0; i--) {
            to.add(Emit.op(Insns.size(stack.get(i)) == 2 ? POP2 : POP));
        }
    }

    /** Gives what {@code gate} wants that is not {@code there} a value, and goes there. */
    private void enter(InsnList to, Node gate, Map<Integer, Object> there) {
        Map<Integer, Object> wanted = new HashMap<>(maps.localsAt(gate.block));
        maps.always().keySet().forEach(wanted::remove);
        wanted.forEach((local, type) -> {
            if (!type.equals(there.get(local))) {
                to.add(Emit.op(defaultOf(type)));
                to.add(Insns.store(type == NULL ? "java/lang/Object" : type, local));
            }
        });
        maps.stackAt(gate.block).forEach(type -> to.add(Emit.op(defaultOf(type))));
        to.add(Emit.jump(labels.get(gate)));
    }

    private static int defaultOf(Object type) {
        if (type == INTEGER) {
            return ICONST_0;
        }
        if (type == LONG) {
            return LCONST_0;
        }
        if (type == FLOAT) {
            return FCONST_0;
        }
        return type == DOUBLE ? DCONST_0 : ACONST_NULL;
    }
}
