package dev.backstitch.tests.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.backstitch.engine.DirectoryChecker;
import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.tests.harness.Loaders;
import dev.backstitch.tests.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** What a look at the files of a directory meets, before and after the engine rewrites each. */
class HostileDirectoryTest {
    @TempDir
    private Path directory;

    private DirectoryWeaver.Summary weave() throws IOException {
        return new DirectoryWeaver(new Weaver(), told -> assertFalse(told.code() == DiagnosticCode.INTERNAL, told::format))
                .weave(directory);
    }

    private List<Diagnostic> check() throws IOException {
        List<Diagnostic> wrong = new ArrayList<>();
        new DirectoryChecker(new Weaver(), wrong::add).check(directory);
        return wrong;
    }

    /** A quick look at its annotations takes more stack than there is. */
    @Test
    void should_refuse_it_when_annotations_are_nested_too_deeply_to_look_at() throws Exception {
        Hostile nested = HostileAttributes.all().stream()
                .filter(made -> made.name().startsWith("annotations nested"))
                .findFirst()
                .orElseThrow();
        Path file = directory.resolve("C.class");
        Files.write(file, nested.made().get());
        assertEquals(1, weave().refused());
        assertArrayEquals(nested.made().get(), Files.readAllBytes(file));
        assertEquals(1, check().size());
    }

    /** Whose frame that is, nobody can tell: it is not removed. */
    @Test
    void should_leave_a_frame_alone_when_it_or_its_class_is_damaged() throws Exception {
        Map<String, byte[]> classes = Loaders.classFilesOf(Targets.all().findFirst().orElseThrow());
        classes.forEach((name, bytes) -> write(name, bytes));
        assertEquals(0, weave().refused());
        Path frame;
        try (var files = Files.list(directory)) {
            frame = files.filter(file -> file.toString().endsWith("$$Frame.class")).sorted().findFirst().orElseThrow();
        }
        String name = frame.getFileName().toString();
        Path owner = directory.resolve(name.substring(0, name.indexOf('$')) + ".class");
        byte[] whole = Files.readAllBytes(owner);
        Files.write(owner, new Damage(whole).truncated(whole.length / 2));
        weave();
        assertEquals(true, Files.exists(frame));

        Files.write(owner, whole);
        byte[] half = new Damage(Files.readAllBytes(frame)).truncated((int) Files.size(frame) / 2);
        Files.write(frame, half);
        weave();
        assertArrayEquals(half, Files.readAllBytes(frame));
        assertFalse(check().isEmpty());
    }

    @Test
    void should_refuse_a_class_when_another_one_has_the_name_of_its_frame() throws Exception {
        Map<String, byte[]> classes = Loaders.classFilesOf(Targets.all().findFirst().orElseThrow());
        classes.forEach((name, bytes) -> write(name, bytes));
        weave();
        Path frame;
        try (var files = Files.list(directory)) {
            frame = files.filter(file -> file.toString().endsWith("$$Frame.class")).sorted().findFirst().orElseThrow();
        }
        classes.forEach((name, bytes) -> write(name, bytes));
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Theirs", null, "java/lang/Object", null);
        byte[] theirs = writer.toByteArray();
        Files.write(frame, theirs);
        List<Diagnostic> told = new ArrayList<>();
        assertEquals(1, new DirectoryWeaver(new Weaver(), told::add).weave(directory).refused());
        assertEquals(List.of(DiagnosticCode.NAME_TAKEN), told.stream().filter(Diagnostic::isError).map(Diagnostic::code).toList());
        assertArrayEquals(theirs, Files.readAllBytes(frame));
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(directory.resolve(name.substring(name.lastIndexOf('/') + 1) + ".class"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
