package dev.backstitch.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs run rewritten, and as the same bodies un-rewritten on threads with a rendezvous: by their operations, and to
 * their ends under every pattern of ready and pending awaits up to a bound.
 */
final class ThreadComparison {
    private final int bits;
    private final List<Difference> differences = new ArrayList<>();
    private int patterns;
    private int runs;

    /** A program, how it was run, and what it logged on threads and rewritten. */
    record Difference(Program program, String run, String expected, String actual) {
        @Override
        public String toString() {
            return "seed " + program.seed() + (program.isHot() ? " (hot), " : ", ") + run + "\n" + JavaWriter.write(program)
                    + "on threads:\n" + expected + "\nrewritten:\n" + actual + "\n";
        }
    }

    /** @param bits see {@link JavaRuns#rewrittenPatterns} */
    ThreadComparison(int bits) {
        this.bits = bits;
    }

    /** Runs {@code programs}; at most one difference of each is kept. */
    void add(List<Program> programs) {
        JavaRuns java = JavaRuns.of(programs);
        Map<Program, List<String>> patternsOnThreads = java.patternsOnThreads(bits);
        Map<Program, List<String>> rewrittenPatterns = java.rewrittenPatterns(bits);
        Map<Program, String> onThreads = java.onThreads();
        Map<Program, String> rewritten = java.rewritten();
        for (Program program : programs) {
            List<String> logs = patternsOnThreads.get(program);
            patterns += logs.size();
            runs += 2 * logs.size();
            Difference difference = inPatterns(program, logs, rewrittenPatterns.get(program));
            // Nobody can hand what runs by itself more than the end of what it awaits, as operations do.
            if (!program.isHot()) {
                runs += 2;
                String driven = withoutFrames(rewritten.get(program));
                if (difference == null && !driven.equals(onThreads.get(program))) {
                    difference = new Difference(program, "driven", onThreads.get(program), driven);
                }
            }
            if (difference != null) {
                differences.add(difference);
            }
        }
    }

    /** What is logged does not tell what was pending: all are as the one on threads with all ready. */
    private static Difference inPatterns(Program program, List<String> onThreads, List<String> rewritten) {
        String ready = onThreads.get(0);
        for (int i = 0; i < Math.max(onThreads.size(), rewritten.size()); i++) {
            String run = "pattern " + Integer.toBinaryString(i);
            if (i >= rewritten.size() || !rewritten.get(i).equals(ready)) {
                return new Difference(program, run, ready, i < rewritten.size() ? rewritten.get(i) : "no such pattern");
            }
            if (i >= onThreads.size() || !onThreads.get(i).equals(ready)) {
                return new Difference(program, run + " on threads", ready, i < onThreads.size() ? onThreads.get(i) : "no such pattern");
            }
        }
        return null;
    }

    /** Stacks of threads show other frames. */
    private static String withoutFrames(String trace) {
        return trace.replaceAll(" at f[^ \n]*", "");
    }

    /** The difference of a program that was reduced as long as it has one. */
    Difference reduced(Difference difference) {
        Program smallest = Reducer.reduce(difference.program(), candidate -> ofOne(candidate) != null);
        return ofOne(smallest);
    }

    /** Null if it has none, or is no program. */
    private Difference ofOne(Program program) {
        ThreadComparison comparison = new ThreadComparison(bits);
        try {
            comparison.add(List.of(program));
        } catch (AssertionError notCompiled) {
            return null;
        }
        return comparison.differences.isEmpty() ? null : comparison.differences.get(0);
    }

    List<Difference> differences() {
        return differences;
    }

    /** How many patterns all programs have. */
    int patterns() {
        return patterns;
    }

    /** How many runs were compared with another, or were what others are compared with. */
    int runs() {
        return runs;
    }
}
