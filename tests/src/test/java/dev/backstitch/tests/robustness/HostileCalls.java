package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.CLASS;
import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.REFUSED;
import static dev.backstitch.tests.robustness.Hostile.Expected.UNREADABLE;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.Hostile.body;
import static dev.backstitch.tests.robustness.Hostile.made;
import static dev.backstitch.tests.robustness.HostileClasses.finish;
import static dev.backstitch.tests.robustness.HostileClasses.generating;
import static dev.backstitch.tests.robustness.HostileClasses.method;

import dev.backstitch.tests.targets.handmade.Code;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Calls, and constants that are made by calls, as no compiler writes them. */
final class HostileCalls {
    private static final String GEN = "dev/backstitch/Gen";
    private static final String YIELD = "(Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String COROUTINE = "Ldev/backstitch/Coroutine;";

    private HostileCalls() {}

    static List<Hostile> all() {
        return List.of(
                new Hostile("a dynamic constant that needs itself", REFUSED, HostileCalls::circularConstant),
                made("dynamic constants 300 deep", WOVEN, w -> dynamicConstants(w, 300)),
                made("operands left under a return", WOVEN, HostileCalls::operandsUnderReturn),
                made("an await of nothing", EITHER, HostileCalls::awaitOfNothing),
                made("a yield by invokeinterface", EITHER, HostileCalls::yieldOfInstance),
                made("a handle of a yield that is not static", WOVEN, HostileCalls::handleOfInstance),
                body("a constructor called as a static method", UNREADABLE, HostileCalls::constructorAsMethod));
    }

    /** The constant's own bootstrap method has it as an argument: ASM cannot write that, so its index is patched in. */
    private static byte[] circularConstant() {
        byte[] made = HostileClasses.made(writer -> dynamicConstants(writer, 1));
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
        finish(method);
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

    /** In one branch, so that it matters how many operands it takes. */
    private static void yieldOfInstance(ClassWriter writer) {
        Code code = generating(writer, "instance");
        code.yield("y").pop();
        code.iconst(0);
        Label end = new Label();
        code.visitJumpInsn(Opcodes.IFEQ, end);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, GEN, "yield", YIELD, true);
        code.visitInsn(Opcodes.POP);
        code.visitLabel(end);
        code.visitFrame(Opcodes.F_NEW, 0, null, 0, null);
        finish(code);
    }

    /** The JVM says that it is not, once the call is linked; before, nothing is wrong with it. */
    private static void handleOfInstance(ClassWriter writer) {
        MethodVisitor method = method(writer, "handle", null);
        method.visitCode();
        method.visitInvokeDynamicInsn(
                "run", "()V", new Handle(Opcodes.H_INVOKESTATIC, CLASS, "link", "()V", false),
                new Handle(Opcodes.H_INVOKEVIRTUAL, GEN, "yield", YIELD, false));
        finish(method);
    }

    /** Nothing is there that it could make, while another object is made over a yield. */
    private static void constructorAsMethod(Code c) {
        c.newBox();
        c.dup();
        c.yield("inner").string();
        c.initBox();
        c.pop();
        c.invokestatic("java/lang/Object", "<init>", "()V", false);
        c.endNull();
    }
}
