package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.ThreadComparison.Difference;
import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * As many random programs as one likes, rewritten and un-rewritten on threads:
 *
 * <pre>mvn -B verify -pl tests -am -Pthreads -Dbackstitch.threads.programs=10000 -Dbackstitch.threads.seed=1</pre>
 *
 * {@code -Dbackstitch.threads.bits} is the bound of the patterns: so many awaitables of a program are ready or pending
 * independently of one another. In one program of four coroutines may run by themselves.
 */
public final class LongThreadRun {
    private static final int BATCH = 100;
    private static final int MOST_REDUCED = 5;

    private LongThreadRun() {}

    /**
     * Exit status 1 when programs differ.
     *
     * @param args how many programs, the first seed, how many bits
     */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        long first = Long.parseLong(args[1]);
        int bits = Integer.parseInt(args[2]);
        ThreadComparison comparison = new ThreadComparison(bits);
        int hot = 0;
        int reported = 0;
        for (int done = 0; done < count; ) {
            List<Program> programs = new ArrayList<>();
            for (; done < count && programs.size() < BATCH; done++) {
                long seed = first + done;
                programs.add(seed % 4 == 3 ? ProgramGenerator.makeHot(seed) : ProgramGenerator.make(seed));
            }
            comparison.add(programs);
            hot += (int) programs.stream().filter(Program::isHot).count();
            List<Difference> differences = comparison.differences();
            for (; reported < Math.min(differences.size(), MOST_REDUCED); reported++) {
                System.out.println(comparison.reduced(differences.get(reported)));
            }
            System.out.println(done + " programs from seed " + first + ", " + differences.size() + " differ "
                    + differences.stream().limit(MOST_REDUCED).map(d -> d.program().seed()).toList());
            // What a run has found is kept when it is stopped.
            result(first, done, hot, bits, comparison).write("18-threads");
        }
        System.exit(comparison.differences().isEmpty() ? 0 : 1);
    }

    private static ProofResult result(long first, int done, int hot, int bits, ThreadComparison comparison) {
        return new ProofResult(
                        "Random programs, against the same bodies on threads",
                        "The Java programs of the first section, rewritten, and as the compiler wrote them: each body on a thread"
                                + " of its own, which meets its driver at each suspension. Compared, line by line: what they log"
                                + " when they are driven by the same random operations, and when they run to their ends under"
                                + " every pattern of ready and pending awaits. One program of four is made such that coroutines may run"
                                + " by themselves; what is pending is then completed from outside.",
                        "mvn -B verify -pl tests -am -Pthreads -Dbackstitch.threads.programs=" + done
                                + " -Dbackstitch.threads.seed=" + first + " -Dbackstitch.threads.bits=" + bits)
                .row("programs", done, "")
                .row("with coroutines that run by themselves", hot, "")
                .row("programs left out", 0, 0)
                .row("awaits of a program that are ready or pending independently, at most", bits, "")
                .row("patterns of ready and pending awaits, of all programs", comparison.patterns(), "")
                .row("runs, rewritten and on threads", comparison.runs(), "")
                .row("programs that differ", comparison.differences().size(), 0)
                .note("Programs with `async with` leave their resources by calls of `exit` on threads: un-rewritten code is not"
                        + " told which exception a `try` with resources closes by. The ordinary tests compare 360 more; and"
                        + " every target, as each compiler at hand compiles it, under every such pattern and with its driver"
                        + " intervening at each suspension.");
    }
}
