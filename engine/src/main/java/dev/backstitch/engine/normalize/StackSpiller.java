package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Empties the operand stack at every suspension point: what lies under the call's arguments goes to fresh locals before
 * it, and back behind it. What lies under a value that is returned, as the JVM allows and no compiler writes, goes away.
 *
 * <p>Precondition: no uninitialised object on the stack there. Postcondition: the stack holds the arguments of the call
 * and nothing else; at a return, the value. {@code f(1L, await(x))}: {@code LSTORE t} before the call's argument is computed
 * is not needed; the stores stand directly at the point, so order of effects does not change.
 */
public final class StackSpiller {
    /** Each takes more than two bytes, of 65,535. */
    private static final int MOST_SPILLED = 30_000;

    private StackSpiller() {}

    /** Rewrites the code of {@code body}. */
    public static void spill(Body body) {
        MethodNode code = body.code();
        TypedFrames types = TypedFrames.of(body.owner(), code, LocalShifter.entryLocals(body));
        int base = code.maxLocals;
        int max = base;
        int spilled = 0;
        Map<SuspensionPoint, Integer> indices = new HashMap<>();
        body.points().forEach(p -> indices.put(p, code.instructions.indexOf(p.call()))); // before any edit moves them
        Map<AbstractInsnNode, List<Object>> returns = returnsWithMore(code, types);
        for (SuspensionPoint point : body.points()) {
            MethodInsnNode call = point.call();
            int index = indices.get(point);
            if (!types.isReachable(index)) {
                continue;
            }
            List<Object> stack = types.stack(index);
            int arguments = Type.getArgumentCount(call.desc) + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
            int under = stack.size() - arguments;
            if (under > 0) {
                max = Math.max(max, spillUnder(code, call, stack, under, base));
                spilled += stack.size();
                if (spilled > MOST_SPILLED) {
                    throw new TooComplexException(code.name + " suspends over more than " + MOST_SPILLED + " operands in all");
                }
            }
        }
        for (Map.Entry<AbstractInsnNode, List<Object>> end : returns.entrySet()) {
            code.instructions.insertBefore(end.getKey(), onlyTop(end.getValue(), base));
            max = Math.max(max, base + 1);
        }
        code.maxLocals = max;
    }

    /** The returns with more on the stack than what is returned, and what. */
    private static Map<AbstractInsnNode, List<Object>> returnsWithMore(MethodNode code, TypedFrames types) {
        Map<AbstractInsnNode, List<Object>> returns = new LinkedHashMap<>();
        int index = 0;
        for (AbstractInsnNode insn : code.instructions) {
            if (insn.getOpcode() == Opcodes.ARETURN && types.isReachable(index) && types.stack(index).size() > 1) {
                returns.put(insn, types.stack(index));
            }
            index++;
        }
        return returns;
    }

    private static InsnList onlyTop(List<Object> stack, int temp) {
        int top = stack.size() - 1;
        InsnList list = new InsnList();
        list.add(stack.get(top) == Opcodes.NULL ? new InsnNode(Opcodes.POP) : Insns.store(stack.get(top), temp));
        for (int i = top - 1; i >= 0; i--) {
            list.add(new InsnNode(TypedFrames.isWide(stack.get(i)) ? Opcodes.POP2 : Opcodes.POP));
        }
        list.add(Insns.load(stack.get(top), temp));
        return list;
    }

    private static int spillUnder(MethodNode code, MethodInsnNode call, List<Object> stack, int under, int base) {
        int[] temps = new int[stack.size()];
        int temp = base;
        for (int i = 0; i < stack.size(); i++) {
            temps[i] = temp;
            temp += Insns.size(stack.get(i));
        }
        InsnList before = new InsnList();
        for (int i = stack.size() - 1; i >= 0; i--) {
            Object type = stack.get(i);
            before.add(type == Opcodes.NULL ? new InsnNode(Opcodes.POP) : Insns.store(type, temps[i]));
        }
        for (int i = under; i < stack.size(); i++) {
            before.add(Insns.load(stack.get(i), temps[i]));
        }
        Type returned = Type.getReturnType(call.desc);
        Object result = Insns.verificationType(returned);
        InsnList after = new InsnList();
        after.add(Insns.store(result, temp));
        for (int i = 0; i < under; i++) {
            after.add(Insns.load(stack.get(i), temps[i]));
        }
        after.add(Insns.load(result, temp));
        code.instructions.insertBefore(call, before);
        code.instructions.insert(call, after);
        return temp + Insns.size(result);
    }
}
