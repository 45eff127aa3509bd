package dev.backstitch.engine.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Where values come from and whether they are used, seen through copies, locals and casts. */
public final class ValueFlow {
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;
    private final Set<AbstractInsnNode> used;

    private ValueFlow(MethodNode method, Frame<SourceValue>[] frames, Set<AbstractInsnNode> used) {
        this.method = method;
        this.frames = frames;
        this.used = used;
    }

    /** Follows the values of {@code method}, of the class {@code owner}. */
    public static ValueFlow of(String owner, MethodNode method) throws AnalyzerException {
        Uses interpreter = new Uses();
        return new ValueFlow(method, new Analyzer<>(interpreter).analyze(owner, method), interpreter.used);
    }

    /** Whether control can reach {@code insn}. */
    public boolean isReachable(AbstractInsnNode insn) {
        return frames[method.instructions.indexOf(insn)] != null;
    }

    /**
     * What may have made the value {@code depth} below the top of the stack before {@code insn}; empty if it is a
     * parameter, or in code that is not reached.
     */
    public Set<AbstractInsnNode> sources(AbstractInsnNode insn, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
        return frame == null ? Set.of() : frame.getStack(frame.getStackSize() - 1 - depth).insns;
    }

    /** Whether anything is done with the value that {@code insn} makes, other than to copy, cast or drop it. */
    public boolean isUsed(AbstractInsnNode insn) {
        return used.contains(insn);
    }

    /** What is known of a value's sources only grows until the analysis ends, and so does what is used. */
    private static final class Uses extends SourceInterpreter {
        private final Set<AbstractInsnNode> used = new HashSet<>();

        Uses() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            if (insn.getOpcode() == Opcodes.CHECKCAST) {
                return value;
            }
            used.addAll(value.insns);
            return super.unaryOperation(insn, value);
        }

        @Override
        public SourceValue binaryOperation(AbstractInsnNode insn, SourceValue a, SourceValue b) {
            used.addAll(a.insns);
            used.addAll(b.insns);
            return super.binaryOperation(insn, a, b);
        }

        @Override
        public SourceValue ternaryOperation(AbstractInsnNode insn, SourceValue a, SourceValue b, SourceValue c) {
            used.addAll(a.insns);
            used.addAll(b.insns);
            used.addAll(c.insns);
            return super.ternaryOperation(insn, a, b, c);
        }

        @Override
        public SourceValue naryOperation(AbstractInsnNode insn, List<? extends SourceValue> values) {
            values.forEach(value -> used.addAll(value.insns));
            return super.naryOperation(insn, values);
        }
    }
}
