package dev.backstitch.examples.crawler;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a file with a JSON object per line: one page each. */
final class JsonLines implements AutoCloseable {

    /** A line of the file; what is null or zero is left out. */
    @JsonInclude(Include.NON_DEFAULT)
    record Line(
            String url,
            @JsonInclude(Include.ALWAYS) int depth,
            String referrer,
            String outcome,
            int status,
            String contentType,
            String title,
            @JsonInclude(Include.ALWAYS) long bytes,
            boolean truncated,
            int attempts,
            long millis,
            int links,
            String redirect,
            String failure) {

        static Line of(Page page) {
            return new Line(
                    page.url().toString(), page.depth(), text(page.referrer()),
                    page.outcome().name().toLowerCase(Locale.ROOT), page.status(),
                    page.contentType().isEmpty() ? null : page.contentType(), page.title(), page.bytes(),
                    page.truncated(), page.attempts(), page.millis(), page.links().size(), text(page.redirect()),
                    text(page.failure()));
        }

        private static String text(Object value) {
            return value == null ? null : value.toString();
        }
    }

    private static final ObjectWriter JSON = new ObjectMapper().writerFor(Line.class);

    private final Writer lines;

    /** @throws IOException if {@code file} cannot be written; its directories are made */
    JsonLines(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        lines = Files.newBufferedWriter(file);
    }

    /** Writes a line, at once: a crawl that is stopped leaves what it has. */
    void write(Page page) throws IOException {
        lines.write(JSON.writeValueAsString(Line.of(page)) + "\n");
        lines.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
