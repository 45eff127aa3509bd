package dev.backstitch.tests.docs;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the dumps in {@code docs/architecture.md} those of the engine as it is. */
class ArchitecturePageTest {
    private static final String SAMPLE = "tests/src/test/java/dev/backstitch/tests/docs/Totals.java";

    /** A caller of the sample whose second price fails. */
    private static final String FAILING = """
            package dev.backstitch.tests.docs;

            import static dev.backstitch.Coroutine.await;
            import static dev.backstitch.loop.Tasks.sleep;
            import dev.backstitch.Coroutine;
            import dev.backstitch.annotations.Async;
            import dev.backstitch.loop.EventLoop;
            import java.time.Duration;
            import java.util.List;

            public class Failing {
                @Async static Coroutine<Integer> price(int text) {
                    await(sleep(Duration.ofMillis(1)));
                    if (text < 0) throw new IllegalStateException("sold out");
                    return Coroutine.of(text);
                }
                public static void main(String[] args) {
                    EventLoop.run(Totals.total(List.of(price(1), price(-1))));
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void should_show_what_the_passes_make_when_the_architecture_is_explained() throws Exception {
        byte[] classFile;
        try (InputStream in = Totals.class.getResourceAsStream("Totals.class")) {
            classFile = in.readAllBytes();
        }
        EngineDumps dumps = new EngineDumps(classFile, "total");
        Page.of("docs/architecture.md")
                .withBlock("source", region(Page.source(SAMPLE)))
                .withBlock("before", dumps.before())
                .withBlock("points", dumps.points())
                .withBlock("normalized", dumps.normalized())
                .withBlock("layout", dumps.layout())
                .withBlock("control", dumps.control())
                .withBlock("stub", dumps.stub())
                .withBlock("body", dumps.body())
                .withBlock("frame", dumps.frame())
                .withBlock("trace", trace(classFile))
                .check();
    }

    private static String region(String source) {
        int start = source.indexOf('\n', source.indexOf("// region total")) + 1;
        return source.substring(start, source.lastIndexOf('\n', source.indexOf("// end"))).stripIndent();
    }

    private String trace(byte[] classFile) throws Exception {
        String problems = Snippet.compile("Failing", FAILING, directory);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        Files.write(directory.resolve("dev/backstitch/tests/docs/Totals.class"), classFile);
        return Snippet.woven(directory).run("dev.backstitch.tests.docs.Failing");
    }
}
