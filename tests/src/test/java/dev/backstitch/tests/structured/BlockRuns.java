package dev.backstitch.tests.structured;

import dev.backstitch.tests.harness.CPython;
import dev.backstitch.tests.harness.ProofResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * As many random programs for the event loop as one likes against the CPython of this machine, which makes them:
 *
 * <pre>mvn -B verify -pl tests -am -Pfuzz-loop -Dbackstitch.fuzz.programs=100000 -Dbackstitch.fuzz.seed=1</pre>
 */
public final class BlockRuns implements AutoCloseable {
    /** What CPython ran is kept by it, and a new one started after so many. */
    private static final int BATCH = 1000;

    private final Process process;
    private final BufferedReader answers;

    private BlockRuns(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Null where there is no CPython 3.13. */
    static BlockRuns start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(CPython.find());
        if (command.isEmpty()) {
            return null;
        }
        command.addAll(List.of("-B", "record_blocks.py", "--serve"));
        return new BlockRuns(CPython.start(command));
    }

    private String ask(String question) throws IOException {
        process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return answers.readLine();
    }

    /** What the programs of {@code count} seeds that differ, reduced, do there and here. */
    List<String> compare(long first, int count) throws IOException {
        List<String> divergences = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            String program = ask("seed " + seed);
            String expected = answers.readLine();
            if (!expected.equals(BlockProgram.run(program))) {
                String smallest = BlockText.write(BlockReducer.reduce(BlockText.parse(program), p -> differs(BlockText.write(p))));
                divergences.add("seed " + seed + ": " + smallest + "\n  expected " + ask("run " + smallest) + "\n  but was  "
                        + BlockProgram.run(smallest));
            }
        }
        return divergences;
    }

    private boolean differs(String program) {
        try {
            return !ask("run " + program).equals(BlockProgram.run(program));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Exit status 1 when programs differ, 2 when there is no CPython 3.13. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long first = Long.parseLong(args[1]);
        int differing = 0;
        Set<String> cells = new HashSet<>();
        for (int done = 0; done < count; ) {
            int batch = Math.min(BATCH, count - done);
            try (BlockRuns python = start()) {
                if (python == null) {
                    System.err.println("no CPython 3.13 here");
                    System.exit(2);
                }
                List<String> divergences = python.compare(first + done, batch);
                divergences.forEach(System.out::println);
                differing += divergences.size();
                cells.addAll(List.of(python.ask("cells").split(",")));
            }
            done += batch;
            System.out.println(done + " programs from seed " + first + ", " + differing + " differ");
            // What a run has found is kept when it is stopped.
            result(first, done, differing, cells.size()).write("20-event-loop");
        }
        System.exit(differing == 0 ? 0 : 1);
    }

    private static ProofResult result(long first, int count, int differing, int cells) {
        return new ProofResult(
                        "Random programs for the event loop, against CPython 3.13",
                        "Tasks, eager tasks, groups, timeouts, gatherings, waits, shields, cancellations given, swallowed and taken"
                                + " back, locks, semaphores, events, conditions, barriers, queues, futures, callbacks, timers, context"
                                + " variables, asynchronous generators closed by the loop. Compared, event by event: the order, the virtual"
                                + " time, the iteration of the loop, the task, and what each call gave.",
                        "mvn -B verify -pl tests -am -Pfuzz-loop -Dbackstitch.fuzz.programs=" + count + " -Dbackstitch.fuzz.seed=" + first)
                .row("programs", count, "100,000")
                .row("that differ", differing, "0")
                .row("cells of what is waited for × state of the task × what ends the wait that were reached", cells, "")
                .note("The ordinary tests compare 2,000 more, recorded; these reach every cell that can be reached.");
    }
}
