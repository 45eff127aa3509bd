package dev.backstitch.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of Java code in the documentation is compiled and rewritten. A class with a main method is also run, and
 * its output compared with the block that follows. What is not a whole file is taken for members of a class, or else for
 * statements of a coroutine, which is run.
 *
 * <p>The pages of {@code docs/errors} are those of {@link ErrorPagesTest}.
 */
class DocumentationTest {
    private static final Pattern PUBLIC_CLASS = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> should_compile_and_run_when_it_is_in_the_documentation() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Page page : Page.all()) {
            if (!page.path().startsWith("docs/errors/")) {
                for (Page.Block block : page.javaBlocks()) {
                    tests.add(DynamicTest.dynamicTest(page.path() + ":" + block.line(), () -> check(block)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    @Test
    void should_lead_to_a_file_when_a_page_has_a_link() {
        List<String> dead = new ArrayList<>();
        for (Page page : Page.all()) {
            Matcher link = LINK.matcher(page.text());
            while (link.find()) {
                if (!page.leadsSomewhere(link.group(1))) {
                    dead.add(page.path() + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), dead);
    }

    private void check(Page.Block block) throws Exception {
        Path out = Files.createTempDirectory(directory, "block");
        Matcher type = PUBLIC_CLASS.matcher(block.code());
        if (type.find()) {
            String name = type.group(1);
            assertEquals("", Snippet.compile(name, block.code(), out));
            Snippet snippet = Snippet.woven(out);
            snippet.load();
            if (block.output() != null) {
                assertEquals(block.output(), snippet.run(name));
            }
            return;
        }
        String members = Snippet.compile("Fragment", Snippet.IMPORTS + "class Fragment {\n" + block.code() + "}\n", out);
        if (members.isEmpty()) {
            Snippet.woven(out).load();
            return;
        }
        String statements = Snippet.compile(
                "Fragment",
                Snippet.IMPORTS + "class Fragment {\n  @Async static Coroutine<Void> fragment() throws Exception {\n"
                        + block.code() + "return Coroutine.done();\n}\n  public static void main(String[] args) throws Exception {"
                        + " EventLoop.run(fragment()); }\n}\n",
                out);
        assertTrue(statements.isEmpty(), () -> "neither members nor statements:" + members + statements);
        String output = Snippet.woven(out).run("Fragment");
        assertEquals(block.output() == null ? "" : block.output(), output);
    }
}
