package dev.backstitch.tests.harness;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a long run found, kept in a file below {@code docs/proof}; {@code docs/proof.md} shows one section for each file, in
 * the order of their names. A run writes its file anew when {@code -Dbackstitch.proof=write} is given:
 *
 * <pre>
 *   new ProofResult("Random programs", "What they are and what is compared.", "mvn … -Pfuzz")
 *           .columns("what", "figure", "target")
 *           .row("programs", "100,000", "100,000")
 *           .note("What the figures do not tell.")
 *           .write("10-language");
 * </pre>
 *
 * The file is one of {@link Properties}: {@code title}, {@code about}, {@code command}, {@code jdk}, {@code commit},
 * {@code date}, {@code columns}, {@code row.1} and on, {@code note.1} and on; cells stand between bars. A row that an earlier
 * run has found has its own {@code run.1}, commit and date. Files of runs before these were recorded have none of them.
 */
public final class ProofResult {
    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("docs/proof");
    private static final String BAR = " | ";

    private static final String NOT_RECORDED = "commit not recorded";
    /** Asked for once: a run may write its results very often. */
    private static Optional<String> commit;

    private final Properties properties = new Properties();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A row of the table.
     *
     * @param run of which run it is; null: of the one that wrote the file last
     */
    private record Row(String cells, String run) {
        String name() {
            return cells.split(" \\| ")[0];
        }
    }

    /**
     * @param title the section's
     * @param about what is run and what is compared, in Markdown
     * @param command what produces these figures, from the project's directory
     */
    public ProofResult(String title, String about, String command) {
        properties.setProperty("title", title);
        properties.setProperty("about", about);
        properties.setProperty("command", command);
        properties.setProperty("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        columns("what", "figure", "target");
    }

    /** What has been written before, to a file or otherwise. */
    ProofResult(Reader written) throws IOException {
        properties.load(written);
        for (int i = 1; properties.containsKey("row." + i); i++) {
            rows.add(new Row(properties.getProperty("row." + i), properties.getProperty("run." + i)));
        }
        for (int i = 1; properties.containsKey("note." + i); i++) {
            notes.add(properties.getProperty("note." + i));
        }
    }

    private static ProofResult of(Path file) {
        try (Reader in = Files.newBufferedReader(file)) {
            return new ProofResult(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The heads of the table; those that stand behind it if they are not given are what, figure and target. */
    public ProofResult columns(String... heads) {
        properties.setProperty("columns", String.join(BAR, heads));
        return this;
    }

    /** Adds a row; a cell that is empty shows nothing. */
    public ProofResult row(Object... cells) {
        rows.add(new Row(String.join(BAR, Stream.of(cells).map(ProofResult::cell).toList()), null));
        return this;
    }

    private static String cell(Object value) {
        return value instanceof Integer || value instanceof Long ? String.format(Locale.ROOT, "%,d", value) : value.toString();
    }

    /** Adds a sentence behind the table. */
    public ProofResult note(String note) {
        notes.add(note);
        return this;
    }

    /** Whether runs are to write their results. */
    public static boolean isWanted() {
        return "write".equals(System.getProperty("backstitch.proof"));
    }

    /** Writes {@code docs/proof/name.properties} if that {@linkplain #isWanted is wanted}. */
    public void write(String name) throws IOException {
        if (!isWanted()) {
            return;
        }
        Files.createDirectories(FOLDER);
        ofThisRun();
        Files.writeString(FOLDER.resolve(name + ".properties"), text());
    }

    private void ofThisRun() {
        properties.setProperty("date", SourceState.date().toString());
        commit = commit == null ? SourceState.commit() : commit;
        commit.ifPresent(c -> properties.setProperty("commit", c));
    }

    /** What the file contains. */
    String text() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String key : List.of("title", "about", "command", "jdk", "commit", "date", "columns")) {
            all.put(key, properties.getProperty(key));
        }
        for (int i = 0; i < rows.size(); i++) {
            all.put("row." + (i + 1), rows.get(i).cells());
            all.put("run." + (i + 1), rows.get(i).run());
        }
        for (int i = 0; i < notes.size(); i++) {
            all.put("note." + (i + 1), notes.get(i));
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> {
            if (value != null) {
                text.append(key).append('=').append(value.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
            }
        });
        return text.toString();
    }

    /**
     * As {@link #write}, for a run of a part: the rows of the file that begin otherwise stay, and come first. Not those
     * of another JVM.
     */
    public void update(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".properties");
        if (isWanted() && Files.exists(file)) {
            ofThisRun();
            keep(of(file));
        }
        write(name);
    }

    /** Keeps the rows of a run before that this one has not made anew, if it was on the same JVM. */
    void keep(ProofResult before) {
        if (!before.required("jdk").equals(required("jdk"))) {
            return;
        }
        Map<String, Row> all = new LinkedHashMap<>();
        for (Row row : before.rows) {
            String run = row.run() == null ? before.run() : row.run();
            all.put(row.name(), new Row(row.cells(), run.equals(run()) ? null : run));
        }
        rows.forEach(row -> all.put(row.name(), row));
        rows.clear();
        rows.addAll(all.values());
    }

    /** Commit and date. */
    private String run() {
        String commit = properties.getProperty("commit");
        String date = properties.getProperty("date");
        return (commit == null ? NOT_RECORDED : "commit " + commit) + (date == null ? "" : ", " + date);
    }

    /** All files, in the order of their names. */
    public static List<ProofResult> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".properties")).sorted().map(ProofResult::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This as a section of the page. */
    public String section() {
        StringBuilder s = new StringBuilder("## " + required("title") + "\n\n" + required("about") + "\n\n    "
                + required("command").replace("\n", "\n    ") + "\n\n");
        s.append("| ").append(required("columns")).append(" |\n|").append("---|".repeat(width(required("columns")))).append('\n');
        for (Row row : rows) {
            if (width(row.cells()) != width(required("columns"))) {
                throw new AssertionError(required("title") + ": " + row + " has other columns");
            }
            s.append("| ").append(row.cells()).append(" |\n");
        }
        s.append("\nMeasured on ").append(required("jdk"));
        if (properties.containsKey("date")) {
            s.append(", ").append(run());
        }
        s.append('.').append(otherRuns());
        notes.forEach(note -> s.append(' ').append(note));
        return s.append('\n').toString();
    }

    /** Which rows are of which other runs, in a sentence behind a space. */
    private String otherRuns() {
        Map<String, List<String>> byRun = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.run() != null) {
                byRun.computeIfAbsent(row.run(), run -> new ArrayList<>()).add(row.name());
            }
        }
        List<String> runs = new ArrayList<>();
        byRun.forEach((run, names) -> runs.add(String.join("; ", names) + " (" + run + ")"));
        return runs.isEmpty() ? "" : " Of other runs: " + String.join("; ", runs) + ".";
    }

    private static int width(String cells) {
        return cells.split(" \\| ?", -1).length;
    }

    private String required(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new AssertionError(key + " is missing in " + properties);
        }
        return value;
    }
}
