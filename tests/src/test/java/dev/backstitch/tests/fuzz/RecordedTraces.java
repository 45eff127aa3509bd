package dev.backstitch.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** CPython's traces of programs, kept for machines without a CPython. */
final class RecordedTraces {
    private static final Path FILE = Path.of("src/test/resources/golden/fuzz/traces.txt");
    private static final Path COVERAGE = Path.of("src/test/resources/golden/fuzz/coverage.md");

    private RecordedTraces() {}

    /** By seed. */
    static Map<Long, String> read() throws IOException {
        Map<Long, String> traces = new LinkedHashMap<>();
        StringBuilder trace = new StringBuilder();
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("=== ")) {
                traces.put(Long.parseLong(line.substring(4)), trace.toString());
                trace.setLength(0);
            } else {
                trace.append(trace.length() == 0 ? "" : "\n").append(line);
            }
        }
        return traces;
    }

    /** What the recorded programs reached, a table. */
    static String coverage() throws IOException {
        return Files.readString(COVERAGE);
    }

    static void writeCoverage(Coverage coverage) throws IOException {
        Files.writeString(COVERAGE, coverage.table());
    }

    static void write(Map<Long, String> traces) throws IOException {
        StringBuilder text = new StringBuilder();
        traces.forEach((seed, trace) -> text.append(trace).append("\n=== ").append(seed).append('\n'));
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, text);
    }
}
