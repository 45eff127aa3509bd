package dev.backstitch.tests.entangled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Programs and what CPython logged, kept for machines without a CPython: so many lines that they are kept compressed. */
final class RecordedLogs {
    private static final Path FILE = Path.of("src/test/resources/golden/entangled.txt.gz");
    private static final String LOG = "LOG";
    private static final String END = "END";

    private RecordedLogs() {}

    static Map<EntangledProgram, List<String>> read() throws IOException {
        Map<EntangledProgram, List<String>> logs = new LinkedHashMap<>();
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line : in.lines().toList()) {
                if (line.equals(END)) {
                    int behind = lines.indexOf(LOG);
                    logs.put(EntangledProgram.parse(lines.subList(0, behind)),
                            List.copyOf(lines.subList(behind + 1, lines.size())));
                    lines.clear();
                } else {
                    lines.add(line);
                }
            }
        }
        return logs;
    }

    static void write(Map<EntangledProgram, List<String>> logs) throws IOException {
        StringBuilder text = new StringBuilder();
        logs.forEach((program, log) -> text.append(program).append(LOG).append('\n').append(String.join("\n", log))
                .append('\n').append(END).append('\n'));
        Files.createDirectories(FILE.getParent());
        try (var out = new GZIPOutputStream(Files.newOutputStream(FILE))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
