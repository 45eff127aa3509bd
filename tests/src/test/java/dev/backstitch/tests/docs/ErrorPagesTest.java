package dev.backstitch.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.diag.DiagnosticCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of {@code docs/errors}: made from the catalogue, their examples compiled and rewritten. */
class ErrorPagesTest {
    /** What each Java example leaves out; the example takes the place of {@code EXAMPLE}. */
    private static final Map<DiagnosticCode, String> SURROUNDINGS = Map.ofEntries(
            Map.entry(DiagnosticCode.WRONG_RETURN_TYPE, "EXAMPLE"),
            Map.entry(DiagnosticCode.NOT_A_SUSPENDING_METHOD, "Coroutine<String> source; EXAMPLE"),
            Map.entry(DiagnosticCode.WRONG_POINT_FOR_KIND, "Awaitable<Void> pause() { return sleep(Duration.ZERO); } EXAMPLE"),
            Map.entry(DiagnosticCode.METHOD_REFERENCE, "static Coroutine<String> fetch(URI u) { return Coroutine.of(\"\"); } EXAMPLE"),
            Map.entry(DiagnosticCode.NATIVE_METHOD, "static Coroutine<Void> ready() { return Coroutine.done(); } EXAMPLE"),
            Map.entry(DiagnosticCode.STATIC_INITIALIZER, "record Config() {} static Config config;"
                    + " static Coroutine<Config> load() { return Coroutine.of(new Config()); } EXAMPLE"),
            Map.entry(DiagnosticCode.MONITOR_HELD, "static Coroutine<Void> send(Object message) { return Coroutine.done(); }"
                    + " @Async static <T> Coroutine<Void> f(Object lock, T shared) { EXAMPLE return Coroutine.done(); }"),
            Map.entry(DiagnosticCode.SYNCHRONIZED_METHOD, "int count; Coroutine<Void> save() { return Coroutine.done(); } EXAMPLE"),
            Map.entry(DiagnosticCode.CONSTRUCTOR, "record Conn(Object socket) {}"
                    + " static Coroutine<Object> connect(URI u) { return Coroutine.of(u); } EXAMPLE"),
            Map.entry(DiagnosticCode.UNCLEAR_EXIT, "interface Connection extends AsyncCloseable {"
                    + " Coroutine<Void> send(java.io.Reader text); }"
                    + " static Coroutine<Connection> open() { return null; }"
                    + " @Async static Coroutine<Void> f(String text) throws java.io.IOException { EXAMPLE"
                    + " return Coroutine.done(); }"),
            Map.entry(DiagnosticCode.YIELD_IN_SCOPE, "static PreventsYields open() { return null; }"
                    + " static Coroutine<List<Integer>> read() { return null; } EXAMPLE"),
            Map.entry(DiagnosticCode.MIXED_ITERATORS, "static void use(String s) {}"
                    + " @Async static Coroutine<Void> f(AsyncGen<String> gen) { EXAMPLE return Coroutine.done(); }"),
            Map.entry(DiagnosticCode.NEVER_RUN, "Coroutine<Void> save() { return Coroutine.done(); } EXAMPLE"),
            Map.entry(DiagnosticCode.YIELD_TYPE, "EXAMPLE"),
            Map.entry(DiagnosticCode.AWAITED_VALUE, "Coroutine<Integer> first() { return Coroutine.of(1); }"
                    + " Coroutine<Integer> second() { return Coroutine.of(1); } EXAMPLE"),
            Map.entry(DiagnosticCode.BLOCKING_CALL, "EXAMPLE"));

    private static final String UNWOVEN = """
            import static dev.backstitch.Coroutine.await;
            import dev.backstitch.Coroutine;
            import dev.backstitch.annotations.Async;
            import dev.backstitch.loop.EventLoop;

            public class App {
                @Async static Coroutine<Integer> twice(Coroutine<Integer> n) {
                    return Coroutine.of(2 * await(n));
                }
                public static void main(String[] args) {
                    EventLoop.run(twice(Coroutine.of(21)));
                }
            }
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void should_have_a_page_when_a_code_is_in_the_catalogue(DiagnosticCode code) {
        new Page("docs/errors/" + code.id() + ".md", page(code)).check();
    }

    @Test
    void should_have_a_page_when_code_is_not_rewritten() throws Exception {
        assertEquals("", Snippet.compile("App", UNWOVEN, directory));
        String output = Snippet.plain(directory).run("App");
        String message = output.substring(output.indexOf("BST-101"), output.indexOf("\n\tat "));
        String page = "# BST-101: a suspension point in code that was not rewritten\n\n"
                + "A `NotWovenError`, thrown when the program runs. Nothing was suspended and nothing blocked.\n\n```\n" + message
                + "\n```\n\n**Why:** `await`, `yield` and their like are calls that only the rewriter gives a meaning.\n\n"
                + "**Remedy:** start the JVM with the agent ([guide](../guide/agent.md)), or rewrite the class when it is"
                + " built. If that is done already, look for an earlier message about this class: a class that is refused"
                + " is left as it was.\n";
        new Page("docs/errors/BST-101.md", page).check();
    }

    @Test
    void should_be_listed_when_there_is_a_page() {
        StringBuilder s = new StringBuilder("# Messages\n\n1xx: how Backstitch is used; 2xx: no suspension is possible here;"
                + " 3xx: the class file; 4xx: the agent;"
                + " 5xx: warnings, for code that is rewritten all the same ([how to silence them](../guide/warnings.md)); 9xx: an error of ours. A class that is refused is left exactly as"
                + " it was.\n\n| code | what happened |\n|---|---|\n"
                + "| [BST-101](BST-101.md) | a suspension point in code that was not rewritten (`NotWovenError`) |\n");
        for (DiagnosticCode code : DiagnosticCode.values()) {
            s.append("| [").append(code.id()).append("](").append(code.id()).append(".md) | ").append(code.summary());
            s.append(" |\n");
        }
        new Page("docs/errors/README.md", s.toString()).check();
    }

    @ParameterizedTest
    @EnumSource
    void should_be_accepted_when_the_catalogue_gives_it_as_an_example(DiagnosticCode code) throws Exception {
        List<Page.Block> blocks = new Page("", page(code)).javaBlocks();
        for (Page.Block block : blocks) {
            assertTrue(SURROUNDINGS.containsKey(code), "what does the example of " + code + " leave out?");
            String members = SURROUNDINGS.get(code).replace("EXAMPLE", "\n" + block.code());
            assertEquals("", Snippet.compile("Example", Snippet.IMPORTS + "class Example { " + members + " }", directory));
            Snippet.woven(directory).load();
            try (var files = Files.list(directory)) {
                assertTrue(files.anyMatch(file -> file.getFileName().toString().contains("$$Frame")));
            }
        }
    }

    @Test
    void should_differ_when_codes_differ() {
        assertEquals(
                DiagnosticCode.values().length,
                Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).distinct().count());
    }

    private static String page(DiagnosticCode code) {
        StringBuilder s = new StringBuilder();
        s.append("# ").append(code.id()).append(": ").append(code.summary()).append("\n\n");
        s.append("**Why:** ").append(code.reason()).append(".\n\n");
        s.append("**Remedy:** ").append(code.remedy()).append(".\n");
        if (!code.example().isEmpty()) {
            boolean java = !code.id().startsWith("BST-4"); // the agent's examples are command lines
            s.append("\n**Right:**\n\n```").append(java ? "java" : "").append('\n');
            s.append(code.example().strip()).append("\n```\n");
        }
        return s.toString();
    }
}
