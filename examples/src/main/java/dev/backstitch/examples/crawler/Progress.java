package dev.backstitch.examples.crawler;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far the crawl is: on a terminal by one line that is written over, elsewhere by a plain line every hundred
 * pages.
 */
final class Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int PAGES_PER_LINE = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private long drawn;
    private boolean lineOpen;

    Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /** One more page is in {@code summary}. */
    void update(Summary summary, int waiting) {
        if (terminal) {
            long now = nanoTime.getAsLong();
            if (now - drawn >= REDRAW_NANOS) {
                drawn = now;
                lineOpen = true;
                out.print("\r\u001b[K" + line(summary, waiting));
                out.flush();
            }
        } else if (summary.pages() % PAGES_PER_LINE == 0) {
            out.println(line(summary, waiting));
        }
    }

    /** Clears the line, so that others can print. */
    void end() {
        if (lineOpen) {
            out.print("\r\u001b[K");
            out.flush();
            lineOpen = false;
        }
    }

    private String line(Summary summary, int waiting) {
        double seconds = Math.max(1, nanoTime.getAsLong() - start) / 1e9;
        return String.format(Locale.ROOT, "%5d pages  %5d waiting  %10s  %d failed  %.0f pages/s",
                summary.pages(), waiting, Summary.size(summary.bytes()), summary.failures().size(),
                summary.pages() / seconds);
    }

    /** Whether what this process prints is read by a person, on a terminal that can move its cursor. */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since JDK 22 there is a console without a terminal, too, and a method to ask.
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
