package dev.backstitch.tests.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Source text that knows which statement each of its lines belongs to. */
final class SourceText {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> sites = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();
    private String owner = "";
    private int indent;

    /** Adds a line of the statement {@code site}; 0 for none. */
    void line(int site, String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
        sites.add(site);
        owners.add(owner);
    }

    /** The lines from now on belong to {@code function}. */
    void owner(String function) {
        owner = function;
    }

    /** The function that line {@code number}, from 1, belongs to. */
    String ownerOf(int number) {
        return number < 1 || number > owners.size() ? "" : owners.get(number - 1);
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
