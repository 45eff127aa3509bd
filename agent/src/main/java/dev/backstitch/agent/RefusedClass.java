package dev.backstitch.agent;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What {@code onError=fail} makes of a class that cannot be rewritten. An exception in a transformer means "unchanged" to
 * the JVM, so the class itself has to fail: its static initialiser is replaced by one that throws a {@link LinkageError}
 * with the diagnosis. That is the earliest place where a class of any shape, in any loader, can speak, and the JVM keeps
 * the message for whoever comes later.
 */
final class RefusedClass {
    /** Characters of the diagnosis that are kept: well below the limit of a constant in a class file. */
    private static final int LONGEST = 10_000;

    private RefusedClass() {}

    /**
     * The class, made to throw when it is initialised.
     *
     * @param internalName its name, for the case that the class file cannot even be read
     * @param message what it throws
     */
    static byte[] failing(String internalName, byte[] classFile, String message) {
        String kept = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new InitializerReplacer(writer, kept), 0);
            return writer.toByteArray();
        } catch (RuntimeException | StackOverflowError unreadable) {
            ClassWriter writer = new ClassWriter(0);
            writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, internalName, null, "java/lang/Object", null);
            writeInitializer(writer, kept);
            writer.visitEnd();
            return writer.toByteArray();
        }
    }

    private static void writeInitializer(ClassVisitor target, String message) {
        MethodVisitor code = target.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        code.visitTypeInsn(Opcodes.NEW, "java/lang/LinkageError");
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn(message);
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL, "java/lang/LinkageError", "<init>", "(Ljava/lang/String;)V", false);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(3, 0);
        code.visitEnd();
    }

    private static final class InitializerReplacer extends ClassVisitor {
        private final String message;

        InitializerReplacer(ClassVisitor next, String message) {
            super(Opcodes.ASM9, next);
            this.message = message;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return name.equals("<clinit>") ? null : super.visitMethod(access, name, descriptor, signature, exceptions);
        }

        @Override
        public void visitEnd() {
            writeInitializer(cv, message);
            super.visitEnd();
        }
    }
}
