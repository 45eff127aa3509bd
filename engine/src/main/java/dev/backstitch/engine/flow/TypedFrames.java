package dev.backstitch.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
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
        simulation.locals = new ArrayList<>(entry);
        int i = 0;
        for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = insn.getNext(), i++) {
            locals[i] = copy(simulation.locals);
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
