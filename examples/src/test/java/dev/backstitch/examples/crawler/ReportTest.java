package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.examples.crawler.Ending.Reason;
import dev.backstitch.examples.crawler.Page.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed and written about pages. */
class ReportTest {
    private static final URI ROOT = URI.create("http://example.org/");
    private static final Page HTML = new Page(ROOT, 0, null, Outcome.HTML, 200, "text/html", "Title \"1\"", 1_234_567,
            false, 2, 30, List.of(ROOT, ROOT.resolve("a")), null, null);
    private static final Page MOVED = new Page(ROOT.resolve("old"), 1, ROOT, Outcome.REDIRECT, 301, "", null, 0, false, 1,
            5, List.of(), ROOT, null);

    private static Page failed() {
        var failure = new IOException("no answer");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("jdk.internal.net.http.Stream", "read", "Stream.java", 7),
            new StackTraceElement("java.util.concurrent.CompletableFuture", "complete", "CompletableFuture.java", 8),
            new StackTraceElement("example.Download", "run", "Download.java", 42),
            new StackTraceElement("example.Visit", "run", "Visit.java", 12),
        });
        return new Page(ROOT.resolve("gone"), 1, ROOT, Outcome.FAILED, 0, "", null, 0, false, 3, 900, List.of(), null,
                failure);
    }

    private static String printed(Consumer<PrintStream> printer) {
        var out = new ByteArrayOutputStream();
        printer.accept(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void should_print_figures_and_the_trace_of_each_failure() {
        var summary = new Summary();
        summary.add(HTML);
        summary.add(MOVED);
        summary.add(failed());

        assertEquals("""
                  pages      3  (1 HTML, 0 other, 1 redirects, 0 disallowed, 1 failed)
                  bytes      1,234,567  (1.2 MB)
                  retries    3
                  time       1.5 s, 2 pages/s
                  not asked  4 more links: the limit of pages was reached
                  failures   1

                  http://example.org/gone
                    linked from http://example.org/
                    after 3 attempts
                    java.io.IOException: no answer
                        ... 2 of the JDK
                        at example.Download.run(Download.java:42)
                        at example.Visit.run(Visit.java:12)
                """, printed(out -> summary.print(out, Duration.ofMillis(1500), new Ending(Reason.DONE, 0, 4))));
    }

    @Test
    void should_write_a_json_object_per_line(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("new/crawl.jsonl");
        try (var lines = new JsonLines(file)) {
            lines.write(HTML);
            lines.write(MOVED);
            lines.write(failed());
        }

        assertEquals(String.join("\n",
                "{\"url\":\"http://example.org/\",\"depth\":0,\"outcome\":\"html\",\"status\":200,"
                        + "\"contentType\":\"text/html\",\"title\":\"Title \\\"1\\\"\",\"bytes\":1234567,"
                        + "\"attempts\":2,\"millis\":30,\"links\":2}",
                "{\"url\":\"http://example.org/old\",\"depth\":1,\"referrer\":\"http://example.org/\","
                        + "\"outcome\":\"redirect\",\"status\":301,\"bytes\":0,\"attempts\":1,\"millis\":5,"
                        + "\"redirect\":\"http://example.org/\"}",
                "{\"url\":\"http://example.org/gone\",\"depth\":1,\"referrer\":\"http://example.org/\","
                        + "\"outcome\":\"failed\",\"bytes\":0,\"attempts\":3,\"millis\":900,"
                        + "\"failure\":\"java.io.IOException: no answer\"}",
                ""),
                Files.readString(file));
    }

    @Test
    void should_print_a_plain_line_every_hundred_pages_when_there_is_no_terminal() {
        var time = new AtomicLong();
        String text = printed(out -> {
            var progress = new Progress(out, false, time::get);
            var summary = new Summary();
            time.addAndGet(2_000_000_000);
            for (int i = 0; i < 250; i++) {
                summary.add(HTML);
                progress.update(summary, 7);
            }
            progress.end();
        });

        assertEquals("""
                  100 pages      7 waiting    123.5 MB  0 failed  50 pages/s
                  200 pages      7 waiting    246.9 MB  0 failed  100 pages/s
                """, text);
    }

    @Test
    void should_write_over_one_line_ten_times_a_second_on_a_terminal() {
        var time = new AtomicLong();
        String text = printed(out -> {
            var progress = new Progress(out, true, time::get);
            var summary = new Summary();
            for (int i = 0; i < 4; i++) {
                time.addAndGet(60_000_000);
                summary.add(MOVED);
                progress.update(summary, 0);
            }
            progress.end();
        });

        assertEquals("\r\u001b[K    1 pages      0 waiting         0 B  0 failed  17 pages/s"
                + "\r\u001b[K    3 pages      0 waiting         0 B  0 failed  17 pages/s"
                + "\r\u001b[K", text);
    }
}
