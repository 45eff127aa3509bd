package dev.backstitch.engine.points;

import dev.backstitch.engine.flow.HeldMonitors;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspendingMethod;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Any method as if it had been written as a coroutine that suspends before each of its calls, by a request and by an await
 * in turn. All that lies on the operand stack for the call, half-made objects too, has to survive that.
 *
 * <pre>
 *   a, b, INVOKEVIRTUAL f        becomes    a, b, Coroutine.suspend(null) or await(Storm.turn()), POP, INVOKEVIRTUAL f
 *   IRETURN                      becomes    Coroutine.of(Integer.valueOf(it)), ARETURN
 * </pre>
 *
 * <p>A call under a monitor of the method's own is no point: a suspension there is refused. That of a synchronized method
 * is held by the stub.
 *
 * @param suspending a copy of the method under its name, with a coroutine for its result; the method stays as it was
 * @param underMonitors how many calls are no points
 */
public record StormMethod(SuspendingMethod suspending, int underMonitors) {

    /** Whether {@code method} has code that can be suspended: constructors and initialisers cannot. */
    public static boolean isPossible(MethodNode method) {
        return method.instructions.size() > 0 && method.name.charAt(0) != '<';
    }

    /** The copy of {@code method}. */
    public static StormMethod of(MethodNode method) {
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_STRICT) | Opcodes.ACC_SYNTHETIC,
                method.name,
                method.desc.substring(0, method.desc.indexOf(')') + 1) + "L" + RuntimeSymbols.COROUTINE + ";",
                null,
                null);
        method.accept(copy);
        List<SuspensionPoint> points = new ArrayList<>();
        int underMonitors = 0;
        HeldMonitors held = heldMonitors(copy);
        int line = 0;
        int index = -1;
        for (AbstractInsnNode insn : copy.instructions.toArray()) {
            index++;
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            } else if (insn instanceof MethodInsnNode || insn instanceof InvokeDynamicInsnNode) {
                if (held != null && held.anyAt(index)) {
                    underMonitors++;
                } else {
                    points.add(suspendBefore(copy.instructions, insn, points.size() + 1, line));
                }
            } else if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                returnCoroutine(copy.instructions, insn, Type.getReturnType(method.desc));
            }
        }
        return new StormMethod(
                new SuspendingMethod(copy, ReturnShape.COROUTINE, points, List.of(), Map.of()), underMonitors);
    }

    private static HeldMonitors heldMonitors(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.MONITORENTER) {
                return HeldMonitors.of(method);
            }
        }
        return null;
    }

    private static SuspensionPoint suspendBefore(InsnList code, AbstractInsnNode insn, int state, int line) {
        boolean awaits = state % 2 == 0;
        InsnList list = new InsnList();
        list.add(awaits
                ? new MethodInsnNode(
                        Opcodes.INVOKESTATIC, RuntimeSymbols.STORM, RuntimeSymbols.STORM_TURN,
                        RuntimeSymbols.STORM_TURN_DESC, false)
                : new InsnNode(Opcodes.ACONST_NULL));
        MethodInsnNode point = new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                RuntimeSymbols.COROUTINE,
                awaits ? RuntimeSymbols.AWAIT : RuntimeSymbols.SUSPEND,
                awaits ? "(L" + RuntimeSymbols.AWAITABLE + ";)Ljava/lang/Object;" : "(Ljava/lang/Object;)Ljava/lang/Object;",
                false);
        list.add(point);
        list.add(new InsnNode(Opcodes.POP));
        code.insertBefore(insn, list);
        return new SuspensionPoint(point, awaits ? PointKind.AWAIT : PointKind.SUSPEND, state, line, null);
    }

    private static void returnCoroutine(InsnList code, AbstractInsnNode ret, Type type) {
        InsnList list = new InsnList();
        String box = boxOf(type);
        if (type == Type.VOID_TYPE) {
            list.add(new InsnNode(Opcodes.ACONST_NULL));
        } else {
            if (box != null) {
                narrow(list, type);
                list.add(new MethodInsnNode(
                        Opcodes.INVOKESTATIC, box, "valueOf", "(" + type + ")L" + box + ";", false));
            }
            list.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, RuntimeSymbols.COROUTINE, RuntimeSymbols.OF, RuntimeSymbols.OF_DESC, false));
        }
        code.insertBefore(ret, list);
        code.set(ret, new InsnNode(Opcodes.ARETURN));
    }

    /** An int may be returned as something narrower without more ado: IRETURN drops the rest of it. */
    private static void narrow(InsnList list, Type type) {
        switch (type.getSort()) {
            case Type.BOOLEAN -> {
                list.add(new InsnNode(Opcodes.ICONST_1));
                list.add(new InsnNode(Opcodes.IAND));
            }
            case Type.BYTE -> list.add(new InsnNode(Opcodes.I2B));
            case Type.CHAR -> list.add(new InsnNode(Opcodes.I2C));
            case Type.SHORT -> list.add(new InsnNode(Opcodes.I2S));
            default -> { }
        }
    }

    /** The class of the boxes of a primitive type; null for others. */
    private static String boxOf(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> null;
        };
    }
}
