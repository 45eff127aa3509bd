package dev.backstitch.tests.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lists that CPython gave. */
final class GoldenTraces {
    private GoldenTraces() {}

    private static final Path GOLDEN = Path.of("src/test/resources/golden/traces");

    /** The recorded text of each program of {@code file}, without the Python line numbers. */
    static Map<String, String> read(String file) throws IOException {
        Map<String, String> programs = new LinkedHashMap<>();
        String program = null;
        for (String line : Files.readAllLines(GOLDEN.resolve(file + ".txt"))) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                program = line;
                programs.put(program, "");
            } else {
                programs.merge(program, line.replaceFirst(" \\d+ @", " @") + "\n", String::concat);
            }
        }
        return programs;
    }
}
