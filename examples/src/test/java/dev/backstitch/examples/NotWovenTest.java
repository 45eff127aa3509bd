package dev.backstitch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.examples.crawler.CrawlCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without the agent an example must say what is missing, and do nothing else. */
class NotWovenTest {

    private static void assertSaysWhatIsMissing(JavaProcess.Result result, String className) {
        assertEquals(1, result.exitCode(), result.output());
        assertTrue(result.output().contains("dev.backstitch.NotWovenError: BST-101"), result.output());
        assertTrue(result.output().contains("was called in a class that was not rewritten: " + className), result.output());
        assertTrue(result.output().contains("-javaagent:backstitch-agent.jar"), result.output());
    }

    @Test
    void should_end_with_the_error_when_the_ticker_runs_without_the_agent() throws IOException {
        assertSaysWhatIsMissing(JavaProcess.runUnwoven(Ticker.class), "dev.backstitch.examples.Ticker");
    }

    @Test
    void should_end_with_the_error_when_the_pipeline_runs_without_the_agent(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("access.log"), "one line\n");

        assertSaysWhatIsMissing(
                JavaProcess.runUnwoven(LogPipeline.class, log.toString()), "dev.backstitch.examples.LogPipeline");
    }

    @Test
    void should_end_with_the_error_when_the_crawler_runs_without_the_agent(@TempDir Path directory) throws IOException {
        var result = JavaProcess.runUnwoven(CrawlCommand.class,
                "--out", directory.resolve("crawl.jsonl").toString(), "http://127.0.0.1:1/");

        assertSaysWhatIsMissing(result, "dev.backstitch.examples.crawler.");
    }
}
