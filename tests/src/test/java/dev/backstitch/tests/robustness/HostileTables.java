package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.REFUSED;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.Hostile.body;
import static dev.backstitch.tests.robustness.Hostile.made;
import static dev.backstitch.tests.robustness.HostileClasses.finish;
import static dev.backstitch.tests.robustness.HostileClasses.generator;
import static dev.backstitch.tests.robustness.HostileClasses.method;
import static org.objectweb.asm.Type.INT_TYPE;

import dev.backstitch.tests.targets.handmade.Code;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes whose tables are as large as a class file allows. */
final class HostileTables {
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
                made("1,500 handlers in another method", WOVEN, HostileTables::handlersElsewhere));
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
            finish(method);
        }
    }

    private static void methods(ClassWriter writer, int count, int generators) {
        for (int i = 0; i < count; i++) {
            if (i % generators == 0) {
                generator(writer, "m" + i, null);
            } else {
                MethodVisitor method = method(writer, "m" + i, null);
                method.visitCode();
                finish(method);
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
        finish(method);
    }

    private static void localsElsewhere(ClassWriter writer) {
        MethodVisitor method = method(writer, "locals", null);
        method.visitCode();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, 60_000);
        for (int i = 0; i < 60_000; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        finish(method);
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
        finish(method);
    }
}
