package dev.backstitch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class DirectoryWeaverTest {
    @TempDir
    private Path directory;

    @Test
    void should_look_into_it_when_the_directory_is_a_symbolic_link() throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Files.write(classes.resolve("A.class"), refusedClass());
        Path link = Files.createSymbolicLink(directory.resolve("link"), classes);
        List<Diagnostic> reported = new ArrayList<>();
        var summary = new DirectoryWeaver(new Weaver(), reported::add).weave(link);
        assertEquals(new DirectoryWeaver.Summary(0, 1, 0, 0), summary);
        assertEquals(List.of("BST-102"), reported.stream().map(d -> d.code().id()).toList());
    }

    /** A generator that returns an {@code Object}. */
    private static byte[] refusedClass() {
        ClassWriter out = new ClassWriter(0);
        out.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "A", null, "java/lang/Object", null);
        MethodVisitor m = out.visitMethod(Opcodes.ACC_STATIC, "f", "()Ljava/lang/Object;", null, null);
        m.visitAnnotation(RuntimeSymbols.GENERATOR, false).visitEnd();
        m.visitCode();
        m.visitInsn(Opcodes.ACONST_NULL);
        m.visitInsn(Opcodes.ARETURN);
        m.visitMaxs(1, 0);
        m.visitEnd();
        out.visitEnd();
        return out.toByteArray();
    }
}
