package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Empties the operand stack at every suspension point: what lies under the call's arguments goes to fresh locals before
 * it, and back behind it.
 *
 * <p>Precondition: no uninitialised object on the stack there. Postcondition: the stack holds the arguments of the call
 * and nothing else. {@code f(1L, await(x))}: {@code LSTORE t} before the call's argument is computed is not needed; the
 * stores stand directly at the point, so order of effects does not change.
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
        code.maxLocals = max;
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
