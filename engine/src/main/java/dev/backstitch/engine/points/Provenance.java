package dev.backstitch.engine.points;

import static org.objectweb.asm.Opcodes.CHECKCAST;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which instructions a value may come from, seen through copies, locals and casts. */
final class Provenance {
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;

    private Provenance(MethodNode method, Frame<SourceValue>[] frames) {
        this.method = method;
        this.frames = frames;
    }

    static Provenance of(String owner, MethodNode method) throws AnalyzerException {
        return new Provenance(method, new Analyzer<>(new Copies()).analyze(owner, method));
    }

    /** The sources of the value {@code depth} below the top of the stack before {@code insn}; null in dead code. */
    SourceValue below(AbstractInsnNode insn, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
        return frame == null ? null : frame.getStack(frame.getStackSize() - 1 - depth);
    }

    private static final class Copies extends SourceInterpreter {
        Copies() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            return insn.getOpcode() == CHECKCAST ? value : super.unaryOperation(insn, value);
        }
    }
}
