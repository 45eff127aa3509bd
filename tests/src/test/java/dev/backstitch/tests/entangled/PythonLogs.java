package dev.backstitch.tests.entangled;

import dev.backstitch.tests.harness.CPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A CPython that runs programs, one after the other. */
final class PythonLogs implements AutoCloseable {
    private static final String END = "END";

    private final Process process;
    private final BufferedReader logs;

    private PythonLogs(Process process) {
        this.process = process;
        logs = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Null where there is no CPython 3.13. */
    static PythonLogs start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(CPython.find());
        if (command.isEmpty()) {
            return null;
        }
        command.addAll(List.of("-B", "entangled.py"));
        return new PythonLogs(CPython.start(command));
    }

    /** What {@code program} logs. */
    List<String> run(EntangledProgram program) throws IOException {
        process.getOutputStream().write((program + END + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        List<String> log = new ArrayList<>();
        for (String line = logs.readLine(); !END.equals(line); line = logs.readLine()) {
            if (line == null) {
                throw new AssertionError("CPython could not run this:\n" + program + String.join("\n", log));
            }
            log.add(line);
        }
        return log;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
