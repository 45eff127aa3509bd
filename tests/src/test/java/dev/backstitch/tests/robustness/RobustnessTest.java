package dev.backstitch.tests.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.DirectoryChecker;
import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files nobody meant well are refused or woven. The short, fixed part of it; {@link LongRobustnessRun} is the long one. */
class RobustnessTest {
    private static final int CLASSES = 600;

    /** Longer than it takes on any machine: what runs on is stuck. */
    private static final int MINUTES = 5;

    @TempDir
    private Path directory;

    @Test
    void should_refuse_or_weave_in_little_memory_when_class_files_are_damaged_or_hostile() throws Exception {
        Path output = directory.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LongRobustnessRun.class.getName(), String.valueOf(CLASSES), "1")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the engine hangs: " + Files.readString(output));
        }
        assertEquals(0, process.exitValue(), () -> read(output));
    }

    @Test
    void should_refuse_what_is_too_intricate_when_its_nesting_has_no_end() {
        Hostile nested = HostileFlow.all().stream()
                .filter(made -> made.name().equals("800 nested try blocks, a yield in each"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(DiagnosticCode.TOO_COMPLEX),
                new Weaver().weave(nested.made().get()).diagnostics().stream().map(Diagnostic::code).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void should_leave_the_rest_of_a_directory_alone_when_classes_in_it_are_hostile() throws Exception {
        Path root = Files.createDirectories(directory.resolve("a/b/classes"));
        int number = 0;
        for (Hostile made : HostileNames.all()) {
            Files.write(root.resolve("C" + number++ + ".class"), made.made().get());
        }
        List<Diagnostic> told = new ArrayList<>();
        DirectoryWeaver.Summary summary = new DirectoryWeaver(new Weaver(), told::add).weave(root);
        assertTrue(summary.woven() > 0, summary.toString());
        assertEquals(summary.refused(), told.stream().filter(Diagnostic::isError).count());
        assertFalse(told.stream().anyMatch(d -> d.code() == DiagnosticCode.INTERNAL), told.toString());
        List<Diagnostic> wrong = new ArrayList<>();
        new DirectoryChecker(new Weaver(), wrong::add).check(root);
        assertFalse(wrong.stream().anyMatch(d -> d.code() == DiagnosticCode.INTERNAL), wrong.toString());
        try (var files = Files.walk(directory)) {
            assertTrue(files.filter(Files::isRegularFile).allMatch(file -> file.startsWith(root)));
        }
    }
}
