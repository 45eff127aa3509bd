package dev.backstitch.tests.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Source text that knows which statement each of its lines belongs to. */
final class SourceText {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> sites = new ArrayList<>();
    private int indent;

    /** Adds a line of the statement {@code site}; 0 for none. */
    void line(int site, String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
        sites.add(site);
    }

    void indent() {
        indent++;
    }

    void outdent() {
        indent--;
    }

    /** The statement of line {@code number}, from 1; 0 if it belongs to none. */
    int siteOf(int number) {
        return number < 1 || number > sites.size() ? 0 : sites.get(number - 1);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The statements of all lines, for a reader elsewhere. */
    List<Integer> sites() {
        return sites;
    }
}
