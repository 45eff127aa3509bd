package dev.backstitch.engine.flow;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which instruction alone made a value that is used once: it was never in a local, nor copied on the stack. */
public final class SoleUses {
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;
    private final Set<AbstractInsnNode> copied;
    private final boolean storesReceiver;

    private SoleUses(MethodNode method, Frame<SourceValue>[] frames, Set<AbstractInsnNode> copied) {
        this.method = method;
        this.frames = frames;
        this.copied = copied;
        boolean stores = false;
        for (AbstractInsnNode insn : method.instructions) {
            stores |= insn instanceof VarInsnNode var && var.var == 0 && Liveness.isStore(var.getOpcode());
        }
        this.storesReceiver = stores;
    }

    /** Follows the values of {@code method}, of the class {@code owner}. */
    public static SoleUses of(String owner, MethodNode method) throws AnalyzerException {
        Copies interpreter = new Copies();
        return new SoleUses(method, new Analyzer<>(interpreter).analyze(owner, method), interpreter.copied);
    }

    /** What made the value {@code depth} below the top of the stack, which {@code user} takes; null if that is not sure. */
    public AbstractInsnNode maker(AbstractInsnNode user, int depth) {
        AbstractInsnNode maker = source(user, depth);
        return maker == null || copied.contains(maker) ? null : maker;
    }

    /** Whether the value {@code depth} below the top of the stack before {@code user} is the method's receiver. */
    public boolean isReceiver(AbstractInsnNode user, int depth) {
        return (method.access & Opcodes.ACC_STATIC) == 0
                && !storesReceiver
                && source(user, depth) instanceof VarInsnNode load
                && load.var == 0;
    }

    private AbstractInsnNode source(AbstractInsnNode user, int depth) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(user)];
        if (frame == null) {
            return null;
        }
        Set<AbstractInsnNode> sources = frame.getStack(frame.getStackSize() - 1 - depth).insns;
        return sources.size() == 1 ? sources.iterator().next() : null;
    }

    private static final class Copies extends SourceInterpreter {
        /** The sources of a value that has several: which ones does not matter, and keeping them costs their number. */
        private static final Set<AbstractInsnNode> SEVERAL =
                Set.of(new InsnNode(Opcodes.NOP), new InsnNode(Opcodes.NOP));

        private final Set<AbstractInsnNode> copied = new HashSet<>();

        Copies() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue merge(SourceValue a, SourceValue b) {
            boolean keepsSources = a.insns == SEVERAL || a.insns.containsAll(b.insns);
            if (keepsSources && a.size <= b.size) {
                return a;
            }
            Set<AbstractInsnNode> sources = keepsSources ? a.insns : a.insns.isEmpty() ? b.insns : SEVERAL;
            return new SourceValue(Math.min(a.size, b.size), sources);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            copied.addAll(value.insns);
            return super.copyOperation(insn, value);
        }
    }
}
