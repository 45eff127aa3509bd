package dev.backstitch.tests.targets.handmade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.Coroutine;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.WeavingLoader;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Coroutines whose parameters leave no room, or stand where other values are kept later. */
class ParametersTest {
    private static final String NAME = "handmade/Parameters";
    private static final String COROUTINE = "dev/backstitch/Coroutine";

    /** {@code @Async static Coroutine made()}, which awaits {@code callee} with constants; and that. */
    private static Map<String, byte[]> classOf(int access, String parameters, Consumer<MethodVisitor> callee) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, NAME, null, "java/lang/Object", null);
        String desc = "(" + parameters + ")L" + COROUTINE + ";";
        MethodVisitor made = method(writer, ACC_PUBLIC, "made", "()L" + COROUTINE + ";");
        var mark = made.visitAnnotation(Type.getDescriptor(HardCase.class), true);
        var cases = mark.visitArray("value");
        cases.visit(null, 56);
        cases.visitEnd();
        mark.visitEnd();
        made.visitCode();
        for (Type type : Type.getArgumentTypes(desc)) {
            made.visitInsn(type == Type.LONG_TYPE ? LCONST_1 : ICONST_3);
        }
        made.visitMethodInsn(INVOKESTATIC, NAME, "callee", desc, false);
        made.visitMethodInsn(INVOKESTATIC, COROUTINE, "await", "(L" + COROUTINE + ";)Ljava/lang/Object;", false);
        returns(made);
        MethodVisitor m = method(writer, access, "callee", desc);
        m.visitCode();
        callee.accept(m);
        returns(m);
        writer.visitEnd();
        return Map.of(NAME, writer.toByteArray());
    }

    private static MethodVisitor method(ClassWriter writer, int access, String name, String desc) {
        MethodVisitor method = writer.visitMethod(access | ACC_STATIC, name, desc, null, null);
        method.visitAnnotation(Type.getDescriptor(Async.class), false).visitEnd();
        return method;
    }

    private static void returns(MethodVisitor m) {
        m.visitMethodInsn(INVOKESTATIC, COROUTINE, "of", "(Ljava/lang/Object;)L" + COROUTINE + ";", false);
        m.visitInsn(ARETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
    }

    private static void awaitLater(MethodVisitor m) {
        m.visitLdcInsn("later");
        m.visitMethodInsn(INVOKESTATIC, "dev/backstitch/tests/harness/Probe", "later",
                "(Ljava/lang/Object;)Ljava/util/concurrent/CompletableFuture;", false);
        m.visitMethodInsn(INVOKESTATIC, COROUTINE, "await",
                "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;", false);
        m.visitInsn(POP);
    }

    private static void boxLong(MethodVisitor m) {
        m.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
    }

    private static Stream<DynamicTest> run(String name, Map<String, byte[]> classFiles) {
        return new TargetRun(NAME.replace('/', '.'), null, classFiles)
                .checks()
                .map(check -> DynamicTest.dynamicTest(name + ": " + check.name(), check.body()));
    }

    private static Map<String, byte[]> withParameters(int access, int slots) {
        return classOf(access, "J" + "I".repeat(slots - 2), m -> {
            m.visitVarInsn(ILOAD, slots - 1);
            awaitLater(m);
            m.visitVarInsn(LLOAD, 0);
            m.visitInsn(L2I);
            m.visitInsn(IADD);
            m.visitInsn(I2L);
            boxLong(m);
        });
    }

    /** No more: the reference binds them, for which it needs a few slots. */
    @TestFactory
    Stream<DynamicTest> should_work_when_there_are_nearly_as_many_parameters_as_a_class_file_can_hold() {
        return IntStream.rangeClosed(249, 253).boxed().flatMap(slots -> Stream.of(ACC_PRIVATE, 0)
                .flatMap(access -> run(slots + " slots", withParameters(access, slots))));
    }

    @ParameterizedTest
    @ValueSource(ints = {254, 255})
    void should_return_its_value_when_a_class_file_can_hold_no_more_parameters(int slots) throws Exception {
        for (int access : new int[] {ACC_PRIVATE, 0}) {
            ClassLoader loader = WeavingLoader.of(withParameters(access, slots));
            Method made = Class.forName(NAME.replace('/', '.'), true, loader).getMethod("made");
            Coroutine<?> coroutine = (Coroutine<?>) made.invoke(null);
            var stop = assertThrows(StopIteration.class, () -> {
                for (;;) {
                    ((Probe.Later<?>) coroutine.send(null)).arrive();
                }
            });
            assertEquals(4L, stop.value());
        }
    }

    @TestFactory
    Stream<DynamicTest> should_work_when_a_wide_value_takes_the_place_of_the_last_parameter_and_more() {
        return Stream.of(ACC_PRIVATE, 0).flatMap(access -> run("wide", classOf(access, "JI", m -> {
            m.visitVarInsn(ILOAD, 2);
            m.visitInsn(I2L);
            m.visitVarInsn(LSTORE, 2);
            m.visitInsn(ICONST_5);
            m.visitVarInsn(ISTORE, 4);
            awaitLater(m);
            m.visitVarInsn(LLOAD, 2);
            m.visitVarInsn(ILOAD, 4);
            m.visitInsn(I2L);
            m.visitInsn(LADD);
            m.visitVarInsn(LSTORE, 2);
            awaitLater(m);
            m.visitVarInsn(LLOAD, 2);
            m.visitVarInsn(LLOAD, 0);
            m.visitInsn(LADD);
            boxLong(m);
        })));
    }
}
