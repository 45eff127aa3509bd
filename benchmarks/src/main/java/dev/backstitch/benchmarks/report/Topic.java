package dev.backstitch.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One table of the page: what is measured, which rows are compared with which, and what must be reached. */
public final class Topic {
    /** Rows that are compared with the first one of them. */
    record Group(String label, Map<String, String> rows) {
        String reference() {
            return rows.keySet().iterator().next();
        }
    }

    private final String name;
    private final String unit;
    private final String main;
    private final String title;
    private final String text;
    private final List<Group> groups = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    private Topic(String name, String unit, String main, String title, String text) {
        this.name = name;
        this.unit = unit;
        this.main = main;
        this.title = title;
        this.text = text;
    }

    /** Measured by JMH, in the class {@code name}. */
    static Topic jmh(String name, String title, String text) {
        return new Topic(name, "ns", null, title, text);
    }

    /** Measured by the main method of the class {@code name}, once for each row, in {@code unit}. */
    static Topic probe(String name, String unit, String title, String text) {
        return new Topic(name, unit, "dev.backstitch.benchmarks." + name, title, text);
    }

    /** A group of rows, each a key and what the page calls it; the first is the reference. */
    Topic group(String label, String... keysAndLabels) {
        var rows = new LinkedHashMap<String, String>();
        for (int i = 0; i < keysAndLabels.length; i += 2) {
            rows.put(keysAndLabels[i], keysAndLabels[i + 1]);
        }
        groups.add(new Group(label, rows));
        return this;
    }

    Topic target(Target target) {
        targets.add(target);
        return this;
    }

    /** The simple name of the class that measures it. */
    public String name() {
        return name;
    }

    /** Of every row. */
    public String unit() {
        return unit;
    }

    /** Whether JMH measures it. */
    public boolean isJmh() {
        return main == null;
    }

    /** The class that measures it, if JMH does not. */
    public String main() {
        return main;
    }

    /** The keys of all rows. */
    public List<String> rows() {
        return groups.stream().flatMap(group -> group.rows.keySet().stream()).toList();
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    List<Group> groups() {
        return groups;
    }

    List<Target> targets() {
        return targets;
    }
}
