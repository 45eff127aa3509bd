package dev.backstitch.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.diag.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainCommandTest extends CommandLineTest {
    private Path classes;

    @BeforeEach
    void compile() throws IOException {
        classes = compile("classes", "app/Numbers", NUMBERS);
    }

    private String output() {
        return out.toString().replace("\r\n", "\n");
    }

    @Test
    void should_show_states_fields_and_sizes_when_asked_for_a_class() {
        assertEquals(0, execute("explain", "-cp", classes, "app.Numbers"), err::toString);
        assertEquals(
                """
                numbers(int): generator, 2 states
                  state 0   start                            keeps n int in $0
                  state 1   Gen.yield in line 6              keeps n int in $0, i int in $1
                  fields of Numbers$numbers$$Frame: $0 int, $1 int (8 bytes)
                  code: N bytes before, N after; frame class: N bytes

                """,
                output().replaceAll("\\d+ bytes before, \\d+ after; frame class: \\d+ bytes", "N bytes before, N after; frame class: N bytes"));
    }

    @Test
    void should_draw_where_each_state_leads_when_asked_for_a_graph() {
        assertEquals(0, execute("explain", "--dot", classes.resolve("app/Numbers.class") + "#numbers"), err::toString);
        for (String edge : new String[] {"m0_0 -> m0_1;", "m0_0 -> m0_end;", "m0_1 -> m0_1;", "m0_1 -> m0_end;"}) {
            assertTrue(output().contains(edge), output());
        }
        assertTrue(output().startsWith("digraph states {\n") && output().endsWith("}\n"), output());
    }

    @Test
    void should_show_the_bytecode_when_asked_for_before_and_after() {
        assertEquals(0, execute("explain", "--before-after", "-cp", classes, "app.Numbers#numbers"));
        int before = output().indexOf("==== before: numbers(int)");
        int stub = output().indexOf("==== after: numbers(int) is a stub");
        int body = output().indexOf("==== after: the body");
        assertTrue(output().substring(before, stub).contains("INVOKESTATIC dev/backstitch/Gen.yield"), output());
        assertTrue(output().substring(stub, body).contains("NEW app/Numbers$numbers$$Frame"), output());
        assertTrue(output().substring(body).contains("TABLESWITCH"), output());
    }

    @Test
    void should_say_so_when_there_is_nothing_to_explain() throws IOException {
        assertEquals(2, execute("explain", "-cp", classes, "app.Nobody"));
        assertTrue(err.toString().startsWith("no class app.Nobody in "), err.toString());
        assertEquals(1, execute("explain", "-cp", classes, "app.Numbers#all"));
        assertTrue(err.toString().contains("no method all is rewritten"), err.toString());
        assertEquals(0, execute("weave", classes));
        assertEquals(1, execute("explain", "-cp", classes, "app.Numbers"));
        assertTrue(err.toString().contains("BST-301 the class has been rewritten before"), err.toString());
        assertEquals(2, execute("explain", "BST-999"));
        assertTrue(err.toString().contains("there is no code BST-999"), err.toString());
    }

    @Test
    void should_explain_a_code_when_it_is_in_the_catalogue() {
        for (DiagnosticCode code : DiagnosticCode.values()) {
            assertEquals(0, execute("explain", code.id().toLowerCase(Locale.ROOT)));
            assertTrue(output().contains(code.id() + ": " + code.summary() + "\nWhy: " + code.reason()), output());
            assertTrue(output().contains("Remedy: " + code.remedy()), output());
        }
    }
}
