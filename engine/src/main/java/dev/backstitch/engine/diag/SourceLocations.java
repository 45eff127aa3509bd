package dev.backstitch.engine.diag;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Makes locations of what stands in a class. */
public final class SourceLocations {
    private SourceLocations() {}

    /** The class itself. */
    public static SourceLocation of(ClassNode type) {
        return new SourceLocation(type.name.replace('/', '.'), null, type.sourceFile, 0);
    }

    /** The first line of {@code method}. */
    public static SourceLocation of(ClassNode type, MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                return at(type, method, number.line, null);
            }
        }
        return at(type, method, 0, null);
    }

    /** The line of {@code insn} in {@code method}. */
    public static SourceLocation of(ClassNode type, MethodNode method, AbstractInsnNode insn) {
        String call = insn instanceof MethodInsnNode m ? m.name : null;
        for (AbstractInsnNode i = insn; i != null; i = i.getPrevious()) {
            if (i instanceof LineNumberNode number) {
                return at(type, method, number.line, call);
            }
        }
        return at(type, method, 0, call);
    }

    private static SourceLocation at(ClassNode type, MethodNode method, int line, String call) {
        return new SourceLocation(type.name.replace('/', '.'), method.name, type.sourceFile, line, call);
    }
}
