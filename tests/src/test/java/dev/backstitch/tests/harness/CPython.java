package dev.backstitch.tests.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The CPython 3.13 of this machine, if there is one. */
public final class CPython {
    private static final Path SCRIPTS = Path.of("src/test/python");

    private CPython() {}

    /** A command that runs it; empty when there is none. */
    public static List<String> find() throws IOException, InterruptedException {
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

    /** Starts {@code command} among the tests' scripts; its errors go to its output. */
    public static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true);
        builder.environment().putIfAbsent("PYENV_VERSION", "3.13"); // where pyenv chooses among several
        return builder.start();
    }
}
