package dev.backstitch.tests.robustness;

import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.targets.handmade.Code;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes what the hostile classes have in common. */
final class HostileClasses {
    static final String RETURNS_GEN = "()Ldev/backstitch/Gen;";

    private HostileClasses() {}

    /** A class with a generator that yields once, and what {@code more} adds. */
    static byte[] made(Consumer<ClassWriter> more) {
        return made("java/lang/Object", more);
    }

    /** As {@link #made(Consumer)}, with a superclass. */
    static byte[] made(String superName, Consumer<ClassWriter> more) {
        ClassWriter writer = extending(superName, Hostile.CLASS);
        generator(writer, "small", null);
        more.accept(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Begins a class. */
    static ClassWriter writer(String className, String... interfaces) {
        return extending("java/lang/Object", className, interfaces);
    }

    private static ClassWriter extending(String superName, String className, String... interfaces) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, className, null, superName, interfaces);
        return writer;
    }

    /** Adds a static generator that yields once. */
    static void generator(ClassWriter writer, String name, String signature) {
        generator(writer, Opcodes.ACC_STATIC, name, signature);
    }

    /** Adds a generator that yields once. */
    static void generator(ClassWriter writer, int access, String name, String signature) {
        Code code = generating(writer.visitMethod(Opcodes.ACC_PUBLIC | access, name, RETURNS_GEN, signature, null));
        code.yield("y").pop();
        finish(code);
    }

    /** Begins a static generator. */
    static Code generating(ClassWriter writer, String name) {
        return generating(method(writer, name, null));
    }

    private static Code generating(MethodVisitor method) {
        method.visitAnnotation(Type.getDescriptor(Generator.class), false).visitEnd();
        method.visitCode();
        return new Code(method);
    }

    /** Begins a static method that returns a generator, and is none. */
    static MethodVisitor method(ClassWriter writer, String name, String signature) {
        return writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, RETURNS_GEN, signature, null);
    }

    /** Ends a method by a return of null. */
    static void finish(MethodVisitor method) {
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Where {@code word} is first; it has to be there. */
    static int indexOf(byte[] bytes, int word) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int at = 0;
        while (buffer.getInt(at) != word) {
            at++;
        }
        return at;
    }
}
