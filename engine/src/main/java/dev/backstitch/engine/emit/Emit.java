package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The instructions that the emitters write. */
final class Emit {
    private Emit() {}

    static AbstractInsnNode op(int opcode) {
        return new InsnNode(opcode);
    }

    static AbstractInsnNode load(int local) {
        return new VarInsnNode(ALOAD, local);
    }

    static AbstractInsnNode store(int local) {
        return new VarInsnNode(ASTORE, local);
    }

    static AbstractInsnNode jump(LabelNode to) {
        return new JumpInsnNode(GOTO, to);
    }

    static AbstractInsnNode getField(String owner, String name, String desc) {
        return new FieldInsnNode(GETFIELD, owner, name, desc);
    }

    static AbstractInsnNode putField(String owner, String name, String desc) {
        return new FieldInsnNode(PUTFIELD, owner, name, desc);
    }

    static AbstractInsnNode cast(String type) {
        return new TypeInsnNode(CHECKCAST, type);
    }

    static AbstractInsnNode suspended() {
        return new FieldInsnNode(
                GETSTATIC, RuntimeSymbols.SIGNAL, RuntimeSymbols.SUSPENDED, "L" + RuntimeSymbols.SIGNAL + ";");
    }

    /** A call of the frame class's package-private bridge to a protected method of the runtime. */
    static AbstractInsnNode bridge(Body body, String name, String desc) {
        return new MethodInsnNode(INVOKEVIRTUAL, body.frameName(), "$" + name, desc, false);
    }

    static AbstractInsnNode bridgeStatic(Body body, String name, String desc) {
        return new MethodInsnNode(INVOKESTATIC, body.frameName(), "$" + name, desc, false);
    }

    static AbstractInsnNode constant(int value) {
        if (value <= 5) {
            return new InsnNode(ICONST_0 + value);
        }
        if (value <= Byte.MAX_VALUE) {
            return new IntInsnNode(BIPUSH, value);
        }
        return value <= Short.MAX_VALUE ? new IntInsnNode(SIPUSH, value) : new LdcInsnNode(value);
    }

    static AbstractInsnNode loadInt(int local) {
        return new VarInsnNode(ILOAD, local);
    }

    /** What a frame may be the call of: see {@code Coroutine.call}. */
    static AbstractInsnNode method(MethodInsnNode call) {
        return new LdcInsnNode(methodOf(call.name, call.desc));
    }

    static String methodOf(String name, String desc) {
        return name + desc;
    }

    static void unboxBoolean(InsnList to) {
        unbox(to, Type.BOOLEAN_TYPE);
    }

    /** Makes of the object on the stack a value of {@code type}, of which it may be the box; nothing of it for {@code void}. */
    static void unbox(InsnList to, Type type) {
        switch (type.getSort()) {
            case Type.VOID -> to.add(op(POP));
            case Type.BOOLEAN -> unbox(to, type, "java/lang/Boolean");
            case Type.CHAR -> unbox(to, type, "java/lang/Character");
            case Type.OBJECT, Type.ARRAY -> {
                if (!type.getInternalName().equals("java/lang/Object")) {
                    to.add(cast(type.getInternalName()));
                }
            }
            default -> unbox(to, type, "java/lang/Number");
        }
    }

    private static void unbox(InsnList to, Type type, String box) {
        to.add(cast(box));
        to.add(new MethodInsnNode(INVOKEVIRTUAL, box, type.getClassName() + "Value", "()" + type, false));
    }
}
