package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backstitch.examples.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it, in a JVM of its own. */
class CrawlCommandTest {
    private final TestSite site = new TestSite();

    @TempDir
    Path directory;

    @AfterEach
    void closeSite() {
        site.close();
    }

    private JavaProcess.Result crawl(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--out", directory.resolve("crawl.jsonl").toString(), "--delay", "0",
                "--backoff", "1"));
        all.addAll(List.of(arguments));
        return JavaProcess.runWoven(List.of(), CrawlCommand.class, all.toArray(String[]::new));
    }

    @Test
    void should_end_with_a_summary_and_leave_json_lines() throws IOException {
        site.page("/", "/a", "/missing").page("/a");

        var result = crawl(site.url("/").toString());

        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("pages      3  (2 HTML, 0 other, 0 redirects, 0 disallowed, 1 failed)"),
                result.output());
        assertTrue(result.output().contains(site.url("/missing") + "\n    linked from " + site.url("/")), result.output());
        assertTrue(result.output().contains("the server answered 404 (not found)\n        at "), result.output());
        var mapper = new ObjectMapper();
        List<String> outcomes = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("crawl.jsonl"))) {
            JsonNode page = mapper.readTree(line);
            outcomes.add(page.get("outcome").asText());
        }
        assertEquals(3, outcomes.size());
        assertEquals("html", outcomes.get(0));
        assertTrue(outcomes.contains("failed"));
    }

    @Test
    void should_exit_with_1_when_not_one_page_came() throws IOException {
        site.status("/", 500);

        var result = crawl("--retries", "1", site.url("/").toString());

        assertEquals(1, result.exitCode(), result.output());
        assertTrue(result.output().contains("after 2 attempts"), result.output());
    }

    @Test
    void should_say_that_a_host_is_not_there() throws IOException {
        String nobody = site.url("/").toString();
        site.close();

        var result = crawl(nobody);

        assertEquals(1, result.exitCode(), result.output());
        assertTrue(result.output().contains("not asked for: its host's robots.txt could not be had\n"
                + "    java.net.ConnectException\n"), result.output());
    }

    @Test
    void should_exit_with_2_when_the_url_is_none() throws IOException {
        var result = crawl("mailto:a@example.org");

        assertEquals(2, result.exitCode(), result.output());
        assertTrue(result.output().startsWith("not an http or https URL: mailto:a@example.org\n"), result.output());
    }

    @Test
    void should_leave_all_that_came_and_say_what_did_not_when_it_is_stopped_by_control_c() throws Exception {
        JavaProcess.assumeCtrlC();
        var silent = new CountDownLatch(2);
        site.page("/", "/a", "/b", "/silent1", "/silent2", "/never1", "/never2", "/never3").page("/a").page("/b");
        for (String path : List.of("/silent1", "/silent2")) {
            site.on(path, exchange -> {
                silent.countDown();
                site.awaitClose();
            });
        }
        Path file = directory.resolve("crawl.jsonl");
        Process crawl = JavaProcess.startWoven(List.of(), CrawlCommand.class, "--out", file.toString(), "--delay", "0",
                "--per-host", "2", site.url("/").toString());
        try {
            silent.await(); // nothing more will come
            waitForLines(file, 3);
            JavaProcess.sendCtrlC(crawl);
            String output = new String(crawl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(130, crawl.waitFor(), output);
            assertTrue(output.contains("  pages      3  (3 HTML, 0 other, 0 redirects, 0 disallowed, 0 failed)"), output);
            assertTrue(output.contains("  stopped    by Ctrl-C: 2 visits under way were given up,"
                    + " 3 more links were not asked for"), output);
            assertFalse(output.contains("Exception"), output);
        } finally {
            crawl.destroyForcibly();
        }
        var mapper = new ObjectMapper();
        List<String> urls = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            urls.add(mapper.readTree(line).get("url").asText());
        }
        assertEquals(Set.of(site.url("/").toString(), site.url("/a").toString(), site.url("/b").toString()),
                Set.copyOf(urls));
        assertEquals(3, urls.size());
    }

    private static void waitForLines(Path file, int count) throws IOException {
        while (Files.readAllLines(file).size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void should_say_what_is_left_when_the_time_is_over() throws IOException {
        site.page("/", "/silent", "/a").page("/a").silent("/silent");

        var result = crawl("--max-time", "10", site.url("/").toString());

        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("  stopped    the time was over: 1 visits under way were given up,"
                + " 0 more links were not asked for"), result.output());
    }
}
