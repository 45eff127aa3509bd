package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * As many random programs as one likes against the CPython of this machine:
 *
 * <pre>mvn -B verify -pl tests -am -Pfuzz -Dbackstitch.fuzz.programs=100000 -Dbackstitch.fuzz.seed=1</pre>
 */
public final class LongDifferentialRun {
    private static final int MOST_REDUCED = 5;
    private static final int BATCH = 1000;

    private LongDifferentialRun() {}

    /** Exit status 1 when programs differ, 2 when there is no CPython 3.13. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long first = Long.parseLong(args[1]);
        try (PythonRuns python = PythonRuns.start()) {
            if (python == null) {
                System.err.println("no CPython 3.13 here");
                System.exit(2);
            }
            List<Divergence> divergences = new ArrayList<>();
            for (int done = 0; done < count; ) {
                int batch = Math.min(BATCH, count - done);
                List<Divergence> found = compare(first + done, batch, python, MOST_REDUCED - divergences.size());
                found.forEach(System.out::println);
                divergences.addAll(found);
                done += batch;
                System.out.println(done + " programs from seed " + first + ", " + divergences.size() + " differ");
                // What a run has found is kept when it is stopped.
                result(first, done, divergences.size(), python.coverage()).write("10-language");
            }
            System.out.print(python.coverage().table());
            System.out.println("not reached: " + python.coverage().missing());
            System.exit(divergences.isEmpty() ? 0 : 1);
        }
    }

    private static ProofResult result(long first, int count, int differing, Coverage coverage) {
        long operations = coverage.cells().values().stream().flatMap(row -> row.values().stream()).mapToLong(n -> n).sum();
        return new ProofResult(
                        "Random programs of generators, coroutines and asynchronous generators, against CPython 3.13",
                        "Each program is written as Python and as Java, and driven by the same random operations (`next`, `send`,"
                                + " `throw`, `close`, and those of asynchronous generators). Compared, line by line: what it"
                                + " logs, what each operation gives, the program's frames in each exception's trace, and the"
                                + " state afterwards.",
                        "mvn -B verify -pl tests -am -Pfuzz -Dbackstitch.fuzz.programs=" + count + " -Dbackstitch.fuzz.seed=" + first)
                .row("programs", count, "100,000")
                .row("that differ", differing, "0")
                .row("cells of construct × region × operation that were reached",
                        coverage.reached(), "")
                .row("operations on something that was suspended", operations, "")
                .note("The ordinary tests compare 2,000 more, recorded; these reach every cell that can be reached.");
    }

    /** The programs of {@code count} seeds that differ, reduced. */
    static List<Divergence> compare(long first, int count, PythonRuns python) throws IOException {
        return compare(first, count, python, MOST_REDUCED);
    }

    private static List<Divergence> compare(long first, int count, PythonRuns python, int mostReduced) throws IOException {
        List<Divergence> divergences = new ArrayList<>();
        List<Program> programs = LongStream.range(first, first + count).mapToObj(ProgramGenerator::make).toList();
        for (List<Program> batch : DifferentialTest.batches(programs)) {
            for (Map.Entry<Program, String> run : JavaRuns.of(batch).rewritten().entrySet()) {
                Program program = run.getKey();
                boolean reduce = divergences.size() < mostReduced;
                Divergence divergence = Divergence.of(program, python.run(program), run.getValue(), reduce ? python : null);
                if (divergence != null) {
                    divergences.add(divergence);
                }
            }
        }
        return divergences;
    }
}
