package dev.backstitch.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifyCommandTest extends CommandLineTest {
    @Test
    void should_exit_with_1_until_everything_is_rewritten() throws Exception {
        Path classes = compile("classes", "app/Numbers", NUMBERS);
        Path jar = jar("app.jar", Map.of("app/Numbers.class", Files.readAllBytes(classes.resolve("app/Numbers.class"))));
        assertEquals(1, execute("verify", classes, jar));
        assertTrue(err.toString().startsWith("BST-107 a class that needs rewriting has not been rewritten"), err.toString());
        assertEquals(0, execute("weave", classes, jar));
        assertEquals(0, execute("verify", classes, jar));
        assertTrue(out.toString().contains("app.jar: 1 classes rewritten, 0 wrong"), out.toString());
        Files.delete(classes.resolve("app/Numbers$numbers$$Frame.class"));
        assertEquals(1, execute("verify", classes, jar));
        assertTrue(err.toString().contains("BST-306 "), err.toString());
    }

    @Test
    void should_follow_the_rules_when_warnings_are_given_any() throws Exception {
        Path classes = compile("dropping", "app/Dropping", """
                package app;
                public class Dropping {
                    static void drop(dev.backstitch.AsyncGen<Integer> gen) { gen.close(); }
                }
                """);
        assertEquals(0, execute("weave", classes));
        assertTrue(err.toString().startsWith("BST-501 "), err.toString());
        assertEquals(1, execute("weave", "--warnings=error", classes));
        assertEquals(0, execute("weave", "--warnings=error;BST-501:off:app.*", classes));
        assertEquals(2, execute("weave", "--warnings=loud", classes));
    }

    @Test
    void should_have_help_and_completion_without_colours_when_nobody_looks() {
        for (String command : new String[] {"weave", "verify", "explain"}) {
            assertEquals(0, execute("help", command));
            assertEquals(0, execute(command, "--help"));
            assertTrue(out.toString().contains("Usage: backstitch " + command), out.toString());
        }
        assertTrue(out.toString().contains("Exit status:"), out.toString());
        assertEquals(0, execute("generate-completion"));
        assertTrue(out.toString().contains("complete -F _complete_backstitch"), out.toString());
        assertEquals(0, execute("--version"));
        assertFalse(out.toString().contains("\033"), "colours");
    }
}
