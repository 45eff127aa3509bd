package dev.backstitch.tests.targets.handmade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.tests.harness.WeavingResults;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Methods with about as many parameters as a class file allows: 255, and what is inserted counts. */
class ManyParametersTest {
    private static final String NAME = "handmade/Wide";

    /** A static method, or one with a receiver, that uses all of its {@code count} parameters after it has suspended. */
    private static WeaveResult woven(String kind, int access, int count) {
        boolean generator = kind.equals("dev/backstitch/Gen");
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(access, "made", "(" + "I".repeat(count) + ")L" + kind + ";", null, null);
        method.visitAnnotation(Type.getDescriptor(generator ? Generator.class : Async.class), false).visitEnd();
        Code code = new Code(method);
        method.visitCode();
        if (generator) {
            code.yield("first").pop();
        } else {
            code.aconst(null);
            code.invokestatic(
                    Type.getInternalName(Coroutine.class),
                    "await",
                    "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;",
                    false);
            code.pop();
        }
        int first = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        for (int i = 0; i < count; i++) {
            code.load(first + i, Type.INT_TYPE);
            code.pop();
        }
        code.aconst(null);
        code.areturn(Type.getObjectType(kind));
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        Map<String, byte[]> original = new HashMap<>(Map.of(NAME, writer.toByteArray()));
        WeaveResult result = WeavingResults.of(original).results().get(NAME);
        if (result.outcome() == Outcome.REFUSED) {
            assertSame(original.get(NAME), result.classFile());
            assertEquals(DiagnosticCode.TOO_LARGE, result.diagnostics().get(0).code(), result.diagnostics()::toString);
        } else {
            Map<String, byte[]> all = new HashMap<>(result.frames());
            all.put(NAME, result.classFile());
            new Defined(all).check();
        }
        return result;
    }

    /** Lets the JVM look at the class files. */
    private static final class Defined extends ClassLoader {
        private final Map<String, byte[]> classes;

        Defined(Map<String, byte[]> classes) {
            super(ManyParametersTest.class.getClassLoader());
            this.classes = classes;
        }

        void check() {
            for (String name : classes.keySet()) {
                try {
                    Class.forName(name.replace('/', '.'), true, this);
                } catch (ClassNotFoundException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java/util/concurrent/CompletableFuture, 252",
        "dev/backstitch/loop/Task, 252",
        "dev/backstitch/Coroutine, 254",
        "dev/backstitch/Gen, 254"
    })
    void should_rewrite_a_method_until_its_parameters_are_too_many(String kind, int most) {
        for (int count = 250; count <= 255; count++) {
            Outcome expected = count <= most ? Outcome.WOVEN : Outcome.REFUSED;
            assertEquals(expected, woven(kind, Opcodes.ACC_STATIC, count).outcome(), count + " static");
        }
    }

    @Test
    void should_count_the_receiver() {
        String future = "java/util/concurrent/CompletableFuture";
        assertEquals(Outcome.WOVEN, woven(future, 0, 251).outcome());
        assertEquals(Outcome.REFUSED, woven(future, 0, 252).outcome());
        assertEquals(Outcome.REFUSED, woven(future, 0, 254).outcome());
    }
}
