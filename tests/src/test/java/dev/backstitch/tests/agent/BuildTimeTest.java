package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the agent's jar, as a program of its own. */
class BuildTimeTest {
    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND);
    }

    private Jvm.Result weave(Path target) throws Exception {
        return new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", target.toString());
    }

    @Test
    void should_run_without_agent_when_a_directory_was_woven() throws Exception {
        String said = weave(classes).quietOutput();
        assertEquals(classes + ": 1 classes rewritten, 6 frames, 0 refused", said.strip());
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(classes).run("app.EveryKind").quietOutput());
    }

    @Test
    void should_change_nothing_when_a_directory_was_woven_before() throws Exception {
        weave(classes).quietOutput();
        byte[] once = Files.readAllBytes(classes.resolve("app/EveryKind.class"));
        String said = weave(classes).quietOutput();
        assertEquals(classes + ": 0 classes rewritten, 0 frames, 0 refused", said.strip());
        assertArrayEquals(once, Files.readAllBytes(classes.resolve("app/EveryKind.class")));
    }

    @Test
    void should_write_the_same_bytes_as_the_agent() throws Exception {
        new Jvm(directory)
                .weaving("dump=dumped")
                .classPath(classes)
                .run("app.EveryKind")
                .quietOutput();
        weave(classes).quietOutput();
        for (Path file : classFiles(classes)) {
            Path dumped = directory.resolve("dumped").resolve(classes.relativize(file));
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(dumped), file.toString());
        }
        assertEquals(7, classFiles(directory.resolve("dumped")).size());
    }

    @Test
    void should_run_without_agent_when_a_jar_was_woven() throws Exception {
        Path jar = directory.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("app/EveryKind.class"));
            out.write(Files.readAllBytes(classes.resolve("app/EveryKind.class")));
        }
        assertEquals(jar + ": 1 classes rewritten, 6 frames, 0 refused", weave(jar).quietOutput().strip());
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(jar).run("app.EveryKind").quietOutput());
    }

    @Test
    void should_exit_with_1_and_leave_the_class_when_it_is_refused() throws Exception {
        Path refused = Application.compile(
                directory.resolve("refused"),
                "package app;\n" + Application.IMPORTS
                        + """
                        public class Refused {
                            @Generator static synchronized Gen<Integer> one() { Gen.yield(1); return Gen.end(); }
                        }
                        """);
        byte[] before = Files.readAllBytes(refused.resolve("app/Refused.class"));
        Jvm.Result result = weave(refused);
        assertEquals(1, result.status());
        assertTrue(result.err().startsWith("BST-202 "), result.err());
        assertEquals(refused + ": 0 classes rewritten, 0 frames, 1 refused", result.out().strip());
        assertArrayEquals(before, Files.readAllBytes(refused.resolve("app/Refused.class")));
    }

    @Test
    void should_weave_a_directory_when_run_without_the_command_line() throws Exception {
        Path engine = Jvm.jarOf("dev.backstitch.engine.DirectoryWeaver");
        Jvm jvm = new Jvm(directory)
                .classPath(
                        engine,
                        Jvm.jarOf("org.objectweb.asm.ClassReader"),
                        Jvm.jarOf("org.objectweb.asm.tree.ClassNode"),
                        Jvm.jarOf("org.objectweb.asm.tree.analysis.Analyzer"),
                        Jvm.jarOf("org.objectweb.asm.commons.JSRInlinerAdapter"),
                        Jvm.jarOf("org.objectweb.asm.util.Textifier"));
        String said = jvm.run("dev.backstitch.engine.DirectoryWeaver", classes.toString())
                .quietOutput();
        assertEquals(classes + ": 1 classes rewritten, 6 frames, 0 refused", said.strip());
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(classes).run("app.EveryKind").quietOutput());
        assertEquals(2, jvm.run("dev.backstitch.engine.DirectoryWeaver").status());
        assertEquals(
                2,
                jvm.run("dev.backstitch.engine.DirectoryWeaver", classes + "/none").status());
    }

    private static List<Path> classFiles(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
