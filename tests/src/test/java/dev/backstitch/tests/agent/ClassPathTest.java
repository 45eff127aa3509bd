package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

class ClassPathTest {
    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND);
    }

    private Jvm.Result run(String... agentOptions) throws Exception {
        return new Jvm(directory).weaving(agentOptions).classPath(classes).run("app.EveryKind");
    }

    @Test
    void should_run_every_kind_of_method_without_a_word_when_woven() throws Exception {
        assertEquals(Application.EVERY_KIND_OUTPUT, run().quietOutput());
    }

    @Test
    void should_throw_and_name_both_remedies_when_there_is_no_agent() throws Exception {
        Jvm.Result result = new Jvm(directory).classPath(classes).run("app.EveryKind");
        assertNotWoven(result, "-javaagent:backstitch-agent.jar");
        assertNotWoven(result, "-processorpath backstitch-javac.jar");
    }

    @Test
    void should_not_weave_when_a_class_is_excluded() throws Exception {
        assertNotWoven(run("exclude=app.Every*"));
    }

    @Test
    void should_not_weave_when_a_class_is_not_included() throws Exception {
        assertNotWoven(run("include=app.Other;other.*"));
    }

    @Test
    void should_weave_when_a_class_is_included_and_not_excluded() throws Exception {
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                run("include=other.*;app.*", "exclude=other.*").quietOutput());
    }

    @Test
    void should_name_what_it_rewrote_when_verbose() throws Exception {
        Jvm.Result result = run("verbose");
        assertEquals(Application.EVERY_KIND_OUTPUT, result.out());
        assertTrue(result.err().matches("\\[backstitch\\] rewrote app\\.EveryKind, \\d+ frames\\R"), result.err());
    }

    @Test
    void should_write_class_and_frames_when_asked_to_dump() throws Exception {
        assertEquals(Application.EVERY_KIND_OUTPUT, run("dump=dumped").quietOutput());
        List<String> names;
        try (Stream<Path> files = Files.list(directory.resolve("dumped/app"))) {
            names = files.map(ClassPathTest::nameOfClass).sorted().toList();
        }
        assertTrue(names.contains("app/EveryKind"), names::toString);
        // Five methods and a lambda suspend.
        assertEquals(7, names.size(), names::toString);
        assertNotEquals(
                Files.size(classes.resolve("app/EveryKind.class")),
                Files.size(directory.resolve("dumped/app/EveryKind.class")));
    }

    @Test
    void should_run_dumped_classes_when_there_is_no_agent() throws Exception {
        run("dump=dumped").quietOutput();
        String output = new Jvm(directory)
                .classPath(directory.resolve("dumped"))
                .run("app.EveryKind")
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_leave_woven_classes_alone_without_a_word() throws Exception {
        run("dump=dumped").quietOutput();
        String output = new Jvm(directory)
                .weaving("onError=fail")
                .classPath(directory.resolve("dumped"))
                .run("app.EveryKind")
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_end_the_jvm_with_a_message_when_an_option_is_wrong() throws Exception {
        Jvm.Result result = run("include=app.*", "onEror=fail");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(
                result.err().startsWith("[backstitch] BST-401 an option of the agent is wrong: unknown option 'onEror'"),
                result.err());
    }

    private static void assertNotWoven(Jvm.Result result) {
        assertNotWoven(result, "The agent is running and has left it as it was");
    }

    private static void assertNotWoven(Jvm.Result result, String remedy) {
        assertEquals(1, result.status());
        assertTrue(result.err().contains("NotWovenError: BST-101 "), result.err());
        assertTrue(result.err().contains("app.EveryKind"), result.err());
        assertTrue(result.err().contains(remedy), result.err());
    }

    private static String nameOfClass(Path file) {
        try {
            return new ClassReader(Files.readAllBytes(file)).getClassName();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
