package dev.backstitch.engine.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** How many monitors a method holds before each instruction, at most, on any path. */
public final class HeldMonitors {
    /** More than any compiler nests: where unbalanced code loops, the count stops here. */
    private static final int MANY = 64;

    private final int[] held;

    private HeldMonitors(int[] held) {
        this.held = held;
    }

    /** Counts the monitors of {@code method}, without that of a synchronized method. */
    public static HeldMonitors of(MethodNode method) {
        InsnList code = method.instructions;
        int[] held = new int[code.size()];
        java.util.Arrays.fill(held, -1);
        Deque<Integer> work = new ArrayDeque<>();
        if (code.size() > 0) {
            held[0] = 0;
            work.push(0);
        }
        while (!work.isEmpty()) {
            int i = work.pop();
            AbstractInsnNode insn = code.get(i);
            int after = held[i];
            if (insn.getOpcode() == Opcodes.MONITORENTER) {
                after = Math.min(MANY, after + 1);
            } else if (insn.getOpcode() == Opcodes.MONITOREXIT) {
                after = Math.max(0, after - 1);
            }
            for (int s : Liveness.successorsOf(code, i)) {
                flow(held, work, s, after);
            }
            if (insn.getOpcode() >= 0) {
                for (TryCatchBlockNode region : method.tryCatchBlocks) {
                    // An exit that fails has still released; the compiler's own handler around it must not count it.
                    if (code.indexOf(region.start) <= i && i < code.indexOf(region.end)) {
                        flow(held, work, code.indexOf(region.handler),
                                insn.getOpcode() == Opcodes.MONITOREXIT ? after : held[i]);
                    }
                }
            }
        }
        return new HeldMonitors(held);
    }

    private static void flow(int[] held, Deque<Integer> work, int to, int count) {
        if (count > held[to]) {
            held[to] = count;
            work.push(to);
        }
    }

    /** Whether a monitor may be held before instruction {@code index}. */
    public boolean anyAt(int index) {
        return held[index] > 0;
    }
}
