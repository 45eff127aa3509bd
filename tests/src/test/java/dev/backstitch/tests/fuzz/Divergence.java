package dev.backstitch.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of which two runs differ, reduced and written down under {@code target/fuzz}. */
record Divergence(Program program, String expected, String actual) {

    /** Null if {@code expected} is the trace of the rewritten {@code program}; {@code python} is null where there is none. */
    static Divergence of(Program program, String expected, String actual, PythonRuns python) {
        if (expected.equals(actual)) {
            return null;
        }
        Divergence whole = new Divergence(program, expected, actual);
        whole.write("whole");
        if (python == null) {
            return whole;
        }
        Program smallest = Reducer.reduce(program, candidate -> {
            String rewritten = rewritten(candidate);
            return rewritten != null && !rewritten.equals(onPython(candidate, python));
        });
        Divergence reduced = new Divergence(smallest, onPython(smallest, python), rewritten(smallest));
        reduced.write("reduced");
        return reduced;
    }

    private static String onPython(Program program, PythonRuns python) {
        try {
            return python.run(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null if it is no program any more. */
    private static String rewritten(Program program) {
        try {
            return JavaRuns.of(List.of(program)).rewritten().get(program);
        } catch (AssertionError notCompiled) {
            return null;
        }
    }

    private void write(String name) {
        try {
            Path folder = Path.of("target/fuzz/" + program.seed() + "/" + name);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("program.py"), PythonWriter.write(program).toString());
            Files.writeString(folder.resolve("program.java"), JavaWriter.write(program).toString());
            Files.writeString(folder.resolve("expected.txt"), expected);
            Files.writeString(folder.resolve("actual.txt"), String.valueOf(actual));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "seed " + program.seed() + " (see target/fuzz/" + program.seed() + ")\n" + PythonWriter.write(program)
                + "expected:\n" + expected + "\nwas:\n" + actual + "\n";
    }
}
