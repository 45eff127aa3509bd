package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.AwaitedCall;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
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
 * Makes room for the frame: copies the method and moves every local behind the frame's up, in instructions, stack map
 * frames and the variable table.
 *
 * <p>The frame is the body's first parameter after the receiver, so it takes that local. A body that can start without a
 * frame keeps its parameters, and behind them come the frame that runs, the depth and its own frame.
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
        boolean onDemand = isOnDemand(method);
        int inserted = onDemand ? 3 : 1;
        int first = onDemand ? receiver + argumentsSize(original) : receiver;
        List<Object> types = insertedTypes(onDemand, frameName);
        Map<AbstractInsnNode, MethodInsnNode> calls = new HashMap<>();
        Map<AbstractInsnNode, MethodInsnNode> tails = new HashMap<>();
        InsnList list = new InsnList();
        for (AbstractInsnNode insn : original.instructions) {
            AbstractInsnNode copy = insn.clone(labels);
            if (copy instanceof VarInsnNode var) {
                var.var = shifted(var.var, isWide(var.getOpcode()), first, inserted, original);
            } else if (copy instanceof IincInsnNode inc && inc.var >= first) {
                inc.var += inserted;
            } else if (copy instanceof FrameNode frame) {
                insertLocals(frame, first, types, original.maxLocals);
            } else if (insn instanceof MethodInsnNode) {
                calls.put(insn, (MethodInsnNode) copy);
            }
            if (method.tails().containsKey(insn)) {
                tails.put(copy, calls.get(method.tails().get(insn)));
            }
            list.add(copy);
        }
        code.instructions = list;
        code.maxLocals = original.maxLocals + inserted + 2;
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
                        shifted(v.index, Type.getType(v.desc).getSize() == 2, first, inserted, original)));
            }
        }
        List<SuspensionPoint> points = new ArrayList<>();
        for (SuspensionPoint p : method.points()) {
            AwaitedCall awaited = p.awaited();
            points.add(new SuspensionPoint(
                    calls.get(p.call()), p.kind(), p.state(), p.line(),
                    awaited == null ? null : new AwaitedCall(calls.get(awaited.call()), awaited.onSelf())));
        }
        return new Body(owner, method, code, frameName, first + inserted - 1, onDemand, points, tails);
    }

    /** Whether the body of {@code method} can start without a frame: if its kind allows it, and a class file. */
    public static boolean isOnDemand(SuspendingMethod method) {
        return method.kind().isOnDemand()
                && (!method.kind().isCold() || argumentsSize(method.node()) + 4 <= Insns.LARGEST_PARAMETERS);
    }

    private static int argumentsSize(MethodNode method) {
        return (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
    }

    private static List<Object> insertedTypes(boolean onDemand, String frameName) {
        return onDemand ? List.of(RuntimeSymbols.FRAME, Opcodes.INTEGER, frameName) : List.of(frameName);
    }

    /** Where a local goes; a wide one whose halves would be separated, to the very end. */
    private static int shifted(int local, boolean wide, int first, int inserted, MethodNode original) {
        if (wide && local == first - 1) {
            return original.maxLocals + inserted;
        }
        return local >= first ? local + inserted : local;
    }

    private static boolean isWide(int opcode) {
        return opcode == Opcodes.LLOAD
                || opcode == Opcodes.LSTORE
                || opcode == Opcodes.DLOAD
                || opcode == Opcodes.DSTORE;
    }

    private static void insertLocals(FrameNode frame, int at, List<Object> types, int maxLocals) {
        List<Object> locals = new ArrayList<>();
        Object separated = null;
        int slot = 0;
        for (Object type : frame.local) {
            if (slot == at - 1 && TypedFrames.isWide(type)) {
                separated = type;
                locals.add(Opcodes.TOP);
                locals.addAll(types);
                locals.add(Opcodes.TOP);
                slot += 2;
                continue;
            }
            if (slot == at) {
                locals.addAll(types);
            }
            locals.add(type);
            slot += TypedFrames.isWide(type) ? 2 : 1;
        }
        while (slot < at) {
            locals.add(Opcodes.TOP);
            slot++;
        }
        if (slot == at) {
            locals.addAll(types);
        }
        while (separated != null && slot < maxLocals) {
            locals.add(Opcodes.TOP);
            slot++;
        }
        if (separated != null) {
            locals.add(separated);
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
        locals.addAll(body.frameLocal() + 1 - body.inserted(), insertedTypes(body.onDemand(), body.frameName()));
        return locals;
    }
}
