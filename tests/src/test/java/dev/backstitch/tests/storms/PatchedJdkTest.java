package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The JVM's verifier looks at classes of {@code java.base}, and finds what is wrong. */
class PatchedJdkTest {
    private static final String GOOD = "java/util/zip/CRC32C";

    @TempDir
    Path directory;

    @Test
    void should_link_all_but_the_broken_and_what_the_jvm_starts_with() throws Exception {
        Map<String, byte[]> all = CorpusClasses.ofModule("java.base");
        Map<String, byte[]> some = new TreeMap<>(all);
        some.keySet().retainAll(List.of(GOOD, "java/lang/String"));
        PatchedJdk jdk = new PatchedJdk(directory.resolve("jdk"), some);
        WeaveResult good = new Weaver().storm(all.get(GOOD), TypeHierarchy.of(all::get)).result();
        jdk.add(GOOD, good.classFile(), good.frames());
        jdk.add("java/lang/String", all.get("java/lang/String"), Map.of());
        jdk.add("dev/backstitch/Trusted", broken("dev/backstitch/Trusted", "jdk/internal/reflect/MagicAccessorImpl"), Map.of());
        jdk.add("dev/backstitch/Broken", broken("dev/backstitch/Broken"), Map.of());
        jdk.add("dev/backstitch/BrokenInterface", brokenInterface("dev/backstitch/BrokenInterface"), Map.of());
        // Right itself, but not its frame.
        byte[] frame = broken("dev/backstitch/Broken$$Frame");
        jdk.add("java/util/zip/Adler32", all.get("java/util/zip/Adler32"), Map.of("dev/backstitch/Broken$$Frame", frame));
        CorpusCount count = new CorpusCount();
        jdk.link(count);
        assertEquals(1, count.verified);
        assertEquals(2, count.engineAlone);
        assertEquals(3, count.failures.size(), count.failures::toString);
        assertTrue(count.failures.get(0).startsWith("dev/backstitch/Broken: java.lang.VerifyError"), count.failures::toString);
        assertTrue(count.failures.get(1).startsWith("dev/backstitch/BrokenInterface: "), count.failures::toString);
        assertTrue(count.failures.get(2).startsWith("dev/backstitch/Broken$$Frame: "), count.failures::toString);
    }

    private static byte[] broken(String name) {
        return broken(name, "java/lang/Object");
    }

    private static byte[] broken(String name, String parent) {
        return broken(name, parent, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER);
    }

    private static byte[] brokenInterface(String name) {
        return broken(name, "java/lang/Object", Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT);
    }

    /** A method that returns a number where an object is promised. */
    private static byte[] broken(String name, String parent, int access) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, access, name, null, parent, null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "object", "()Ljava/lang/Object;", null, null);
        method.visitCode();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
