package dev.backstitch.engine.flow;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Instructions chosen by verification type. */
public final class Insns {
    /** How many parameters a method can have, in slots, the receiver's included: the JVM's limit. */
    public static final int LARGEST_PARAMETERS = 255;

    private Insns() {}

    /** {@code opcode} (of an int: ILOAD, ISTORE) for a value of verification type {@code type}. */
    public static int typed(int opcode, Object type) {
        return kind(type).getOpcode(opcode);
    }

    /** The type whose instructions handle {@code type}: int, long, float, double or Object. */
    public static Type kind(Object type) {
        if (type == Opcodes.INTEGER) {
            return Type.INT_TYPE;
        }
        if (type == Opcodes.LONG) {
            return Type.LONG_TYPE;
        }
        if (type == Opcodes.FLOAT) {
            return Type.FLOAT_TYPE;
        }
        if (type == Opcodes.DOUBLE) {
            return Type.DOUBLE_TYPE;
        }
        return Type.getObjectType("java/lang/Object");
    }

    /** The field descriptor of a value of {@code type}. */
    public static String descriptor(Object type) {
        if (type instanceof String name) {
            return name.startsWith("[") ? name : "L" + name + ";";
        }
        return kind(type).getDescriptor();
    }

    /** The verification type of a parameter or field of {@code type}. */
    public static Object verificationType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    /** How many slots a value of {@code type} takes. */
    public static int size(Object type) {
        return TypedFrames.isWide(type) ? 2 : 1;
    }

    /** Stores a value of {@code type} in {@code slot}. */
    public static AbstractInsnNode store(Object type, int slot) {
        return new VarInsnNode(typed(Opcodes.ISTORE, type), slot);
    }

    /** Loads what {@link #store} stored; a null constant for a value that was one. */
    public static AbstractInsnNode load(Object type, int slot) {
        return type == Opcodes.NULL
                ? new InsnNode(Opcodes.ACONST_NULL)
                : new VarInsnNode(typed(Opcodes.ILOAD, type), slot);
    }

    /** Whether control never goes on behind {@code opcode}. */
    public static boolean endsFlow(int opcode) {
        return opcode == Opcodes.GOTO
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH
                || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN
                || opcode == Opcodes.ATHROW;
    }
}
