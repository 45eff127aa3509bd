package dev.backstitch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPipelineTest {
    private static final int LINES_PER_HOUR = 20_000;

    @TempDir
    Path directory;

    /** An endless log: 20,000 requests an hour, the first of each hundred an error, the last of each thousand garbage. */
    @Generator
    private static Gen<String> log() {
        for (int i = 0; ; i++) {
            if (i % 1000 == 999) {
                Gen.yield("\u0000 not a request \uFFFD " + i);
                continue;
            }
            int seconds = (int) (i % LINES_PER_HOUR * 3600L / LINES_PER_HOUR);
            int hour = i / LINES_PER_HOUR;
            Gen.yield(String.format(Locale.ROOT,
                    "10.0.%d.%d - - [%02d/Nov/2026:%02d:%02d:%02d +0000] \"GET /page/%d HTTP/1.1\" %d %d \"-\" \"test\"",
                    i / 256 % 256, i % 256, 1 + hour / 24, hour % 24, seconds / 60, seconds % 60, i,
                    i % 100 == 0 ? 404 : 200, i % 100 == 0 ? 0 : 1000));
        }
    }

    private static String report(Path file) throws IOException {
        var out = new ByteArrayOutputStream();
        LogPipeline.report(file, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void should_group_requests_by_hour() throws IOException {
        Path file = Files.writeString(directory.resolve("access.log"), """
                127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1500000
                127.0.0.1 - frank [10/Oct/2000:13:59:59 -0700] "GET /missing HTTP/1.0" 404 -
                what is this?
                ::1 - - [10/Oct/2000:14:00:00 -0700] "GET /\\"quoted\\" HTTP/1.0" 500 250000 "-" "agent"
                """);

        assertEquals("""
                hour                requests     errors           MB
                10/Oct/2000:13             2          1          1.5
                10/Oct/2000:14             1          1          0.3
                total                      3          2          1.8
                malformed lines: 1
                """, report(file));
    }

    @Test
    void should_report_nothing_when_the_file_is_empty() throws IOException {
        Path file = Files.createFile(directory.resolve("access.log"));

        assertTrue(report(file).endsWith("malformed lines: 0\n"));
    }

    @Test
    void should_throw_the_original_exception_when_there_is_no_file() {
        assertThrows(NoSuchFileException.class, () -> report(directory.resolve("missing.log")));
    }

    @Test
    void should_pull_no_more_lines_than_are_asked_for() {
        try (Gen<AccessLogEntry> entries = LogPipeline.parse(log())) {
            assertEquals("/page/0", entries.next().request().split(" ")[1]);
            assertEquals("/page/1", entries.next().request().split(" ")[1]);
        }
    }

    @Test
    void should_count_malformed_lines_as_the_result() {
        Gen<AccessLogEntry> entries = LogPipeline.parse(lines("a", "b"));

        assertNull(entries.result());
        assertEquals(0, entries.stream().count());
        assertEquals(2L, entries.result());
    }

    @Generator
    private static Gen<String> lines(String... lines) {
        Gen.yieldFrom(List.of(lines));
        return Gen.end();
    }

    @Test
    void should_read_200_megabytes_with_32_megabytes_of_heap() throws IOException {
        Path file = directory.resolve("large.log");
        long lines = 0;
        long size = 0;
        try (var out = Files.newBufferedWriter(file); Gen<String> log = log()) {
            while (size < 200_000_000) {
                String line = log.next();
                out.write(line);
                out.write('\n');
                size += line.length() + 1;
                lines++;
            }
        }

        var result = JavaProcess.runWoven(List.of("-Xmx32m"), LogPipeline.class, file.toString());

        assertEquals(0, result.exitCode(), result.output());
        String[] rows = result.output().split("\n");
        assertEquals("01/Nov/2026:00         19980        200         19.8", rows[1]);
        long hours = (lines + LINES_PER_HOUR - 1) / LINES_PER_HOUR;
        assertEquals(hours, rows.length - 3);
        long malformed = lines / 1000;
        assertEquals("malformed lines: " + malformed, rows[rows.length - 1]);
        long requests = lines - malformed;
        long errors = (lines + 99) / 100;
        assertEquals(String.format(Locale.ROOT, "%-15s %12d %10d %12.1f", "total", requests, errors,
                (requests - errors) / 1000.0), rows[rows.length - 2]);
    }
}
