package dev.backstitch.engine.emit;

import dev.backstitch.engine.hierarchy.TypeHierarchy;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SerialVersionUIDAdder;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * Keeps the {@code serialVersionUID} of a class that does not declare one: the JVM computes it from the members that are
 * not private, and the bodies are such members. So the original's value is declared. A class that cannot be serialized
 * stays without: reflection would show the field.
 */
public final class SerialVersion {
    private SerialVersion() {}

    /** Declares in {@code type} the value that {@code original} has, if it could ever be asked for. */
    public static void keep(ClassNode type, byte[] original, TypeHierarchy hierarchy) {
        if (type.superName == null) {
            return; // java.lang.Object itself
        }
        boolean plain = type.superName.equals("java/lang/Object") && type.interfaces.isEmpty();
        int special = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;
        if (plain || (type.access & special) != 0 || type.superName.equals("java/lang/Record")) {
            return;
        }
        if (type.fields.stream().anyMatch(f -> f.name.equals("serialVersionUID"))) {
            return;
        }
        if (hierarchy.isSubtype(type.name, "java/io/Serializable") == TypeHierarchy.Answer.NO) {
            return;
        }
        new ClassReader(original)
                .accept(
                        new SerialVersionUIDAdder(Opcodes.ASM9, null) {
                            @Override
                            protected void addSVUID(long value) {
                                type.fields.add(new FieldNode(
                                        Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
                                        "serialVersionUID", "J", null, value));
                            }
                        },
                        ClassReader.SKIP_CODE);
    }
}
