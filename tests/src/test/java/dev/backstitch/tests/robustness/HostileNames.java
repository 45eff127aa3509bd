package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.CLASS;
import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.REFUSED;
import static dev.backstitch.tests.robustness.Hostile.Expected.UNREADABLE;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.HostileClasses.finish;
import static dev.backstitch.tests.robustness.HostileClasses.generator;
import static dev.backstitch.tests.robustness.HostileClasses.indexOf;
import static dev.backstitch.tests.robustness.HostileClasses.writer;

import java.nio.ByteBuffer;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Names that the JVM allows and Java does not, or that meet those the engine makes, or that are missing. */
final class HostileNames {
    private static final int CLASS_CONSTANT = 7;
    private static final int STRING_CONSTANT = 8;

    private HostileNames() {}

    static List<Hostile> all() {
        return List.of(
                methods("spaces", WOVEN, "with space", " ", "\t"),
                methods("punctuation", WOVEN, "a-b", "a:b", "*", "\\", "\"", "?", "|", ",", "#", "%", "'", "=", "{}", "()", "@"),
                methods("characters like dots and slashes", WOVEN, "a\u2024b", "a\u2215b", "\uff0e\uff0e", "\u2028"),
                methods("other scripts", WOVEN, "\u7e2b\u3046", "\u05ea\u05e4\u05e8", "\ud83e\uddf5", "e\u0301", "\u00e9"),
                methods("half a surrogate pair", EITHER, "\ud83e"),
                methods("a zero", EITHER, "a\0b"),
                methods("names that differ in case", WOVEN, "name", "Name", "NAME", "nAmE"),
                methods("names of ours", WOVEN, "$$Frame", "made$$Frame", "made", "$state", "$0", "run", "call", "where", "clear",
                        "$suspend", "$await", "$stops"),
                methods("keywords", WOVEN, "class", "null", "int", "_", "lambda$0"),
                methods("a name of 300 characters", WOVEN, "n".repeat(300)),
                methods("a name of 20,000 characters", WOVEN, "n".repeat(20_000)),
                methods("a name of 60,000 characters", REFUSED, "n".repeat(60_000)),
                methods("a name of 65,535 characters", REFUSED, "n".repeat(65_535)),
                named("a class in a folder with spaces", WOVEN, "hos tile/Ma de"),
                named("a class named like a frame", WOVEN, "hostile/Made$small$$Frame"),
                named("a class with a name of 65,500 characters", REFUSED, "hostile/" + "N".repeat(65_492)),
                named("a class with a dot", UNREADABLE, "hostile.Made"),
                named("a class outside", EITHER, "../../outside"),
                named("a class with an empty folder", EITHER, "hostile//Made"),
                new Hostile("a class without a name", UNREADABLE, () -> nameless(made(CLASS, "small"), CLASS)),
                new Hostile("a class without a name in its nest", UNREADABLE, () -> nameless(referring(), "hostile/Other")),
                new Hostile("an interface without a name", UNREADABLE, () -> nameless(referring(), "hostile/Face")),
                new Hostile("a variable without a name", UNREADABLE, HostileNames::namelessVariable),
                new Hostile("a bootstrap method without its text", UNREADABLE, () -> nameless(referring(), "text")),
                new Hostile("a method that is the body already", REFUSED, HostileNames::bodyThere),
                new Hostile("the same method twice", REFUSED, HostileNames::twice));
    }

    private static Hostile methods(String name, Hostile.Expected expected, String... methods) {
        return new Hostile(name, expected, () -> made(CLASS, methods));
    }

    private static Hostile named(String name, Hostile.Expected expected, String className) {
        return new Hostile(name, expected, () -> made(className, "small"));
    }

    private static byte[] made(String className, String... methods) {
        ClassWriter writer = writer(className);
        for (String method : methods) {
            generator(writer, method, null);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Names another class, and gives a text to a bootstrap method, outside of what is rewritten. */
    private static byte[] referring() {
        ClassWriter writer = writer(CLASS, "hostile/Face");
        generator(writer, "small", null);
        writer.visitNestMember("hostile/Other");
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "other", "()V", null, null);
        method.visitCode();
        method.visitInvokeDynamicInsn("run", "()V", new Handle(Opcodes.H_INVOKESTATIC, CLASS, "link", "()V", false), "text");
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** The table of a method's variables names one by no constant. */
    private static byte[] namelessVariable() {
        ClassWriter writer = writer(CLASS);
        generator(writer, "small", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "other", "()V", null, null);
        method.visitCode();
        Label start = new Label();
        Label end = new Label();
        method.visitLabel(start);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(end);
        int name = writer.newUTF8("variable");
        int type = writer.newUTF8("I");
        method.visitLocalVariable("variable", "I", null, start, end, 3);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        byte[] classFile = writer.toByteArray();
        ByteBuffer.wrap(classFile).putShort(indexOf(classFile, name << 16 | type), (short) 0);
        return classFile;
    }

    /** Without the constants that are {@code text} or name a class so: they refer to nothing. */
    private static byte[] nameless(byte[] classFile, String text) {
        ClassReader reader = new ClassReader(classFile);
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            int tag = at == 0 ? 0 : classFile[at - 1];
            if ((tag == CLASS_CONSTANT || tag == STRING_CONSTANT) && text.equals(reader.readUTF8(at, new char[reader.getMaxStringLength()]))) {
                classFile[at] = 0;
                classFile[at + 1] = 0;
            }
        }
        return classFile;
    }

    private static byte[] twice() {
        return made(CLASS, "small", "small");
    }

    /** What the engine would make of the generator, but for the mark of a rewritten class. */
    private static byte[] bodyThere() {
        ClassWriter writer = writer(CLASS);
        generator(writer, "small", null);
        MethodVisitor body = writer.visitMethod(
                Opcodes.ACC_STATIC, "small", "(L" + CLASS + "$small$$Frame;)Ljava/lang/Object;", null, null);
        body.visitCode();
        finish(body);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
