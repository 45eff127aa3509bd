package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspendingMethod;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes room for the frame: copies the method and moves every local behind the frame's up by one, in instructions, stack
 * map frames and the variable table.
 *
 * <p>The frame is the body's first parameter after the receiver, so it takes that local; a hot coroutine's body keeps its
 * parameters, and the frame comes behind them.
 */
public final class LocalShifter {
    private LocalShifter() {}

    /** The body of {@code method} with the frame's local in place. */
    public static Body shift(String owner, SuspendingMethod method, String frameName) {
        MethodNode original = method.node();
        MethodNode code = new MethodNode(
                Opcodes.ASM9, original.access, original.name, original.desc, null, null);
        Map<LabelNode, LabelNode> labels = new HashMap<>();
        for (AbstractInsnNode insn : original.instructions) {
            if (insn instanceof LabelNode label) {
                labels.put(label, new LabelNode());
            }
        }
        int receiver = (original.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        int frameLocal = method.kind().isCold()
                ? receiver
                : receiver + (Type.getArgumentsAndReturnSizes(original.desc) >> 2) - 1;
        Map<AbstractInsnNode, MethodInsnNode> calls = new HashMap<>();
        InsnList list = new InsnList();
        for (AbstractInsnNode insn : original.instructions) {
            AbstractInsnNode copy = insn.clone(labels);
            if (copy instanceof VarInsnNode var && var.var >= frameLocal) {
                var.var++;
            } else if (copy instanceof IincInsnNode inc && inc.var >= frameLocal) {
                inc.var++;
            } else if (copy instanceof FrameNode frame) {
                insertFrameLocal(frame, frameLocal, frameName);
            } else if (insn instanceof MethodInsnNode) {
                calls.put(insn, (MethodInsnNode) copy);
            }
            list.add(copy);
        }
        code.instructions = list;
        code.maxLocals = original.maxLocals + 1;
        code.maxStack = original.maxStack;
        code.tryCatchBlocks = new ArrayList<>();
        for (TryCatchBlockNode t : original.tryCatchBlocks) {
            LabelNode start = labels.get(t.start);
            LabelNode end = labels.get(t.end);
            if (original.instructions.indexOf(t.start) < original.instructions.indexOf(t.end)) {
                code.tryCatchBlocks.add(new TryCatchBlockNode(start, end, labels.get(t.handler), t.type));
            }
        }
        code.localVariables = new ArrayList<>();
        if (original.localVariables != null) {
            for (LocalVariableNode v : original.localVariables) {
                code.localVariables.add(new LocalVariableNode(
                        v.name, v.desc, v.signature, labels.get(v.start), labels.get(v.end),
                        v.index >= frameLocal ? v.index + 1 : v.index));
            }
        }
        List<SuspensionPoint> points = new ArrayList<>();
        for (SuspensionPoint p : method.points()) {
            points.add(new SuspensionPoint(calls.get(p.call()), p.kind(), p.state(), p.line()));
        }
        return new Body(owner, method, code, frameName, frameLocal, points);
    }

    private static void insertFrameLocal(FrameNode frame, int frameLocal, String frameName) {
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        for (Object type : frame.local) {
            if (slot == frameLocal) {
                locals.add(frameName);
            }
            locals.add(type);
            slot += TypedFrames.isWide(type) ? 2 : 1;
        }
        while (slot < frameLocal) {
            locals.add(Opcodes.TOP);
            slot++;
        }
        if (slot == frameLocal && !locals.contains(frameName)) {
            locals.add(frameName);
        }
        frame.local = locals;
    }

    /** The locals at the start of {@code body}'s code, one element per slot, for {@link TypedFrames#of}. */
    public static List<Object> entryLocals(Body body) {
        List<Object> locals = new ArrayList<>();
        for (Type type : body.parameters()) {
            Object verification = dev.backstitch.engine.flow.Insns.verificationType(type);
            locals.add(verification);
            if (TypedFrames.isWide(verification)) {
                locals.add(Opcodes.TOP);
            }
        }
        locals.add(body.frameLocal(), body.frameName());
        return locals;
    }
}
