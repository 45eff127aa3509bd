package dev.backstitch.tests.robustness;

import dev.backstitch.tests.harness.ProofResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * As many damaged and hostile class files as one likes:
 *
 * <pre>mvn -B verify -pl tests -am -Probustness -Dbackstitch.robustness.classes=100000 -Dbackstitch.robustness.seed=1</pre>
 *
 * It runs in a JVM with a heap of 128 megabytes, which bounds the memory that the engine takes for any of them.
 */
public final class LongRobustnessRun {
    private static final int MOST_REPORTED = 20;
    private static final int MOST_IN_PROCESSES = 1_000;

    private final Judge judge = new Judge();
    private final FlowComparison flows = new FlowComparison();
    private int hostile;
    private int damaged;
    private int inProcesses;
    private final List<String> wrongInProcesses = new ArrayList<>();

    private LongRobustnessRun() {}

    /**
     * Exit status 1 when anything was wrong.
     *
     * @param args how many classes, the first seed, and {@code processes} to try them under the agent and on the command line too
     */
    public static void main(String[] args) throws Exception {
        int classes = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        LongRobustnessRun run = new LongRobustnessRun();
        run.judge.watch(Thread.currentThread());
        run.hostile();
        run.random(seed, classes / 10);
        run.damaged(seed, classes);
        if (args.length > 2 && args[2].equals("processes")) {
            run.processes(seed, Math.min(MOST_IN_PROCESSES, classes));
        }
        run.judge.failures().stream().limit(MOST_REPORTED).forEach(System.out::println);
        run.flows.failures().stream().limit(MOST_REPORTED).forEach(System.out::println);
        run.wrongInProcesses.stream().limit(MOST_REPORTED).forEach(System.out::println);
        System.out.println(run.judge.count() + " classes from seed " + seed + ", " + run.judge.failures().size()
                + " failures, " + run.judge.verdicts() + ", slowest " + run.judge.slowest() + ", " + run.judge.mostMillis()
                + " ms; " + run.flows.programs() + " of random control flow run, " + run.flows.events() + " events, "
                + run.flows.failures().size() + " differ");
        run.write(classes, seed);
        System.exit(run.failures() == 0 ? 0 : 1);
    }

    private int failures() {
        return judge.failures().size() + flows.failures().size() + wrongInProcesses.size();
    }

    /** The classes that are hard on the engine, each with what has to become of it. */
    static List<Hostile> allHostile() {
        List<Hostile> all = new ArrayList<>(HostileFlow.all());
        all.addAll(HostileTables.all());
        all.addAll(HostileAttributes.all());
        all.addAll(HostileCalls.all());
        all.addAll(HostileNames.all());
        return all;
    }

    private void hostile() {
        for (Hostile made : allHostile()) {
            judge.judge(made);
            hostile++;
        }
    }

    private void random(long seed, int count) {
        for (long i = 0; i < count; i++) {
            judge.judge(RandomFlow.of(seed + i));
        }
        flows.add(seed, count);
    }

    private void damaged(long seed, int count) {
        DamagedFiles.make(seed, count, (what, classFile, companions) -> {
            judge.judge(what, classFile, companions);
            damaged++;
        });
    }

    /** In processes of their own: under the agent, and by the command line. */
    private void processes(long seed, int count) throws Exception {
        Path directory = Files.createTempDirectory("hostile");
        Processes processes = Processes.all(directory, seed, count);
        processes.underTheAgent();
        processes.onTheCommandLine();
        inProcesses = processes.count();
        wrongInProcesses.addAll(processes.failures());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void write(int classes, long seed) throws Exception {
        ProofResult result = new ProofResult(
                        "Class files nobody meant well",
                        "The class files of all targets with bytes changed in their constant pools, code, lengths, exception"
                                + " tables, stack maps and bootstrap methods, or cut short; classes with tables as large as"
                                + " a class file allows, with obfuscated control flow, with names that are none in Java; and"
                                + " generators whose blocks jump to one another at random. Each is refused with a code and"
                                + " left as it was, or what is made of it passes the JVM's verifier as the original does;"
                                + " all in a heap of 128 MB. Those generators also run, rewritten and un-rewritten on threads,"
                                + " driven at random, and log the same, block by block. A program that loads them under the"
                                + " agent lives on; the command line ends with its exit status, and leaves no file half"
                                + " written.",
                        "mvn -B verify -pl tests -am -Probustness -Dbackstitch.robustness.classes=" + classes
                                + " -Dbackstitch.robustness.seed=" + seed)
                .row("damaged classes", damaged, "100,000")
                .row("classes made to be hard", hostile, "")
                .row("random control flow, verified and run rewritten and on threads", flows.programs(), "")
                .row("of these, with loops of several entries", flows.irreducible(), "")
                .row("events that these logged", flows.events(), "")
                .row("of these programs, that log otherwise when they are rewritten", flows.failures().size(), 0)
                .row("of all these kinds, loaded under the agent and rewritten by the command line", inProcesses, "")
                .row("exceptions, hangs, wrong classes, errors of ours", judge.failures().size() + wrongInProcesses.size(), 0)
                .row("milliseconds of processor time for the class that took longest, " + judge.slowest(), judge.mostMillis(),
                        "at most " + 1000 * Judge.LIMIT_SECONDS);
        judge.verdicts().forEach((verdict, count) -> result.row(verdict, count, ""));
        result.write("40-robustness");
    }
}
