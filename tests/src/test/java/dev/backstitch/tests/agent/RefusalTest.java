package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {
    /** Its line 11 yields with a monitor held. */
    private static final String REFUSED =
            """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;

            public class Refused {
                static { System.out.println("initialised"); }
                private static final Object LOCK = new Object();

                @Generator static Gen<Integer> locked() {
                    synchronized (LOCK) {
                        Gen.yield(1);
                    }
                    return Gen.end();
                }
                static String plain() { return "plain"; }
            }
            """;

    private static final String MAIN =
            """
            package app;
            public class Main {
                public static void main(String[] args) {
                    attempt(() -> Refused.plain());
                    attempt(() -> Refused.locked().next());
                    System.out.println("done");
                }
                static void attempt(java.util.function.Supplier<Object> action) {
                    try {
                        System.out.println(action.get());
                    } catch (Error e) {
                        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage().lines().findFirst().get());
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), REFUSED, MAIN);
    }

    private Jvm.Result run(String options) throws Exception {
        return new Jvm(directory).weaving(options).classPath(classes).run("app.Main");
    }

    @Test
    void should_say_what_where_why_and_how_when_a_class_is_refused() throws Exception {
        String message = run("").err();
        assertTrue(message.startsWith("[backstitch] app.Refused cannot be rewritten; it is left as it was\n"), message);
        assertTrue(message.contains("BST-201 suspension while a monitor is held"), message);
        assertTrue(message.contains("  at app.Refused.locked(Refused.java:11)"), message);
        assertTrue(message.contains("  Why: "), message);
        assertTrue(message.contains("  Remedy: "), message);
        assertTrue(message.contains("  Example:\n"), message);
    }

    @Test
    void should_leave_a_refused_class_as_it_was_when_asked_to_report() throws Exception {
        for (String options : new String[] {"", "onError=report"}) {
            Jvm.Result result = run(options);
            assertEquals(0, result.status());
            assertLines(
                    result.out(),
                    "initialised",
                    "plain",
                    "NotWovenError: BST-101 Gen.yield(...) was called in a class that was not rewritten: app.Refused",
                    "done");
        }
    }

    @Test
    void should_fail_with_the_diagnosis_when_a_refused_class_is_initialised() throws Exception {
        Jvm.Result result = run("onError=fail");
        assertEquals(0, result.status());
        assertTrue(result.out().startsWith("LinkageError: BST-201 suspension while a monitor is held"), result.out());
        assertFalse(result.out().contains("initialised\n"), result.out());
        assertTrue(result.out().contains("NoClassDefFoundError: Could not initialize class app.Refused"), result.out());
        assertTrue(result.err().contains("app.Refused cannot be rewritten; it will fail when it is initialised\n"), result.err());
    }

    @Test
    void should_end_the_program_with_the_diagnosis_when_its_main_class_is_refused() throws Exception {
        Path main = Application.compile(
                directory.resolve("main"),
                REFUSED.replace(
                        "static String plain()", "public static void main(String[] args) { } static String plain()"));
        Jvm.Result result =
                new Jvm(directory).weaving("onError=fail").classPath(main).run("app.Refused");
        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains("java.lang.LinkageError: BST-201 "), result.err());
        assertTrue(result.err().contains("  at app.Refused.locked(Refused.java:11)"), result.err());
    }

    @Test
    void should_name_the_class_when_its_class_file_cannot_be_read() throws Exception {
        Path file = classes.resolve("app/Refused.class");
        byte[] tooNew = Files.readAllBytes(file);
        tooNew[6] = 0;
        tooNew[7] = (byte) 200;
        Files.write(file, tooNew);
        String message = run("").err();
        assertTrue(message.startsWith("[backstitch] app.Refused cannot be rewritten; it is left as it was\n"), message);
        assertTrue(message.contains("BST-303 the class file cannot be read"), message);
    }

    @Test
    void should_not_ask_about_a_class_that_only_uses_what_suspends() throws Exception {
        Path user = Application.compile(
                directory.resolve("user"),
                """
                package app;
                public class User {
                    public static void main(String[] args) {
                        dev.backstitch.Gen<Integer> none = null;
                        System.out.println(none);
                    }
                }
                """);
        Path dump = directory.resolve("dump");
        String output = new Jvm(directory)
                .weaving("dump=" + dump)
                .classPath(user)
                .run("app.User")
                .quietOutput();
        assertLines(output, "null");
        assertFalse(Files.exists(dump));
    }

    private static void assertLines(String actual, String... expected) {
        assertEquals(String.join(System.lineSeparator(), expected) + System.lineSeparator(), actual);
    }
}
