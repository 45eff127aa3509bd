package dev.backstitch.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The verification types of locals and stack before every instruction, from what the class file says: its stack map
 * frames at the targets of jumps, and straight-line simulation between them. Nothing is merged, so no class hierarchy is
 * needed and no type is guessed.
 *
 * <p>Precondition: a method with expanded frames ({@code F_NEW}) at every jump target.
 */
public final class TypedFrames {
    private final List<Object>[] locals;
    private final List<Object>[] stacks;

    private TypedFrames(List<Object>[] locals, List<Object>[] stacks) {
        this.locals = locals;
        this.stacks = stacks;
    }

    /**
     * Simulates {@code method}.
     *
     * @param owner the class's internal name
     * @param entry the locals at its start, one element per slot, as in {@link AnalyzerAdapter#locals}
     */
    public static TypedFrames of(String owner, MethodNode method, List<Object> entry) {
        int n = method.instructions.size();
        @SuppressWarnings("unchecked")
        List<Object>[] locals = new List[n + 1];
        @SuppressWarnings("unchecked")
        List<Object>[] stacks = new List[n + 1];
        AnalyzerAdapter simulation = new Simulation(owner, method);
        if (entry != null) {
            simulation.locals = new ArrayList<>(entry);
        }
        int i = 0;
        for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = insn.getNext(), i++) {
            locals[i] = i > 0 && keepsLocals(insn.getPrevious()) ? locals[i - 1] : copy(simulation.locals);
            stacks[i] = copy(simulation.stack);
            insn.accept(simulation);
        }
        locals[n] = copy(simulation.locals);
        stacks[n] = copy(simulation.stack);
        // Labels, lines and frames stand before the instruction whose state they describe.
        for (int k = n - 1; k >= 0; k--) {
            if (method.instructions.get(k).getOpcode() < 0) {
                locals[k] = locals[k + 1];
                stacks[k] = stacks[k + 1];
            }
        }
        return new TypedFrames(locals, stacks);
    }

    /** Whether the locals are behind {@code insn} what they were before it: then one list describes both. */
    private static boolean keepsLocals(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        return !(insn instanceof FrameNode)
                && !Liveness.isStore(opcode)
                && opcode != Opcodes.INVOKESPECIAL // makes an object of what was none
                && (opcode < 0 || !Insns.endsFlow(opcode));
    }

    /** As {@link #of(String, MethodNode, List)}, of a method whose locals at its start are its parameters. */
    public static TypedFrames of(String owner, MethodNode method) {
        return of(owner, method, null);
    }

    private static List<Object> copy(List<Object> list) {
        return list == null ? null : List.copyOf(list);
    }

    /** Whether instruction {@code index} can be reached at all. */
    public boolean isReachable(int index) {
        return locals[index] != null;
    }

    /** The type of local {@code slot} before instruction {@code index}: a verification type; {@code TOP} if unset. */
    public Object local(int index, int slot) {
        List<Object> l = locals[index];
        return l == null || slot >= l.size() ? Opcodes.TOP : l.get(slot);
    }

    /** How many local slots are described before instruction {@code index}. */
    public int localCount(int index) {
        return locals[index] == null ? 0 : locals[index].size();
    }

    /** The stack before instruction {@code index}, bottom first, a wide value once. */
    public List<Object> stack(int index) {
        List<Object> result = new ArrayList<>();
        for (Object type : stacks[index]) {
            if (type == Opcodes.TOP) {
                continue; // the second half of the wide value below it
            }
            result.add(type);
        }
        return result;
    }

    /**
     * The type of one variable that has {@code a} on one path and {@code b} on another; {@code TOP} where it cannot have
     * one. Of two classes it is {@code b}: ask where {@code b} comes from a stack map frame, which has the declared type.
     */
    public static Object merged(Object a, Object b) {
        if (a.equals(b)) {
            return a;
        }
        boolean references = (a instanceof String || a == Opcodes.NULL) && (b instanceof String || b == Opcodes.NULL);
        return !references ? Opcodes.TOP : b == Opcodes.NULL ? a : b;
    }

    /**
     * A stack map frame with an empty stack, for a place that is reached from instruction {@code a} and from {@code b}
     * with the locals that are set there; see {@link #merged}.
     */
    public FrameNode meet(int a, int b) {
        List<Object> described = new ArrayList<>();
        for (int slot = 0; slot < Math.min(localCount(a), localCount(b)); slot++) {
            Object type = merged(local(a, slot), local(b, slot));
            described.add(isUninitialized(type) ? Opcodes.TOP : type);
            slot += isWide(type) ? 1 : 0;
        }
        return new FrameNode(Opcodes.F_NEW, described.size(), described.toArray(), 0, new Object[0]);
    }

    /** Whether {@code type} is an object made by {@code NEW} whose constructor has not run. */
    public static boolean isUninitialized(Object type) {
        return type instanceof Label;
    }

    /** Whether a value of {@code type} takes two slots. */
    public static boolean isWide(Object type) {
        return type == Opcodes.LONG || type == Opcodes.DOUBLE;
    }

    private static final class Simulation extends AnalyzerAdapter {
        Simulation(String owner, MethodNode method) {
            super(Opcodes.ASM9, owner, method.access, method.name, method.desc, null);
        }
    }
}
