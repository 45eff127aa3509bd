package dev.backstitch.tests.targets.handmade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.WeavingLoader;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Static generators that delegate to themselves, with parameters that leave no room or have names no compiler would give. */
class SelfDelegationTest {
    private static final String NAME = "handmade/Walk";
    private static final String GEN = "dev/backstitch/Gen";

    /**
     * {@code @Generator static Gen walk(p0, ...)}: if p0, an int, is positive it delegates to itself with one less and the same
     * others; then it yields the sum of the first {@code used} ints.
     */
    private static byte[] walking(String parameters, int used) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, NAME, null, "java/lang/Object", null);
        String desc = "(" + parameters + ")L" + GEN + ";";
        MethodVisitor m = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "walk", desc, null, null);
        m.visitAnnotation(Type.getDescriptor(Generator.class), false).visitEnd();
        m.visitCode();
        Label bottom = new Label();
        m.visitVarInsn(ILOAD, 0);
        m.visitJumpInsn(IFLE, bottom);
        m.visitVarInsn(ILOAD, 0);
        m.visitInsn(ICONST_M1);
        m.visitInsn(IADD);
        Type[] types = Type.getArgumentTypes(desc);
        for (int i = 1; i < types.length; i++) {
            if (i < used || types[i] != Type.INT_TYPE) {
                m.visitVarInsn(types[i].getOpcode(ILOAD), i);
            } else {
                m.visitInsn(ICONST_0); // the body has no use for it
            }
        }
        m.visitMethodInsn(INVOKESTATIC, NAME, "walk", desc, false);
        m.visitMethodInsn(INVOKESTATIC, GEN, "yieldFrom", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        m.visitInsn(POP);
        m.visitLabel(bottom);
        m.visitVarInsn(ILOAD, 0);
        for (int i = 1; i < used; i++) {
            m.visitVarInsn(ILOAD, i);
            m.visitInsn(IADD);
        }
        m.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        m.visitMethodInsn(INVOKESTATIC, GEN, "yield", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        m.visitInsn(POP);
        m.visitInsn(ACONST_NULL);
        m.visitInsn(ARETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static List<Object> run(Map<String, byte[]> classFiles, Object... arguments) throws Exception {
        Class<?> type = Class.forName(NAME.replace('/', '.'), true, WeavingLoader.of(classFiles));
        Method walk = Arrays.stream(type.getMethods()).filter(m -> m.getName().equals("walk")).findAny().orElseThrow();
        List<Object> values = new ArrayList<>();
        ((Gen<?>) walk.invoke(null, arguments)).forEachRemaining(values::add);
        return values;
    }

    @ParameterizedTest
    @CsvSource({"255, 10", "255, 253", "255, 254", "254, 10", "254, 253", "254, 254", "253, 253"})
    void should_work_when_there_are_as_many_parameters_as_a_class_file_can_hold(int count, int used) throws Exception {
        Object[] arguments = new Object[count];
        for (int i = 0; i < count; i++) {
            arguments[i] = i == 0 ? 2 : 1;
        }
        assertEquals(List.of(used - 1, used, used + 1), run(Map.of(NAME, walking("I".repeat(count), used)), arguments));
    }

    @Test
    void should_work_when_the_name_of_a_parameters_type_has_a_parenthesis() throws Exception {
        String odd = "handmade/Odd (x)";
        ClassWriter type = new ClassWriter(0);
        type.visit(V17, ACC_PUBLIC | ACC_SUPER, odd, null, "java/lang/Object", null);
        type.visitEnd();
        Map<String, byte[]> classFiles = new HashMap<>(Map.of(NAME, walking("IL" + odd + ";", 1), odd, type.toByteArray()));
        assertEquals(List.of(0, 1, 2), run(classFiles, 2, null));
    }
}
