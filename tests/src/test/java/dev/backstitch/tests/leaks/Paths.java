package dev.backstitch.tests.leaks;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which variables may be read after a suspension, from the class file as the compiler wrote it: variable by variable, by
 * following every path from there until it is read or written. Nothing of the engine is used. An instruction that a
 * handler covers may leave for it whatever it is, since for the JVM's verifier it may.
 */
final class Paths {
    /** By class and method. */
    private final Map<String, MethodNode> methods = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();

    /** @param classFiles by internal name */
    Paths(Map<String, byte[]> classFiles) {
        classFiles.values().forEach(bytes -> {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            String name = type.name.substring(type.name.lastIndexOf('/') + 1);
            type.methods.forEach(method -> methods.put(name + "." + method.name, method));
        });
    }

    /** The variables that live over the suspension behind the call {@code at(a, point)} of {@code method}. */
    Set<String> live(String method, int point) {
        return known.computeIfAbsent(method + "#" + point, key -> search(methods.get(method), point));
    }

    private static Set<String> search(MethodNode method, int point) {
        InsnList code = method.instructions;
        AbstractInsnNode suspension = suspensionOf(method, point);
        int from = code.indexOf(suspension);
        Set<String> live = new HashSet<>();
        for (LocalVariableNode variable : method.localVariables) {
            boolean inScope = code.indexOf(variable.start) <= from && from < code.indexOf(variable.end);
            if (inScope && isRead(method, from, variable.index, Map.of())) {
                live.add(variable.name);
            }
        }
        return live;
    }

    private static AbstractInsnNode suspensionOf(MethodNode method, int point) {
        boolean found = false;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call) {
                if (call.name.equals("at") && constant(call.getPrevious()) == point) {
                    found = true;
                } else if (found && (call.name.equals("yield") || call.name.equals("yieldFrom")
                        || call.name.equals("suspend") || call.name.equals("await")
                        || call.name.equals("hasNext"))) {
                    return call;
                }
            }
        }
        throw new AssertionError("no suspension " + point + " in " + method.name);
    }

    private static int constant(AbstractInsnNode insn) {
        return insn instanceof IntInsnNode push ? push.operand : insn.getOpcode() - Opcodes.ICONST_0;
    }

    /**
     * Whether something on a path from behind the instruction reads the variable as a reference before it is written.
     *
     * @param besides instructions after which other places are reached than the code tells: those behind these
     */
    static boolean isRead(MethodNode method, int suspension, int local, Map<Integer, List<Integer>> besides) {
        InsnList code = method.instructions;
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>();
        work.add(suspension + 1);
        besides.getOrDefault(suspension, List.of()).forEach(other -> work.push(other + 1));
        addHandlers(method, suspension, work);
        while (!work.isEmpty()) {
            int i = work.pop();
            if (seen.get(i)) {
                continue;
            }
            seen.set(i);
            AbstractInsnNode insn = code.get(i);
            if (insn.getOpcode() >= 0) {
                addHandlers(method, i, work);
            }
            if (insn instanceof VarInsnNode var && var.var == local) {
                if (var.getOpcode() == Opcodes.ALOAD) {
                    return true;
                }
                continue; // it is written, or the slot belongs to another variable now
            }
            addSuccessors(code, i, insn, work);
            besides.getOrDefault(i, List.of()).forEach(other -> work.push(other + 1));
        }
        return false;
    }

    private static void addHandlers(MethodNode method, int index, Deque<Integer> work) {
        InsnList code = method.instructions;
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            if (code.indexOf(region.start) <= index && index < code.indexOf(region.end)) {
                work.push(code.indexOf(region.handler));
            }
        }
    }

    private static void addSuccessors(InsnList code, int i, AbstractInsnNode insn, Deque<Integer> work) {
        int opcode = insn.getOpcode();
        if (insn instanceof JumpInsnNode jump) {
            work.push(code.indexOf(jump.label));
        } else if (insn instanceof TableSwitchInsnNode table) {
            table.labels.forEach(label -> work.push(code.indexOf(label)));
            work.push(code.indexOf(table.dflt));
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            lookup.labels.forEach(label -> work.push(code.indexOf(label)));
            work.push(code.indexOf(lookup.dflt));
        }
        boolean ends = opcode == Opcodes.GOTO || opcode == Opcodes.TABLESWITCH || opcode == Opcodes.LOOKUPSWITCH
                || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW;
        if (!ends && i + 1 < code.size()) {
            work.push(i + 1);
        }
    }
}
