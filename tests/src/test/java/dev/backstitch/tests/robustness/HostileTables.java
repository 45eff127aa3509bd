package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.CLASS;
import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.REFUSED;
import static dev.backstitch.tests.robustness.Hostile.Expected.UNREADABLE;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.Hostile.body;
import static org.objectweb.asm.Type.INT_TYPE;

import dev.backstitch.tests.targets.handmade.Code;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes whose tables are as large as a class file allows, or whose parts refer to themselves. */
final class HostileTables {
    private static final String GENERATOR = "Ldev/backstitch/annotations/Generator;";
    private static final String SUPPRESS = "Ldev/backstitch/annotations/Suppress;";
    private static final String RETURNS_GEN = "()Ldev/backstitch/Gen;";
    private static final String COROUTINE = "Ldev/backstitch/Coroutine;";
    private static final String SIGNATURE = "()Ldev/backstitch/Gen<Ljava/lang/Object;>;";

    private HostileTables() {}

    static List<Hostile> all() {
        return List.of(
                body("60,000 locals", EITHER, HostileTables::manyLocals),
                body("a yield with 3,000 locals that live", EITHER, c -> liveLocals(c, 3000)),
                body("a switch with 10,000 cases", WOVEN, HostileTables::giantSwitch),
                body("2,000 handlers of one instruction", WOVEN, c -> handlersOfOne(c, 2000)),
                body("20,000 handlers of the whole method", REFUSED, c -> handlersOfAll(c, 20_000)),
                body("1,500 yields", WOVEN, c -> yields(c, 1500)),
                body("10,000 yields", REFUSED, c -> yields(c, 10_000)),
                body("7,900 bytes with a yield", WOVEN, c -> nops(c, 7_900)),
                body("8,100 bytes with a yield", WOVEN, c -> nops(c, 8_100)),
                body("65,000 bytes with a yield", WOVEN, c -> nops(c, 65_000)),
                body("65,500 bytes with a yield", REFUSED, c -> nops(c, 65_500)),
                body("500 objects made over a yield", WOVEN, c -> objectsOverYields(c, 500)),
                made("65,525 constants", REFUSED, w -> constants(w, 65_525)),
                made("65,000 constants", WOVEN, w -> constants(w, 65_000)),
                made("5,000 methods, every fifth a generator", WOVEN, w -> methods(w, 5_000, 5)),
                made("1,000 generators", WOVEN, w -> methods(w, 1_000, 1)),
                made("stack maps that expand to a billion", REFUSED, w -> expandingFrames(w, 20_000)),
                made("60,000 locals in another method", WOVEN, HostileTables::localsElsewhere),
                made("1,500 handlers in another method", WOVEN, HostileTables::handlersElsewhere),
                made("annotations nested 20,000 deep", EITHER, w -> nestedAnnotations(w, 20_000)),
                new Hostile("a dynamic constant that needs itself", REFUSED, HostileTables::circularConstant),
                made("dynamic constants 300 deep", WOVEN, w -> dynamicConstants(w, 300)),
                made("a suppression that is none", EITHER, HostileTables::oddSuppression),
                made("a class that extends itself", EITHER, w -> {}, CLASS, null),
                made("local variables that overlap", EITHER, HostileTables::oddVariables),
                made("signatures that are none", EITHER, HostileTables::oddSignatures),
                made("operands left under a return", WOVEN, HostileTables::operandsUnderReturn),
                made("an await of nothing", EITHER, HostileTables::awaitOfNothing),
                new Hostile("a signature of a Code", WOVEN, HostileTables::signatureOfCode),
                made("a yield by invokeinterface", EITHER, HostileTables::yieldOfInstance),
                made("a variable of a method's type", UNREADABLE, w -> variableOf(w, "()V")),
                made("a variable of type void", UNREADABLE, w -> variableOf(w, "V")),
                made("an abstract generator with code", UNREADABLE, w -> generator(w, Opcodes.ACC_ABSTRACT, "other", null)),
                new Hostile("a Code that says it has an attribute more", UNREADABLE, HostileTables::attributeTooMany));
    }

    /** A class with a generator that yields once, and what {@code more} adds. */
    private static Hostile made(String name, Hostile.Expected expected, Consumer<ClassWriter> more) {
        return made(name, expected, more, "java/lang/Object", null);
    }

    private static Hostile made(
            String name, Hostile.Expected expected, Consumer<ClassWriter> more, String superName, String signature) {
        return new Hostile(name, expected, () -> {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, CLASS, signature, superName, null);
            generator(writer, "small", null);
            more.accept(writer);
            writer.visitEnd();
            return writer.toByteArray();
        });
    }

    static void generator(ClassWriter writer, String name, String signature) {
        generator(writer, Opcodes.ACC_STATIC, name, signature);
    }

    private static void generator(ClassWriter writer, int access, String name, String signature) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | access, name, RETURNS_GEN, signature, null);
        method.visitAnnotation(GENERATOR, false).visitEnd();
        method.visitCode();
        Code code = new Code(method);
        code.yield("y").pop();
        code.endNull();
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static MethodVisitor method(ClassWriter writer, String name, String signature) {
        return writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, RETURNS_GEN, signature, null);
    }

    /** What it takes for one is the signature of its method, which follows. */
    private static byte[] attributeTooMany() {
        ByteVector mark = new ByteVector().putInt(0xcafed00d);
        byte[] classFile = made("", REFUSED, writer -> {
            MethodVisitor method = method(writer, "other", SIGNATURE);
            method.visitAttribute(ofCode("Mark", mark));
            method.visitCode();
            new Code(method).endNull();
            method.visitMaxs(0, 0);
            method.visitEnd();
        }).made().get();
        int content = indexOf(classFile, 0xcafed00d);
        classFile[content - 7]++; // before it: how many attributes there are, its name, its length
        return classFile;
    }

    private static int indexOf(byte[] bytes, int word) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int at = 0;
        while (buffer.getInt(at) != word) {
            at++;
        }
        return at;
    }

    // ---------------------------------------------------------------- tables of a method

    private static void manyLocals(Code c) {
        for (int i = 0; i < 60_000; i += 60) {
            c.iconst(i);
            c.store(i, INT_TYPE);
        }
        c.yield("y").pop();
        for (int i = 0; i < 60_000; i += 60) {
            c.load(i, INT_TYPE);
            c.pop();
        }
        c.endNull();
    }

    private static void liveLocals(Code c, int count) {
        for (int i = 0; i < count; i++) {
            c.iconst(1);
            c.store(i, INT_TYPE);
        }
        c.yield("y").pop();
        for (int i = 0; i < count; i++) {
            c.load(i, INT_TYPE);
            c.pop();
        }
        c.endNull();
    }

    private static void giantSwitch(Code c) {
        Label one = new Label();
        Label two = new Label();
        Label[] cases = new Label[10_000];
        for (int i = 0; i < cases.length; i++) {
            cases[i] = i % 2 == 0 ? one : two;
        }
        c.iconst(5);
        c.tableswitch(0, cases.length - 1, two, cases);
        c.mark(one);
        c.yield("one").pop();
        c.mark(two);
        c.yield("two").pop();
        c.endNull();
    }

    private static void handlersOfOne(Code c, int count) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        for (int i = 0; i < count; i++) {
            c.visitTryCatchBlock(start, end, handler, i == 0 ? null : "java/lang/RuntimeException");
        }
        c.mark(start);
        c.yield("y");
        c.mark(end);
        c.pop();
        c.endNull();
        c.mark(handler);
        c.yieldTop().pop();
        c.endNull();
    }

    private static void handlersOfAll(Code c, int count) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        for (int i = 0; i < count; i++) {
            c.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        }
        c.mark(start);
        for (int i = 0; i < 1000; i++) {
            c.nop();
        }
        c.yield("y").pop();
        c.mark(end);
        c.endNull();
        c.mark(handler);
        c.pop();
        c.endNull();
    }

    private static void yields(Code c, int count) {
        for (int i = 0; i < count; i++) {
            c.yield("y").pop();
        }
        c.endNull();
    }

    private static void nops(Code c, int count) {
        c.yield("y").pop();
        for (int i = 0; i < count; i++) {
            c.nop();
        }
        c.endNull();
    }

    private static void objectsOverYields(Code c, int count) {
        for (int i = 0; i < count; i++) {
            c.newBox();
            c.dup();
            c.yield("inner").string();
            c.initBox();
            c.pop();
        }
        c.endNull();
    }

    // ---------------------------------------------------------------- tables of a class

    private static void constants(ClassWriter writer, int count) {
        int last = 0;
        for (int m = 0; last < count; m++) {
            MethodVisitor method = method(writer, "constants" + m, null);
            method.visitCode();
            for (int i = 0; i < 10_000 && last < count; i++) {
                int constant = 0x10000 + 10_000 * m + i;
                last = writer.newConst(constant);
                method.visitLdcInsn(constant);
                method.visitInsn(Opcodes.POP);
            }
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
    }

    private static void methods(ClassWriter writer, int count, int generators) {
        for (int i = 0; i < count; i++) {
            if (i % generators == 0) {
                generator(writer, "m" + i, null);
            } else {
                MethodVisitor method = method(writer, "m" + i, null);
                method.visitCode();
                method.visitInsn(Opcodes.ACONST_NULL);
                method.visitInsn(Opcodes.ARETURN);
                method.visitMaxs(0, 0);
                method.visitEnd();
            }
        }
    }

    /** A frame with many locals, and many that say no more than that they are the same. */
    private static void expandingFrames(ClassWriter writer, int count) {
        MethodVisitor method = method(writer, "frames", null);
        method.visitCode();
        for (int i = 0; i < count; i++) {
            if (i % 40 == 0) {
                method.visitInsn(Opcodes.ICONST_0);
                method.visitVarInsn(Opcodes.ISTORE, i);
            }
        }
        Object[] locals = new Object[count];
        Arrays.fill(locals, Opcodes.TOP);
        locals[0] = Opcodes.INTEGER;
        for (int i = 0; i < count; i += 40) {
            locals[i] = Opcodes.INTEGER;
        }
        method.visitFrame(Opcodes.F_FULL, count, locals, 0, new Object[0]);
        for (int i = 0; i < count; i++) {
            method.visitInsn(Opcodes.NOP);
            method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void localsElsewhere(ClassWriter writer) {
        MethodVisitor method = method(writer, "locals", null);
        method.visitCode();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, 60_000);
        for (int i = 0; i < 60_000; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void handlersElsewhere(ClassWriter writer) {
        MethodVisitor method = method(writer, "handlers", null);
        method.visitCode();
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        for (int i = 0; i < 1_500; i++) {
            method.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        }
        method.visitLabel(start);
        for (int i = 0; i < 3_000; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitLabel(end);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitLabel(handler);
        method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/RuntimeException"});
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    // ---------------------------------------------------------------- parts that refer to themselves, or are none

    private static void nestedAnnotations(ClassWriter writer, int depth) {
        AnnotationVisitor at = writer.visitAnnotation("Lhostile/Nested;", true);
        List<AnnotationVisitor> open = new java.util.ArrayList<>(List.of(at));
        for (int i = 0; i < depth; i++) {
            at = at.visitAnnotation("value", "Lhostile/Nested;");
            open.add(at);
        }
        for (int i = depth; i >= 0; i--) {
            open.get(i).visitEnd();
        }
    }

    /** The constant's own bootstrap method has it as an argument: ASM cannot write that, so its index is patched in. */
    private static byte[] circularConstant() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, CLASS, null, "java/lang/Object", null);
        generator(writer, "small", null);
        dynamicConstants(writer, 1);
        writer.visitEnd();
        byte[] made = writer.toByteArray();
        List<Integer> bootstraps = ClassFileParts.of(made).of(ClassFileParts.Part.BOOTSTRAP_METHODS);
        int argument = bootstraps.get(bootstraps.size() - 2);
        ClassReader reader = new ClassReader(made);
        for (int i = 1; i < reader.getItemCount(); i++) {
            if (reader.getItem(i) > 0 && made[reader.getItem(i) - 1] == 17) { // CONSTANT_Dynamic
                made[argument] = (byte) (i >> 8);
                made[argument + 1] = (byte) i;
            }
        }
        return made;
    }

    /** A dynamic constant whose bootstrap method has another as an argument, and so on. */
    private static void dynamicConstants(ClassWriter writer, int depth) {
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC, "java/lang/invoke/ConstantBootstraps", "nullConstant",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;", false);
        Object constant = "innermost";
        for (int i = 0; i < depth; i++) {
            constant = new ConstantDynamic("c" + i, "Ljava/lang/Object;", bootstrap, constant);
        }
        MethodVisitor method = method(writer, "constant", null);
        method.visitCode();
        method.visitLdcInsn(constant);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
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
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static MethodVisitor coroutine(ClassWriter writer, String name) {
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_STATIC, name, "(" + COROUTINE + ")" + COROUTINE, null, null);
        method.visitAnnotation("Ldev/backstitch/annotations/Async;", false).visitEnd();
        method.visitCode();
        return method;
    }

    /** Of the last await's result, too. */
    private static void operandsUnderReturn(ClassWriter writer) {
        MethodVisitor method = coroutine(writer, "leaves");
        method.visitInsn(Opcodes.ICONST_1);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC, "dev/backstitch/Coroutine", "await", "(" + COROUTINE + ")Ljava/lang/Object;", false);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void awaitOfNothing(ClassWriter writer) {
        MethodVisitor method = coroutine(writer, "nothing");
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/backstitch/Coroutine", "await", "()V", false);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** The method has one, too. */
    private static byte[] signatureOfCode() {
        return made("", WOVEN, writer -> {
            MethodVisitor method = method(writer, "other", SIGNATURE);
            int signature = writer.newUTF8(SIGNATURE);
            method.visitAttribute(ofCode("Signature", new ByteVector().putShort(signature)));
            method.visitCode();
            new Code(method).endNull();
            method.visitMaxs(0, 0);
            method.visitEnd();
        }).made().get();
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

    /** In one branch, so that it matters how many operands it takes. */
    private static void yieldOfInstance(ClassWriter writer) {
        MethodVisitor method = method(writer, "instance", null);
        method.visitAnnotation(GENERATOR, false).visitEnd();
        method.visitCode();
        Code code = new Code(method);
        code.yield("y").pop();
        code.iconst(0);
        Label end = new Label();
        method.visitJumpInsn(Opcodes.IFEQ, end);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitMethodInsn(Opcodes.INVOKEINTERFACE, "dev/backstitch/Gen", "yield", "(Ljava/lang/Object;)Ljava/lang/Object;", true);
        method.visitInsn(Opcodes.POP);
        method.visitLabel(end);
        method.visitFrame(Opcodes.F_NEW, 0, null, 0, null);
        code.endNull();
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void variableOf(ClassWriter writer, String type) {
        MethodVisitor method = method(writer, "variable", null);
        method.visitAnnotation(GENERATOR, false).visitEnd();
        method.visitCode();
        Label start = new Label();
        method.visitLabel(start);
        Code code = new Code(method);
        code.iconst(1);
        code.store(0, INT_TYPE);
        code.yield("y").pop();
        Label end = new Label();
        method.visitLabel(end);
        code.endNull();
        method.visitLocalVariable("v", type, null, start, end, 0);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void oddVariables(ClassWriter writer) {
        MethodVisitor method = method(writer, "variables", null);
        method.visitAnnotation(GENERATOR, false).visitEnd();
        method.visitCode();
        Label start = new Label();
        Label end = new Label();
        method.visitLabel(start);
        Code code = new Code(method);
        code.iconst(1);
        code.store(0, INT_TYPE);
        code.yield("y").pop();
        code.load(0, INT_TYPE);
        code.pop();
        method.visitLabel(end);
        code.endNull();
        for (int i = 0; i < 2_000; i++) {
            method.visitLocalVariable("v" + i, i % 2 == 0 ? "I" : "Ljava/lang/String;", null, start, end, i % 3);
        }
        method.visitLocalVariable("none", "not a type", "nor this", start, end, 70);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void oddSignatures(ClassWriter writer) {
        generator(writer, "a", "");
        generator(writer, "b", "()Ldev/backstitch/Gen<");
        generator(writer, "c", "<<<>>>");
        generator(writer, "d", "()" + "Ldev/backstitch/Gen<".repeat(3_000));
        generator(writer, "e", "()Ldev/backstitch/Gen<[[[[TX;>;^");
    }
}
