package dev.backstitch.benchmarks.report;

import dev.backstitch.benchmarks.report.ResultFile.Result;
import dev.backstitch.benchmarks.report.Topic.Group;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/benchmarks.md}, rendered from results. */
public final class Page {
    private static final String COMMAND = "mvn -B -pl benchmarks -am verify -DskipTests -Pbenchmarks";

    private final List<ResultFile> files;
    private final List<Integer> jdks;
    private final StringBuilder out = new StringBuilder();

    /** @param files of every topic that has results, for each JDK */
    public Page(List<ResultFile> files) {
        this.files = files;
        this.jdks = files.stream().map(ResultFile::feature).distinct().sorted().toList();
    }

    /** The page as Markdown. */
    public String render() {
        line("<!-- Rendered from benchmarks/results by the module benchmarks. Do not edit. -->");
        line("# Benchmarks");
        line("");
        line("Everything is measured and this page rendered by one command, on JDK 17 and 25 as far as they are installed "
                + "beside the one that runs Maven, or named by `JAVA_HOME_25`:");
        line("");
        line("    " + COMMAND);
        line("");
        line("`-Dbenchmarks.include=TreeWalk` measures one topic again and keeps the others; "
                + "`-Dbenchmarks.include=none` only renders. The peers of a table are measured in one run.");
        line("");
        environments();
        targets();
        Topics.ALL.forEach(this::topic);
        return out.toString();
    }

    private void environments() {
        line("## Measured on");
        line("");
        line("| CPU | JDK | JVM options |");
        line("|---|---|---|");
        files.stream()
                .map(ResultFile::environment)
                .map(e -> "| " + e.cpu() + " | " + e.jdk() + " | `" + e.flags() + "` |")
                .distinct()
                .forEach(this::line);
        line("");
    }

    private void targets() {
        line("## Targets");
        line("");
        line("| what | target |" + columns(jdk -> " JDK " + jdk + " |"));
        line("|---|---|" + columns(jdk -> "---|"));
        for (Topic topic : Topics.ALL) {
            for (Target target : topic.targets()) {
                line("| " + topic.title() + " | " + target.text() + " |"
                        + columns(jdk -> " " + verdict(rows(topic, jdk), target) + " |"));
            }
        }
        line("");
    }

    private static String verdict(Map<String, Result> rows, Target target) {
        var verdict = target.verdict(rows);
        if (verdict == null) {
            return "–";
        }
        return verdict.figure() + (verdict.met() ? "" : " **missed**");
    }

    private void topic(Topic topic) {
        if (jdks.stream().allMatch(jdk -> rows(topic, jdk).isEmpty())) {
            return;
        }
        line("## " + topic.title());
        line("");
        line(topic.text());
        line("");
        String bytes = topic.isJmh() ? " B |" : "";
        line("| |" + columns(jdk -> " JDK " + jdk + ": " + topic.unit() + " |" + bytes + " × reference |"));
        line("|---|" + columns(jdk -> "---:|" + (topic.isJmh() ? "---:|" : "") + "---:|"));
        topic.groups().forEach(group -> group(topic, group));
        line("");
        line("`" + topic.name() + "`, " + dates(topic));
        line("");
    }

    private void group(Topic topic, Group group) {
        if (topic.groups().size() > 1) {
            line("| **" + group.label() + "** |" + columns(jdk -> topic.isJmh() ? " | | |" : " | |"));
        }
        group.rows().forEach((key, label) -> {
            String mark = key.equals(group.reference()) ? " (reference)" : "";
            line("| " + label + mark + " |" + columns(jdk -> cells(topic, group, key, rows(topic, jdk))));
        });
    }

    private static String cells(Topic topic, Group group, String key, Map<String, Result> rows) {
        Result result = rows.get(key);
        if (result == null) {
            return topic.isJmh() ? " – | – | – |" : " – | – |";
        }
        var cells = new StringBuilder(" " + number(result.score()));
        if (!Double.isNaN(result.error())) {
            cells.append(" ± ").append(number(result.error()));
        }
        cells.append(" |");
        if (topic.isJmh()) {
            cells.append(String.format(Locale.ROOT, " %.2f |", result.bytes()));
        }
        Result reference = rows.get(group.reference());
        cells.append(reference == null ? " – |"
                : String.format(Locale.ROOT, " %.2f |", result.score() / reference.score()));
        return cells.toString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private String dates(Topic topic) {
        var dates = files.stream()
                .filter(file -> file.topic() == topic)
                .map(file -> file.environment().date())
                .collect(Collectors.toCollection(TreeSet::new));
        return "measured on " + String.join(" and ", dates);
    }

    private Map<String, Result> rows(Topic topic, int jdk) {
        Optional<ResultFile> found =
                files.stream().filter(f -> f.topic() == topic && f.feature() == jdk).findFirst();
        return found.map(ResultFile::rows).orElse(Map.of());
    }

    private String columns(java.util.function.IntFunction<String> column) {
        return jdks.stream().map(column::apply).collect(Collectors.joining());
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
