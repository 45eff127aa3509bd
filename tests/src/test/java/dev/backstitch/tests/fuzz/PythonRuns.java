package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.harness.CPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A CPython that runs programs, one after the other. */
final class PythonRuns implements AutoCloseable {
    private final Process process;
    private final BufferedReader traces;
    private final Coverage coverage = new Coverage();

    private PythonRuns(Process process) {
        this.process = process;
        this.traces = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Null where there is no CPython 3.13. */
    static PythonRuns start() throws IOException, InterruptedException {
        List<String> python = CPython.find();
        if (python.isEmpty()) {
            return null;
        }
        List<String> command = new ArrayList<>(python);
        command.addAll(List.of("-B", "fuzz_rig.py"));
        return new PythonRuns(CPython.start(command));
    }

    /** The trace of {@code program}. */
    String run(Program program) throws IOException {
        SourceText source = PythonWriter.write(program);
        byte[] text = source.toString().getBytes(StandardCharsets.UTF_8);
        String sites = source.sites().stream().map(String::valueOf).collect(Collectors.joining(","));
        OutputStream in = process.getOutputStream();
        in.write((program.seed() + " " + text.length + " " + sites + "\n").getBytes(StandardCharsets.UTF_8));
        in.write(text);
        in.flush();
        List<String> events = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        for (String line = traces.readLine(); !("=== " + program.seed()).equals(line); line = traces.readLine()) {
            if (line == null) {
                throw new AssertionError("CPython could not run this:\n" + source + "\n" + String.join("\n", events));
            }
            if (line.startsWith("# ")) {
                operations.add(line.substring(2));
            } else {
                events.add(line);
            }
        }
        coverage.add(program, operations);
        return String.join("\n", events);
    }

    /** Of all runs so far. */
    Coverage coverage() {
        return coverage;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
