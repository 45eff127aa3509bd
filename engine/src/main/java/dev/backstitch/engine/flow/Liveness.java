package dev.backstitch.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Which locals may still be read, before every instruction: the classic backward analysis, exception edges included. */
public final class Liveness {
    private final BitSet[] liveIn;

    private Liveness(BitSet[] liveIn) {
        this.liveIn = liveIn;
    }

    /** Analyses {@code method}; subroutines must have been inlined. */
    public static Liveness of(MethodNode method) {
        InsnList code = method.instructions;
        int n = code.size();
        List<List<Integer>> successors = new ArrayList<>(n);
        List<List<Integer>> predecessors = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            successors.add(successorsOf(code, i));
            predecessors.add(new ArrayList<>(2));
        }
        List<List<Integer>> handlers = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            handlers.add(new ArrayList<>(0));
            for (int s : successors.get(i)) {
                predecessors.get(s).add(i);
            }
        }
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            int handler = code.indexOf(region.handler);
            for (int i = code.indexOf(region.start); i < code.indexOf(region.end); i++) {
                if (code.get(i).getOpcode() >= 0) {
                    handlers.get(i).add(handler);
                    predecessors.get(handler).add(i);
                }
            }
        }
        BitSet[] in = new BitSet[n];
        Deque<Integer> work = new ArrayDeque<>(n);
        boolean[] queued = new boolean[n];
        for (int i = 0; i < n; i++) {
            in[i] = new BitSet();
            work.push(i);
            queued[i] = true;
        }
        while (!work.isEmpty()) {
            int i = work.pop();
            queued[i] = false;
            BitSet live = new BitSet();
            for (int s : successors.get(i)) {
                live.or(in[s]);
            }
            transfer(code.get(i), live);
            // After the transfer: the verifier holds the locals before a store, too, against the handler's frame.
            for (int h : handlers.get(i)) {
                live.or(in[h]);
            }
            if (!live.equals(in[i])) {
                in[i] = live;
                for (int p : predecessors.get(i)) {
                    if (!queued[p]) {
                        queued[p] = true;
                        work.push(p);
                    }
                }
            }
        }
        return new Liveness(in);
    }

    private static void transfer(AbstractInsnNode insn, BitSet live) {
        if (insn instanceof VarInsnNode var) {
            if (isStore(var.getOpcode())) {
                live.clear(var.var);
            } else {
                live.set(var.var);
            }
        } else if (insn instanceof IincInsnNode inc) {
            live.set(inc.var);
        }
    }

    /** Whether {@code opcode} writes a local. */
    public static boolean isStore(int opcode) {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }

    /** Where control may go from instruction {@code i} when nothing is thrown. */
    public static List<Integer> successorsOf(InsnList code, int i) {
        AbstractInsnNode insn = code.get(i);
        List<Integer> result = new ArrayList<>(2);
        int opcode = insn.getOpcode();
        if (insn instanceof JumpInsnNode jump) {
            result.add(code.indexOf(jump.label));
            if (opcode == Opcodes.GOTO) {
                return result;
            }
        } else if (insn instanceof TableSwitchInsnNode table) {
            table.labels.forEach(l -> result.add(code.indexOf(l)));
            result.add(code.indexOf(table.dflt));
            return result;
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            lookup.labels.forEach(l -> result.add(code.indexOf(l)));
            result.add(code.indexOf(lookup.dflt));
            return result;
        } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW) {
            return result;
        }
        if (i + 1 < code.size()) {
            result.add(i + 1);
        }
        return result;
    }

    /** The locals live before instruction {@code index}; not to be changed. */
    public BitSet before(int index) {
        return liveIn[index];
    }
}
