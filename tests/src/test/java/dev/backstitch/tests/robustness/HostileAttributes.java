package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.CLASS;
import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.UNREADABLE;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.Hostile.made;
import static dev.backstitch.tests.robustness.HostileClasses.RETURNS_GEN;
import static dev.backstitch.tests.robustness.HostileClasses.finish;
import static dev.backstitch.tests.robustness.HostileClasses.generating;
import static dev.backstitch.tests.robustness.HostileClasses.generator;
import static dev.backstitch.tests.robustness.HostileClasses.indexOf;
import static dev.backstitch.tests.robustness.HostileClasses.method;
import static org.objectweb.asm.Type.INT_TYPE;

import dev.backstitch.annotations.Suppress;
import dev.backstitch.tests.targets.handmade.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Classes whose annotations, signatures, tables of variables, lengths or superclass are not what such things are. */
final class HostileAttributes {
    private static final String SUPPRESS = Type.getDescriptor(Suppress.class);
    private static final String SIGNATURE = "()Ldev/backstitch/Gen<Ljava/lang/Object;>;";

    private HostileAttributes() {}

    static List<Hostile> all() {
        return List.of(
                made("annotations nested 20,000 deep", EITHER, w -> nestedAnnotations(w, 20_000)),
                made("a suppression that is none", EITHER, HostileAttributes::oddSuppression),
                new Hostile("a class that extends itself", EITHER, () -> HostileClasses.made(CLASS, w -> {})),
                made("local variables that overlap", EITHER, HostileAttributes::oddVariables),
                made("signatures that are none", EITHER, HostileAttributes::oddSignatures),
                made("a signature of a Code", WOVEN, HostileAttributes::signatureOfCode),
                made("a variable of a method's type", UNREADABLE, w -> variableOf(w, "()V")),
                made("a variable of type void", UNREADABLE, w -> variableOf(w, "V")),
                made("an abstract generator with code", UNREADABLE, w -> generator(w, Opcodes.ACC_ABSTRACT, "other", null)),
                new Hostile("a Code that says it has an attribute more", UNREADABLE, HostileAttributes::attributeTooMany),
                new Hostile("a byte behind the last attribute", UNREADABLE, HostileAttributes::byteTooMany));
    }

    private static void nestedAnnotations(ClassWriter writer, int depth) {
        AnnotationVisitor at = writer.visitAnnotation("Lhostile/Nested;", true);
        List<AnnotationVisitor> open = new ArrayList<>(List.of(at));
        for (int i = 0; i < depth; i++) {
            at = at.visitAnnotation("value", "Lhostile/Nested;");
            open.add(at);
        }
        for (int i = depth; i >= 0; i--) {
            open.get(i).visitEnd();
        }
    }

    private static void oddSuppression(ClassWriter writer) {
        AnnotationVisitor empty = writer.visitAnnotation(SUPPRESS, false);
        empty.visit("value", "not an array");
        empty.visitEnd();
        MethodVisitor method = method(writer, "dropped", null);
        AnnotationVisitor other = method.visitAnnotation(SUPPRESS, false);
        other.visit("other", 5);
        other.visitEnd();
        method.visitCode();
        method.visitMethodInsn(Opcodes.INVOKESTATIC, CLASS, "small", RETURNS_GEN, false);
        method.visitInsn(Opcodes.POP);
        finish(method);
    }

    /** What it takes for one is the signature of its method, which follows. */
    private static byte[] attributeTooMany() {
        ByteVector mark = new ByteVector().putInt(0xcafed00d);
        byte[] classFile = HostileClasses.made(writer -> {
            MethodVisitor method = method(writer, "other", SIGNATURE);
            method.visitAttribute(ofCode("Mark", mark));
            method.visitCode();
            finish(method);
        });
        int content = indexOf(classFile, 0xcafed00d);
        classFile[content - 7]++; // before it: how many attributes there are, its name, its length
        return classFile;
    }

    private static byte[] byteTooMany() {
        byte[] classFile = HostileClasses.made(writer -> {});
        return Arrays.copyOf(classFile, classFile.length + 1);
    }

    /** The method has one, too. */
    private static void signatureOfCode(ClassWriter writer) {
        MethodVisitor method = method(writer, "other", SIGNATURE);
        int signature = writer.newUTF8(SIGNATURE);
        method.visitAttribute(ofCode("Signature", new ByteVector().putShort(signature)));
        method.visitCode();
        finish(method);
    }

    private static Attribute ofCode(String name, ByteVector content) {
        return new Attribute(name) {
            @Override
            public boolean isCodeAttribute() {
                return true;
            }

            @Override
            protected ByteVector write(ClassWriter w, byte[] code, int length, int maxStack, int maxLocals) {
                return content;
            }
        };
    }

    private static void variableOf(ClassWriter writer, String type) {
        Code code = generating(writer, "variable");
        Label start = new Label();
        code.visitLabel(start);
        code.iconst(1);
        code.store(0, INT_TYPE);
        code.yield("y").pop();
        Label end = new Label();
        code.visitLabel(end);
        code.endNull();
        code.visitLocalVariable("v", type, null, start, end, 0);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void oddVariables(ClassWriter writer) {
        Code code = generating(writer, "variables");
        Label start = new Label();
        Label end = new Label();
        code.visitLabel(start);
        code.iconst(1);
        code.store(0, INT_TYPE);
        code.yield("y").pop();
        code.load(0, INT_TYPE);
        code.pop();
        code.visitLabel(end);
        code.endNull();
        for (int i = 0; i < 2_000; i++) {
            code.visitLocalVariable("v" + i, i % 2 == 0 ? "I" : "Ljava/lang/String;", null, start, end, i % 3);
        }
        code.visitLocalVariable("none", "not a type", "nor this", start, end, 70);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void oddSignatures(ClassWriter writer) {
        generator(writer, "a", "");
        generator(writer, "b", "()Ldev/backstitch/Gen<");
        generator(writer, "c", "<<<>>>");
        generator(writer, "d", "()" + "Ldev/backstitch/Gen<".repeat(3_000));
        generator(writer, "e", "()Ldev/backstitch/Gen<[[[[TX;>;^");
    }
}
