package dev.backstitch.engine.verify;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Insns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.BasicVerifier;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Holds a method's code against its stack maps as the JVM's verifier does (JVMS 4.10.1), kinds and heights only. It is
 * asked when a class could not be rewritten: all passes rely on its stack maps.
 *
 * <p>Precondition: frames in full ({@code F_NEW}).
 */
final class StackMapCheck {
    private final MethodNode method;
    private final Map<LabelNode, Frame<BasicValue>> maps = new HashMap<>();

    private StackMapCheck(MethodNode method) {
        this.method = method;
    }

    /**
     * Checks {@code method}, of class {@code owner}.
     *
     * @throws AnalyzerException naming the instruction that is wrong; other exceptions if it makes no sense at all
     */
    static void check(String owner, MethodNode method) throws AnalyzerException {
        StackMapCheck check = new StackMapCheck(method);
        check.readMaps();
        check.simulate(owner);
    }

    private void readMaps() throws AnalyzerException {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode frame) {
                Frame<BasicValue> map = frameOf(frame);
                for (AbstractInsnNode p = insn.getPrevious(); p != null && p.getOpcode() < 0; p = p.getPrevious()) {
                    if (p instanceof LabelNode label) {
                        maps.put(label, map);
                    }
                }
            }
        }
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            if (mapAt(region.handler).getStackSize() != 1) {
                throw new AnalyzerException(region.handler, "the stack map of a handler has other than one operand");
            }
        }
    }

    private void simulate(String owner) throws AnalyzerException {
        BasicVerifier verifier = new BasicVerifier();
        Frame<BasicValue> state = entry(owner);
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode frame) {
                Frame<BasicValue> map = frameOf(frame);
                if (state != null) {
                    requireFits(insn, state, map);
                }
                state = map;
            } else if (insn.getOpcode() >= 0) {
                if (state == null) {
                    throw new AnalyzerException(insn, "no stack map behind a jump");
                }
                requireNames(insn);
                state.execute(insn, verifier);
                for (LabelNode target : BlockGraph.targets(insn)) {
                    requireFits(insn, state, mapAt(target));
                }
                state = Insns.endsFlow(insn.getOpcode()) ? null : state;
            }
        }
    }

    private Frame<BasicValue> entry(String owner) {
        Frame<BasicValue> frame = new Frame<>(method.maxLocals, method.maxStack);
        int local = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            frame.setLocal(local++, BasicValue.REFERENCE_VALUE);
        }
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            frame.setLocal(local++, valueOf(Insns.verificationType(parameter)));
            if (parameter.getSize() == 2) {
                frame.setLocal(local++, BasicValue.UNINITIALIZED_VALUE);
            }
        }
        while (local < method.maxLocals) {
            frame.setLocal(local++, BasicValue.UNINITIALIZED_VALUE);
        }
        frame.setReturn(returned());
        return frame;
    }

    private Frame<BasicValue> frameOf(FrameNode node) {
        Frame<BasicValue> frame = new Frame<>(method.maxLocals, method.maxStack);
        int local = 0;
        for (Object type : node.local) {
            frame.setLocal(local++, valueOf(type));
            if (type == Opcodes.LONG || type == Opcodes.DOUBLE) {
                frame.setLocal(local++, BasicValue.UNINITIALIZED_VALUE);
            }
        }
        while (local < method.maxLocals) {
            frame.setLocal(local++, BasicValue.UNINITIALIZED_VALUE);
        }
        for (Object type : node.stack) {
            frame.push(valueOf(type));
        }
        frame.setReturn(returned());
        return frame;
    }

    /** Null for a method that returns nothing. */
    private BasicValue returned() {
        Type type = Type.getReturnType(method.desc);
        return type == Type.VOID_TYPE ? null : valueOf(Insns.verificationType(type));
    }

    private static BasicValue valueOf(Object type) {
        if (type == null) {
            throw new IllegalArgumentException("a stack map names no class");
        }
        if (type instanceof LabelNode made && !isNew(made)) {
            throw new IllegalArgumentException("a stack map has an object that is made nowhere");
        }
        if (type == Opcodes.TOP) {
            return BasicValue.UNINITIALIZED_VALUE;
        }
        if (type == Opcodes.INTEGER) {
            return BasicValue.INT_VALUE;
        }
        if (type == Opcodes.FLOAT) {
            return BasicValue.FLOAT_VALUE;
        }
        if (type == Opcodes.LONG) {
            return BasicValue.LONG_VALUE;
        }
        return type == Opcodes.DOUBLE ? BasicValue.DOUBLE_VALUE : BasicValue.REFERENCE_VALUE;
    }

    private static boolean isNew(LabelNode label) {
        AbstractInsnNode insn = label;
        while (insn != null && insn.getOpcode() < 0) {
            insn = insn.getNext();
        }
        return insn != null && insn.getOpcode() == Opcodes.NEW;
    }

    private Frame<BasicValue> mapAt(LabelNode target) throws AnalyzerException {
        Frame<BasicValue> map = maps.get(target);
        if (map == null) {
            throw new AnalyzerException(target, "no stack map where a jump leads");
        }
        return map;
    }

    private static void requireFits(AbstractInsnNode insn, Frame<BasicValue> state, Frame<BasicValue> map)
            throws AnalyzerException {
        boolean fits = state.getStackSize() == map.getStackSize();
        for (int i = 0; fits && i < map.getStackSize(); i++) {
            fits = fits(state.getStack(i), map.getStack(i));
        }
        for (int i = 0; fits && i < map.getLocals(); i++) {
            fits = fits(state.getLocal(i), map.getLocal(i));
        }
        if (!fits) {
            throw new AnalyzerException(insn, "a stack map says something else than the code");
        }
    }

    private static boolean fits(BasicValue value, BasicValue described) {
        return described == BasicValue.UNINITIALIZED_VALUE
                || value.equals(described)
                || value.isReference() && described.isReference();
    }

    private static void requireNames(AbstractInsnNode insn) throws AnalyzerException {
        List<String> names = insn instanceof MethodInsnNode call
                ? Arrays.asList(call.owner, call.name, call.desc)
                : insn instanceof FieldInsnNode field
                        ? Arrays.asList(field.owner, field.name, field.desc)
                        : insn instanceof TypeInsnNode type ? Arrays.asList(type.desc) : List.of();
        if (names.stream().anyMatch(Objects::isNull)
                || insn instanceof LdcInsnNode ldc && ldc.cst == null) {
            throw new AnalyzerException(insn, "it refers to a constant that names nothing");
        }
    }
}
