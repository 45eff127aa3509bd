package dev.backstitch.tests.harness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Whether the control flow of a method is reducible: whether every edge that leads back, in a depth-first search, leads to
 * an instruction that all ways to its start pass (Hecht and Ullman 1974). Edges to exception handlers count.
 */
public final class Reducibility {
    private final List<List<Integer>> successors = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final int[] position;
    private final int[] dominator;

    private Reducibility(MethodNode method) {
        InsnList code = method.instructions;
        for (int i = 0; i < code.size(); i++) {
            successors.add(successorsOf(method, i));
        }
        position = new int[code.size()];
        dominator = new int[code.size()];
    }

    /** Looks at {@code method}. */
    public static boolean isReducible(MethodNode method) {
        return method.instructions.size() == 0 || new Reducibility(method).check();
    }

    private static List<Integer> successorsOf(MethodNode method, int i) {
        InsnList code = method.instructions;
        AbstractInsnNode insn = code.get(i);
        List<LabelNode> labels = new ArrayList<>();
        boolean goesOn = true;
        if (insn instanceof JumpInsnNode jump) {
            labels.add(jump.label);
            goesOn = insn.getOpcode() != Opcodes.GOTO;
        } else if (insn instanceof TableSwitchInsnNode table) {
            labels.addAll(table.labels);
            labels.add(table.dflt);
            goesOn = false;
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            labels.addAll(lookup.labels);
            labels.add(lookup.dflt);
            goesOn = false;
        } else {
            int opcode = insn.getOpcode();
            goesOn = !(opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW);
        }
        if (insn.getOpcode() >= 0) {
            for (TryCatchBlockNode region : method.tryCatchBlocks) {
                if (code.indexOf(region.start) <= i && i < code.indexOf(region.end)) {
                    labels.add(region.handler);
                }
            }
        }
        List<Integer> all = new ArrayList<>();
        labels.forEach(label -> all.add(code.indexOf(label)));
        if (goesOn && i + 1 < code.size()) {
            all.add(i + 1);
        }
        return all;
    }

    private boolean check() {
        List<int[]> back = new ArrayList<>();
        search(back);
        immediateDominators();
        return back.stream().allMatch(edge -> dominates(edge[1], edge[0]));
    }

    /** Puts the instructions into reverse postorder; collects the edges that lead to one whose search has not ended. */
    private void search(List<int[]> back) {
        int n = successors.size();
        int[] next = new int[n];
        int[] phase = new int[n];
        Deque<Integer> path = new ArrayDeque<>(List.of(0));
        phase[0] = 1;
        while (!path.isEmpty()) {
            int i = path.peek();
            if (next[i] < successors.get(i).size()) {
                int to = successors.get(i).get(next[i]++);
                if (phase[to] == 1) {
                    back.add(new int[] {i, to});
                } else if (phase[to] == 0) {
                    phase[to] = 1;
                    path.push(to);
                }
            } else {
                phase[i] = 2;
                order.add(path.pop());
            }
        }
        java.util.Collections.reverse(order);
    }

    /** By reverse postorder, until nothing changes (Cooper, Harvey and Kennedy 2001). */
    private void immediateDominators() {
        List<List<Integer>> predecessors = new ArrayList<>();
        for (int i = 0; i < successors.size(); i++) {
            predecessors.add(new ArrayList<>());
        }
        order.forEach(i -> successors.get(i).forEach(to -> predecessors.get(to).add(i)));
        for (int i = 0; i < order.size(); i++) {
            position[order.get(i)] = i;
        }
        java.util.Arrays.fill(dominator, -1);
        dominator[0] = 0;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i : order.subList(1, order.size())) {
                int common = -1;
                for (int p : predecessors.get(i)) {
                    if (dominator[p] >= 0) {
                        common = common < 0 ? p : common(p, common);
                    }
                }
                changed |= dominator[i] != common;
                dominator[i] = common;
            }
        }
    }

    private int common(int a, int b) {
        while (a != b) {
            if (position[a] > position[b]) {
                a = dominator[a];
            } else {
                b = dominator[b];
            }
        }
        return a;
    }

    private boolean dominates(int a, int b) {
        while (position[b] > position[a]) {
            b = dominator[b];
        }
        return a == b;
    }
}
