package dev.backstitch.engine.read;

import dev.backstitch.engine.flow.Liveness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which monitors a method holds before each instruction, and where each can be had again: compilers keep the object of a
 * {@code synchronized} block in a local, or load the constant of a class anew.
 */
final class HeldLocks {
    /**
     * One monitor.
     *
     * @param local the local that holds its object; -1 if it is that of {@code constant}
     * @param constant null if it is in a local
     */
    record Lock(int local, Type constant) {
        AbstractInsnNode load() {
            return constant == null ? new VarInsnNode(Opcodes.ALOAD, local) : new LdcInsnNode(constant);
        }
    }

    private final MethodNode method;
    private final InsnList code;
    private final List<List<Lock>> held = new ArrayList<>();
    private final Deque<Integer> work = new ArrayDeque<>();
    private boolean understood = true;

    private HeldLocks(MethodNode method) {
        this.method = method;
        this.code = method.instructions;
        for (int i = 0; i < code.size(); i++) {
            held.add(null);
        }
        flow(0, List.of());
        while (understood && !work.isEmpty()) {
            step(work.pop());
        }
    }

    /** The monitors of {@code method}; null if they are not of the shapes that compilers make. */
    static HeldLocks of(MethodNode method) {
        HeldLocks locks = new HeldLocks(method);
        return locks.understood ? locks : null;
    }

    /** The monitors held before {@code insn}, the innermost last; empty where control never comes. */
    List<Lock> before(AbstractInsnNode insn) {
        List<Lock> locks = held.get(code.indexOf(insn));
        return locks == null ? List.of() : locks;
    }

    private void step(int i) {
        AbstractInsnNode insn = code.get(i);
        List<Lock> before = held.get(i);
        List<Lock> after = before;
        if (insn.getOpcode() == Opcodes.MONITORENTER) {
            Lock lock = loadedFor(insn);
            understood &= lock != null;
            after = new ArrayList<>(before);
            after.add(lock);
        } else if (insn.getOpcode() == Opcodes.MONITOREXIT) {
            int innermost = before.lastIndexOf(loadedFor(insn));
            understood &= innermost >= 0;
            after = new ArrayList<>(before);
            after.remove(Math.max(0, innermost));
        } else if (insn.getOpcode() == Opcodes.ASTORE) {
            understood &= !before.contains(new Lock(((VarInsnNode) insn).var, null));
        }
        if (!understood) {
            return;
        }
        for (int next : Liveness.successorsOf(code, i)) {
            flow(next, after);
        }
        // An exit does not fail where the monitor is held, and the compiler's own handler around it expects it to be held.
        if (insn.getOpcode() >= 0 && insn.getOpcode() != Opcodes.MONITOREXIT) {
            for (TryCatchBlockNode region : method.tryCatchBlocks) {
                if (code.indexOf(region.start) <= i && i < code.indexOf(region.end)) {
                    flow(code.indexOf(region.handler), before);
                    if (region.type == null) {
                        break; // nothing gets past it
                    }
                }
            }
        }
    }

    private void flow(int to, List<Lock> locks) {
        List<Lock> known = held.get(to);
        if (known == null) {
            held.set(to, locks);
            work.push(to);
        } else if (!known.equals(locks)) {
            understood = false;
        }
    }

    /** What was put on the stack for {@code insn}, which enters or leaves a monitor; null if that is not to be seen. */
    private static Lock loadedFor(AbstractInsnNode insn) {
        AbstractInsnNode before = previous(insn);
        if (before instanceof LdcInsnNode ldc && ldc.cst instanceof Type constant) {
            return new Lock(-1, constant);
        }
        if (before instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD) {
            return new Lock(load.var, null);
        }
        if (before instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE) {
            AbstractInsnNode copy = previous(store);
            return copy != null && copy.getOpcode() == Opcodes.DUP ? new Lock(store.var, null) : null;
        }
        return null;
    }

    private static AbstractInsnNode previous(AbstractInsnNode insn) {
        AbstractInsnNode previous = insn.getPrevious();
        while (previous != null && previous.getOpcode() < 0) {
            previous = previous.getPrevious();
        }
        return previous;
    }
}
