package dev.backstitch.tests.targets.handmade;

import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.InstructionAdapter;

/** Writes the body of a generator, instruction by instruction, with short forms of what every such body does. */
public final class Code extends InstructionAdapter {
    public static final String BOX = "java/lang/StringBuilder";
    public static final Type OBJECT = Type.getType(Object.class);
    private static final String GEN = "dev/backstitch/Gen";

    public Code(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /**
     * The class {@code name} with {@code @Generator static Gen made()}, whose code {@code body} writes.
     *
     * @param version of the class file; frames are computed from 50 on
     */
    public static Map<String, byte[]> generator(String name, int version, Consumer<Code> body) {
        ClassWriter writer = new ClassWriter(version < Opcodes.V1_6 ? ClassWriter.COMPUTE_MAXS : ClassWriter.COMPUTE_FRAMES);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        writer.visitSource("Handmade.txt", null);
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "made", "()L" + GEN + ";", null, new String[] {"java/lang/Exception"});
        method.visitAnnotation(Type.getDescriptor(Generator.class), false).visitEnd();
        var mark = method.visitAnnotation(Type.getDescriptor(HardCase.class), true);
        var cases = mark.visitArray("value");
        cases.visit(null, 0);
        cases.visitEnd();
        mark.visitEnd();
        method.visitCode();
        body.accept(new Code(method));
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return Map.of(name, writer.toByteArray());
    }

    /** → object: {@code Gen.yield(text)}. */
    public Code yield(String text) {
        aconst(text);
        return yieldTop();
    }

    /** object → object. */
    public Code yieldTop() {
        invokestatic(GEN, "yield", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        return this;
    }

    /** object → object, logged. */
    public Code log() {
        invokestatic(Type.getInternalName(Probe.class), "log", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        return this;
    }

    /** → boolean, unknown to anybody. */
    public Code unknown(boolean value) {
        invokestatic(Type.getInternalName(Probe.class), value ? "t" : "f", "()Z", false);
        return this;
    }

    /** object → String. */
    public Code string() {
        invokestatic("java/lang/String", "valueOf", "(Ljava/lang/Object;)Ljava/lang/String;", false);
        return this;
    }

    /** int → object. */
    public Code boxInt() {
        invokestatic("java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        return this;
    }

    /** long → object. */
    public Code boxLong() {
        invokestatic("java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
        return this;
    }

    /** double → object. */
    public Code boxDouble() {
        invokestatic("java/lang/Double", "valueOf", "(D)Ljava/lang/Double;", false);
        return this;
    }

    /** → uninitialised StringBuilder. */
    public Code newBox() {
        anew(Type.getObjectType(BOX));
        return this;
    }

    /** uninitialised StringBuilder, String →. */
    public Code initBox() {
        invokespecial(BOX, "<init>", "(Ljava/lang/String;)V", false);
        return this;
    }

    /** object → ends the body with it as the result. */
    public void end() {
        invokestatic(GEN, "end", "(Ljava/lang/Object;)L" + GEN + ";", false);
        areturn(Type.getObjectType(GEN));
    }

    /** object → the same, three times. */
    public void dupTwice() {
        dup();
        dup();
    }

    /** Ends the body without a result. */
    public void endNull() {
        aconst(null);
        areturn(Type.getObjectType(GEN));
    }
}
