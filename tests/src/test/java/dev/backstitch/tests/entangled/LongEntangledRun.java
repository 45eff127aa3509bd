package dev.backstitch.tests.entangled;

import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * As many random programs as one likes against the CPython of this machine:
 *
 * <pre>mvn -B verify -pl tests -am -Pfuzz-entangled -Dbackstitch.fuzz.programs=100000 -Dbackstitch.fuzz.seed=1</pre>
 */
public final class LongEntangledRun {
    /** What CPython ran is kept by it, and a new one started after so many. */
    private static final int BATCH = 1000;
    private static final int MOST_REDUCED = 5;

    private final List<String> divergences = new ArrayList<>();
    private int programs;
    private long operations;

    LongEntangledRun() {}

    /** Exit status 1 when programs differ, 2 when there is no CPython 3.13. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long first = Long.parseLong(args[1]);
        LongEntangledRun run = new LongEntangledRun();
        while (run.programs < count) {
            try (PythonLogs python = PythonLogs.start()) {
                if (python == null) {
                    System.err.println("no CPython 3.13 here");
                    System.exit(2);
                }
                int before = run.divergences.size();
                run.compare(first + run.programs, Math.min(BATCH, count - run.programs), python);
                run.divergences.subList(before, run.divergences.size()).forEach(System.out::println);
            }
            System.out.println(run.programs + " programs from seed " + first + ", " + run.divergences.size() + " differ");
            // What a run has found is kept when it is stopped.
            run.result(first).write("15-entangled");
        }
        System.out.println(run.operations + " operations");
        System.exit(run.divergences.isEmpty() ? 0 : 1);
    }

    /** Runs the programs of {@code count} seeds here and there. */
    void compare(long first, int count, PythonLogs python) throws IOException {
        for (long seed = first; seed < first + count; seed++) {
            EntangledProgram program = ProgramMaker.make(seed);
            List<String> log = EntangledRun.run(program);
            programs++;
            operations += log.stream().filter(EntangledRun::isOperation).count();
            if (!python.run(program).equals(log)) {
                divergences.add(divergences.size() < MOST_REDUCED ? divergence(seed, program, python) : "seed " + seed);
            }
        }
    }

    private static String divergence(long seed, EntangledProgram program, PythonLogs python) throws IOException {
        EntangledProgram smallest = ProgramReducer.reduce(program, candidate -> differs(candidate, python));
        return "seed " + seed + ", reduced:\n" + smallest + "expected:\n" + String.join("\n", python.run(smallest)) + "\nwas:\n"
                + String.join("\n", EntangledRun.run(smallest)) + "\n";
    }

    private static boolean differs(EntangledProgram program, PythonLogs python) {
        try {
            return !python.run(program).equals(EntangledRun.run(program));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those programs that differ: the first ones reduced, with both logs. */
    List<String> divergences() {
        return divergences;
    }

    private ProofResult result(long first) {
        return new ProofResult(
                        "Random programs of generators, coroutines or asynchronous generators that use one another, against"
                                + " CPython 3.13",
                        "Two to five generators delegate to, pull, send to, throw into and close one another, and are all driven from"
                                + " outside at random, too. Compared, line by line: what each body sees, what each operation gives,"
                                + " and the state and the delegate of each generator after each operation. One program of four"
                                + " is of coroutines, which await in the place of delegating. In four of ten of the generators' some"
                                + " look ahead with `hasNext`, which a wrapper adds to Python's generators. Another one of four is of"
                                + " up to six asynchronous generators and coroutines: the generators' operations are made, kept,"
                                + " awaited, and driven, thrown into and closed by others than their makers.",
                        "mvn -B verify -pl tests -am -Pfuzz-entangled -Dbackstitch.fuzz.programs=" + programs
                                + " -Dbackstitch.fuzz.seed=" + first)
                .row("programs", programs, "100,000")
                .row("that differ", divergences.size(), "0")
                .row("operations, from outside and from within", operations, "");
    }
}
