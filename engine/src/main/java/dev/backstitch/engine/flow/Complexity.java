package dev.backstitch.engine.flow;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * How much the analyses of a method would take. They keep tables of instructions by variables and of instructions by
 * exception handlers; within the limits of a class file either may have billions of entries. Methods of people and of
 * generators of code stay far below the limits here.
 */
public final class Complexity {
    /** Variables and operands before every instruction. */
    private static final long MOST_VALUES = 4_000_000;

    /** Instructions covered by exception ranges, each as often as it is covered. */
    private static final long MOST_COVERED = 1_000_000;

    private Complexity() {}

    /** What of {@code method} is too much, as a phrase; null if nothing is. */
    public static String problemOf(MethodNode method) {
        return problemOf(method, 1);
    }

    /** As {@link #problemOf(MethodNode)}, of a method that was made from such a one, which may be three times as much. */
    public static String problemOfRewritten(MethodNode method) {
        return problemOf(method, 3);
    }

    private static String problemOf(MethodNode method, int times) {
        InsnList code = method.instructions;
        int instructions = 0;
        for (AbstractInsnNode insn : code) {
            instructions += insn.getOpcode() >= 0 ? 1 : 0;
        }
        if ((long) instructions * (method.maxLocals + method.maxStack) > times * MOST_VALUES) {
            return method.name + " has " + instructions + " instructions and " + (method.maxLocals + method.maxStack)
                    + " variables and operands";
        }
        long covered = 0;
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            covered += Math.max(0, code.indexOf(region.end) - code.indexOf(region.start));
        }
        if (covered > times * MOST_COVERED) {
            return method.name + " has " + method.tryCatchBlocks.size() + " exception ranges over " + instructions
                    + " instructions";
        }
        return null;
    }
}
