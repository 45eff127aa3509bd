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

    /**
     * A run.
     *
     * @param events the trace
     * @param operations what was suspended where; see {@code fuzz_rig.py}
     */
    record Run(List<String> events, List<String> operations) {}

    /** The trace of {@code program}. */
    String run(Program program) throws IOException {
        SourceText source = PythonWriter.write(program);
        Run run = run(program.seed(), source.toString(), source.sites());
        coverage.add(program, run.operations);
        return String.join("\n", run.events);
    }

    /** Runs {@code source}, which names its kind, its root and its operations. */
    Run run(long name, String source, List<Integer> sites) throws IOException {
        byte[] text = source.getBytes(StandardCharsets.UTF_8);
        String joined = sites.stream().map(String::valueOf).collect(Collectors.joining(","));
        OutputStream in = process.getOutputStream();
        in.write((name + " " + text.length + " " + joined + "\n").getBytes(StandardCharsets.UTF_8));
        in.write(text);
        in.flush();
        Run run = new Run(new ArrayList<>(), new ArrayList<>());
        for (String line = traces.readLine(); !("=== " + name).equals(line); line = traces.readLine()) {
            if (line == null) {
                throw new AssertionError("CPython could not run this:\n" + source + "\n" + String.join("\n", run.events));
            }
            if (line.startsWith("# ")) {
                run.operations.add(line.substring(2));
            } else {
                run.events.add(line);
            }
        }
        return run;
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
