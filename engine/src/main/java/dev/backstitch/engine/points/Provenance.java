package dev.backstitch.engine.points;

import static org.objectweb.asm.Opcodes.CHECKCAST;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which instructions a value may come from, seen through copies, locals and casts. An exception comes from the label of
 * the handler that caught it.
 */
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

    /** The same of the instructions that push values: a load is the source of what it loads. */
    static Provenance ofPushes(String owner, MethodNode method) throws AnalyzerException {
        return new Provenance(method, new Analyzer<>(new SourceInterpreter()).analyze(owner, method));
    }

    /** The sources of the value {@code depth} below the top of the stack before {@code insn}; null in dead code. */
    SourceValue below(AbstractInsnNode insn, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
        return frame == null ? null : frame.getStack(frame.getStackSize() - 1 - depth);
    }

    /**
     * A variable: a local, a field of what a local holds, a field of that, a static field.
     *
     * @param local the local; -1 for a static field
     * @param fields the fields behind it, as far as they are named
     */
    record Place(int local, String fields) {}

    /** The variable that the value at {@code depth} before {@code insn} was read from, by {@link #ofPushes}; null if none. */
    Place placeOf(AbstractInsnNode insn, int depth) {
        SourceValue value = below(insn, depth);
        if (value == null || value.insns.size() != 1) {
            return null;
        }
        AbstractInsnNode source = value.insns.iterator().next();
        if (source instanceof FieldInsnNode field) {
            String name = "." + field.owner + "." + field.name;
            if (field.getOpcode() == Opcodes.GETSTATIC) {
                return new Place(-1, name);
            }
            Place object = placeOf(source, 0);
            return object == null ? null : new Place(object.local, object.fields + name);
        }
        if (source.getOpcode() == CHECKCAST) {
            return placeOf(source, 0);
        }
        return source instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD ? new Place(load.var, "") : null;
    }

    /** The local that the value at {@code depth} before {@code insn} was loaded from, by {@link #ofPushes}; -1 if none. */
    int loadedFrom(AbstractInsnNode insn, int depth) {
        Place place = placeOf(insn, depth);
        return place == null || !place.fields.isEmpty() ? -1 : place.local;
    }

    /** The sources of {@code local} before {@code insn}; empty in dead code and where it is not set. */
    Set<AbstractInsnNode> local(AbstractInsnNode insn, int local) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
        return frame == null || local >= frame.getLocals() ? Set.of() : frame.getLocal(local).insns;
    }

    private static final class Copies extends SourceInterpreter {
        Copies() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue newExceptionValue(TryCatchBlockNode region, Frame<SourceValue> frame, Type type) {
            return new SourceValue(1, region.handler);
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
