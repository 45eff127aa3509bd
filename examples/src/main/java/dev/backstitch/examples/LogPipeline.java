package dev.backstitch.examples;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/**
 * A pipeline of generators over a web server's access log, in the manner of David Beazley's "Generator Tricks for Systems
 * Programmers": read lines, parse them, group them by hour. Each stage pulls from the one before it, one element at a
 * time, so a file of any size takes the same memory.
 */
public final class LogPipeline {
    private LogPipeline() {}

    /** What one hour of the log holds. */
    public record Hour(String hour, long requests, long errors, long bytes) {
        /** This hour with one more request. */
        Hour plus(AccessLogEntry entry) {
            return new Hour(hour, requests + 1, errors + (entry.status() >= 400 ? 1 : 0), bytes + entry.bytes());
        }
    }

    /**
     * The lines of {@code file}. The file is opened when the first line is pulled, and closed at the end or when the
     * generator is closed.
     */
    @Generator
    public static Gen<String> lines(Path file) throws IOException {
        // Not Files.newBufferedReader: strangers write into an access log, and it throws at what is not UTF-8.
        try (var in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Gen.yield(line);
            }
        }
        return Gen.end();
    }

    /** The entries that {@code lines} hold. The result of the generator is the number of lines that hold none, a Long. */
    @Generator
    public static Gen<AccessLogEntry> parse(Gen<String> lines) {
        long malformed = 0;
        for (String line : lines) {
            AccessLogEntry entry = AccessLogEntry.parse(line);
            if (entry == null) {
                malformed++;
            } else {
                Gen.yield(entry);
            }
        }
        return Gen.end(malformed);
    }

    /** Adds up neighbours of the same hour, as {@code itertools.groupby} would: a log is in order of time. */
    @Generator
    public static Gen<Hour> byHour(Iterator<AccessLogEntry> entries) {
        Hour current = null;
        while (entries.hasNext()) {
            AccessLogEntry entry = entries.next();
            if (current == null || !current.hour().equals(entry.hour())) {
                if (current != null) {
                    Gen.yield(current);
                }
                current = new Hour(entry.hour(), 0, 0, 0);
            }
            current = current.plus(entry);
        }
        if (current != null) {
            Gen.yield(current);
        }
        return Gen.end();
    }

    /**
     * Prints a line for each hour of {@code file}, while it reads on, and a total.
     *
     * @throws IOException if the file cannot be read
     */
    public static void report(Path file, PrintStream out) throws IOException {
        out.printf("%-15s %12s %10s %12s%n", "hour", "requests", "errors", "MB");
        Hour total = new Hour("total", 0, 0, 0);
        try (Gen<String> lines = lines(file); Gen<AccessLogEntry> entries = parse(lines)) {
            for (Hour h : byHour(entries)) {
                print(h, out);
                total = new Hour(total.hour(), total.requests() + h.requests(), total.errors() + h.errors(),
                        total.bytes() + h.bytes());
            }
            print(total, out);
            out.println("malformed lines: " + entries.result());
        }
    }

    private static void print(Hour h, PrintStream out) {
        out.printf(Locale.ROOT, "%-15s %12d %10d %12.1f%n", h.hour(), h.requests(), h.errors(), h.bytes() / 1e6);
    }

    /** {@code LogPipeline FILE}: an access log in the Common or Combined Log Format. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: LogPipeline FILE");
            System.exit(2);
        }
        report(Path.of(args[0]), System.out);
    }
}
