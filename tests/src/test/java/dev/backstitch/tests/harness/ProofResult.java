package dev.backstitch.tests.harness;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * The file is one of {@link Properties}: {@code title}, {@code about}, {@code command}, {@code jdk}, {@code columns},
 * {@code row.1} and on, {@code note.1} and on; cells stand between bars.
 */
public final class ProofResult {
    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("docs/proof");
    private static final String BAR = " | ";

    private final Properties properties = new Properties();
    private int rows;
    private int notes;

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

    private ProofResult(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        rows = numbered("row").size();
        notes = numbered("note").size();
    }

    /** The heads of the table; those that stand behind it if they are not given are what, figure and target. */
    public ProofResult columns(String... heads) {
        properties.setProperty("columns", String.join(BAR, heads));
        return this;
    }

    /** Adds a row; a cell that is empty shows nothing. */
    public ProofResult row(Object... cells) {
        properties.setProperty("row." + ++rows, String.join(BAR, Stream.of(cells).map(ProofResult::cell).toList()));
        return this;
    }

    private static String cell(Object value) {
        return value instanceof Integer || value instanceof Long ? String.format(Locale.ROOT, "%,d", value) : value.toString();
    }

    /** Adds a sentence behind the table. */
    public ProofResult note(String note) {
        properties.setProperty("note." + ++notes, note);
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
        try (BufferedWriter out = Files.newBufferedWriter(FOLDER.resolve(name + ".properties"))) {
            for (String key : keys()) {
                out.write(key + "=" + properties.getProperty(key).replace("\\", "\\\\").replace("\n", "\\n") + "\n");
            }
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>(List.of("title", "about", "command", "jdk", "columns"));
        keys.addAll(numbered("row"));
        keys.addAll(numbered("note"));
        return keys;
    }

    private List<String> numbered(String prefix) {
        return Stream.iterate(1, i -> properties.containsKey(prefix + "." + i), i -> i + 1).map(i -> prefix + "." + i)
                .toList();
    }

    /**
     * As {@link #write}, for a run of a part: the rows of the file that begin otherwise stay, and come first. Not those
     * of another JVM.
     */
    public void update(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".properties");
        if (isWanted() && Files.exists(file)) {
            ProofResult before = new ProofResult(file);
            if (before.required("jdk").equals(required("jdk"))) {
                Map<String, String> all = new LinkedHashMap<>();
                Stream.concat(before.rowTexts(), rowTexts()).forEach(row -> all.put(row.split(" \\| ")[0], row));
                rows = 0;
                all.values().forEach(row -> properties.setProperty("row." + ++rows, row));
            }
        }
        write(name);
    }

    private Stream<String> rowTexts() {
        return numbered("row").stream().map(properties::getProperty);
    }

    /** All files, in the order of their names. */
    public static List<ProofResult> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".properties")).sorted().map(ProofResult::new).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** This as a section of the page. */
    public String section() {
        StringBuilder s = new StringBuilder("## " + required("title") + "\n\n" + required("about") + "\n\n    "
                + required("command").replace("\n", "\n    ") + "\n\n");
        s.append("| ").append(required("columns")).append(" |\n|").append("---|".repeat(width("columns"))).append('\n');
        for (String row : numbered("row")) {
            if (width(row) != width("columns")) {
                throw new AssertionError(required("title") + ": " + row + " has other columns");
            }
            s.append("| ").append(properties.getProperty(row)).append(" |\n");
        }
        s.append("\nMeasured on ").append(required("jdk")).append(".");
        for (String note : numbered("note")) {
            s.append(' ').append(properties.getProperty(note));
        }
        return s.append('\n').toString();
    }

    private int width(String key) {
        return properties.getProperty(key).split(" \\| ?", -1).length;
    }

    private String required(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new AssertionError(key + " is missing in " + properties);
        }
        return value;
    }
}
