package dev.backstitch.tests.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists that CPython gave, and a CPython to give them again, if there is one. */
final class GoldenTraces {
    private GoldenTraces() {}

    private static final Path GOLDEN = Path.of("src/test/resources/golden/traces");
    private static final Path PYTHON = Path.of("src/test/python");

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

    /** A command that runs CPython 3.13; empty when there is none. */
    static List<String> findPython() throws IOException, InterruptedException {
        for (String name : List.of("python3.13", "python3", "python")) {
            try {
                Process process = start(List.of(name, "-c", "import sys; print(sys.version_info[:2])"));
                String version = new String(process.getInputStream().readAllBytes()).strip();
                if (process.waitFor() == 0 && version.equals("(3, 13)")) {
                    return List.of(name);
                }
            } catch (IOException absent) {
                continue;
            }
        }
        return List.of();
    }

    static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(PYTHON.toFile()).redirectErrorStream(true);
        builder.environment().putIfAbsent("PYENV_VERSION", "3.13"); // where pyenv chooses among several
        return builder.start();
    }
}
