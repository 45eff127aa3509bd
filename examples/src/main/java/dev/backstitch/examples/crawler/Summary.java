package dev.backstitch.examples.crawler;

import dev.backstitch.examples.crawler.Page.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a crawl has brought so far. */
final class Summary {
    private static final int MAX_TRACES = 20;

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final List<Page> failures = new ArrayList<>();
    private int pages;
    private long bytes;
    private int retries;

    void add(Page page) {
        pages++;
        bytes += page.bytes();
        retries += Math.max(0, page.attempts() - 1);
        outcomes.merge(page.outcome(), 1, Integer::sum);
        if (page.outcome() == Outcome.FAILED) {
            failures.add(page);
        }
    }

    /** How many URLs were visited, with the failures. */
    int pages() {
        return pages;
    }

    long bytes() {
        return bytes;
    }

    /** The pages that failed, in the order in which they did. */
    List<Page> failures() {
        return failures;
    }

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** Prints the figures, and each failure with its trace. */
    void print(PrintStream out, Duration elapsed, Ending ending) {
        out.printf(Locale.ROOT, "  pages      %,d  (%,d HTML, %,d other, %,d redirects, %,d disallowed, %,d failed)%n",
                pages, count(Outcome.HTML), count(Outcome.OTHER), count(Outcome.REDIRECT), count(Outcome.DISALLOWED),
                failures.size());
        out.printf(Locale.ROOT, "  bytes      %,d  (%s)%n", bytes, size(bytes));
        out.printf(Locale.ROOT, "  retries    %,d%n", retries);
        out.printf(Locale.ROOT, "  time       %.1f s, %.0f pages/s%n", elapsed.toMillis() / 1e3,
                pages / Math.max(1e-3, elapsed.toMillis() / 1e3));
        out.print(ending.text());
        out.printf(Locale.ROOT, "  failures   %,d%n", failures.size());
        for (Page page : failures.subList(0, Math.min(MAX_TRACES, failures.size()))) {
            out.println();
            out.println("  " + page.url() + (page.referrer() == null ? "" : "\n    linked from " + page.referrer()));
            out.println("    " + after(page.attempts()));
            TraceText.lines(page.failure()).forEach(line -> out.println("    " + line));
        }
        if (failures.size() > MAX_TRACES) {
            out.println("\n  ... and " + (failures.size() - MAX_TRACES) + " more; the JSON lines have them all");
        }
    }

    private static String after(int attempts) {
        return switch (attempts) {
            case 0 -> "not asked for: its host's robots.txt could not be had";
            case 1 -> "after 1 attempt";
            default -> "after " + attempts + " attempts";
        };
    }

    /** {@code bytes} for people. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
