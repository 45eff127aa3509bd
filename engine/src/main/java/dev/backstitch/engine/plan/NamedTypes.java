package dev.backstitch.engine.plan;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The classes that a method names in its signature and its instructions; not those only its stack maps know. */
final class NamedTypes {
    private final Set<String> descriptors = new HashSet<>();

    private NamedTypes() {}

    /** Their descriptors, those of an array's elements for the array. */
    static Set<String> of(MethodNode method) {
        NamedTypes types = new NamedTypes();
        types.add(Type.getMethodType(method.desc));
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof TypeInsnNode type) {
                types.add(Type.getObjectType(type.desc));
            } else if (insn instanceof MultiANewArrayInsnNode array) {
                types.add(Type.getType(array.desc));
            } else if (insn instanceof LdcInsnNode ldc) {
                types.add(ldc.cst instanceof Type type ? type : Type.getType(ldc.cst.getClass()));
            } else if (insn instanceof FieldInsnNode field) {
                types.add(Type.getObjectType(field.owner));
                types.add(Type.getType(field.desc));
            } else if (insn instanceof MethodInsnNode call) {
                types.add(Type.getObjectType(call.owner));
                types.add(Type.getMethodType(call.desc));
            } else if (insn instanceof InvokeDynamicInsnNode call) {
                types.add(Type.getMethodType(call.desc));
            }
        }
        return types.descriptors;
    }

    private void add(Type type) {
        if (type.getSort() == Type.METHOD) {
            add(type.getReturnType());
            for (Type argument : type.getArgumentTypes()) {
                add(argument);
            }
        } else {
            descriptors.add(type.getSort() == Type.ARRAY ? type.getElementType().getDescriptor() : type.getDescriptor());
        }
    }
}
