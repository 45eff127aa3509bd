package dev.backstitch.tests.leaks;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.tests.fuzz.Corpus;
import dev.backstitch.tests.fuzz.InMemoryCompiler;
import dev.backstitch.tests.harness.ChildFirstLoader;
import dev.backstitch.tests.harness.ProofResult;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As many random programs as one likes, suspended at once: what is left of their markers after a garbage collection?
 *
 * <pre>mvn -B verify -pl tests -am -Pleaks -Dbackstitch.leaks.programs=10000 -Dbackstitch.leaks.seed=1</pre>
 */
public final class LongLeakRun {
    private static final int BATCH = 250;
    private static final int MOST_STEPS = 40;
    private static final int MOST_COLLECTIONS = 3;
    private static final int MOST_REPORTED = 10;

    private final List<String> leaks = new ArrayList<>();
    private int programs;
    private int suspensions;
    private int dead;
    private int live;
    private final HeapWalk walk = new HeapWalk();

    private LongLeakRun() {}

    /** Exit status 1 when something leaks. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        LongLeakRun run = new LongLeakRun();
        for (long first = seed; first < seed + count; first += BATCH) {
            run.batch(first, (int) Math.min(BATCH, seed + count - first));
        }
        run.corpus(seed, count);
        run.leaks.stream().limit(MOST_REPORTED).forEach(System.out::println);
        System.out.println(run.programs + " programs from seed " + seed + ", " + run.suspensions + " suspensions, "
                + run.dead + " markers dead, " + run.live + " alive; in the corpus " + run.walk.frames + " suspended frames, "
                + run.walk.held + " references; " + run.leaks.size() + " leaks");
        run.write(count, seed);
        System.exit(run.leaks.isEmpty() && run.live > 0 && run.walk.held > 0 ? 0 : 1);
    }

    private void batch(long first, int count) throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        for (long seed = first; seed < first + count; seed++) {
            sources.put(LeakPrograms.PACKAGE + ".L" + seed, LeakPrograms.source(seed));
        }
        Map<String, byte[]> compiled = InMemoryCompiler.compile(sources);
        Paths paths = new Paths(compiled);
        List<LeakRoot> roots = new ArrayList<>();
        ClassLoader loader = woven(compiled);
        for (String name : sources.keySet()) {
            roots.add(new LeakRoot(Class.forName(name, true, loader).getMethod("root")));
        }
        List<LeakRoot> all = List.copyOf(roots); // those that have ended keep nothing either
        programs += count;
        for (int step = 0; step < MOST_STEPS && !roots.isEmpty(); step++) {
            roots.removeIf(root -> !root.resume());
            suspensions += roots.size();
            look(paths);
        }
        Reference.reachabilityFence(all);
        LeakRig.clear();
    }

    /** The random programs that are compared with CPython: a walk over the heap after each operation. */
    private void corpus(long seed, int count) {
        for (long first = seed; first < seed + count; first += BATCH) {
            int size = (int) Math.min(BATCH, seed + count - first);
            Corpus.run(first, size, Noting::in, root -> leaks.addAll(walk.from(root)));
            Notes.clear();
        }
    }

    private static ClassLoader woven(Map<String, byte[]> compiled) {
        Weaver weaver = new Weaver();
        Map<String, byte[]> all = new HashMap<>();
        compiled.forEach((name, bytes) -> {
            WeaveResult result = weaver.weave(bytes);
            if (result.outcome() != WeaveResult.Outcome.WOVEN && !name.endsWith("$Keeping")) {
                throw new AssertionError(name + " " + result.diagnostics());
            }
            all.put(name, result.outcome() == WeaveResult.Outcome.WOVEN ? result.classFile() : bytes);
            all.putAll(result.frames());
        });
        return new ChildFirstLoader(all);
    }

    private void look(Paths paths) {
        int before = LeakRig.made();
        List<LeakRig.Made> wrong = List.of();
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            wrong = wrong(paths);
            if (wrong.isEmpty()) {
                break;
            }
        }
        int left = LeakRig.left().size();
        dead += before - left;
        live += left;
        wrong.forEach(made -> leaks.add(made.activation().method + " keeps " + made.name() + " at " + made.activation().point
                + (made.activation().ended ? ", though it has ended" : "")));
    }

    private static List<LeakRig.Made> wrong(Paths paths) {
        List<LeakRig.Made> wrong = new ArrayList<>();
        Map<String, LeakRig.Made> newest = new HashMap<>();
        for (LeakRig.Made made : LeakRig.left()) {
            LeakRig.Activation activation = made.activation();
            if (activation.ended) {
                if (!made.name().equals("kept")) {
                    wrong.add(made);
                }
                continue;
            }
            Set<String> live = paths.live(activation.method, activation.point);
            if (!live.contains(made.name()) && !made.name().equals("t" + activation.point)
                    && !made.name().equals(activation.operand)) {
                wrong.add(made);
            } else {
                LeakRig.Made older = newest.put(System.identityHashCode(activation) + made.name(), made);
                if (older != null) {
                    wrong.add(older);
                }
            }
        }
        return wrong;
    }

    private void write(int count, long seed) throws Exception {
        new ProofResult(
                        "What a suspended frame keeps",
                        "Random generators, coroutines, hot ones too, and asynchronous generators whose variables, operands,"
                                + " results, receivers and ended children are markers; some of what has ended is kept. At every"
                                + " suspension the garbage is collected; a marker that is left must be in a variable that the compiled, unrewritten code may still read, which a search of all"
                                + " paths through it tells, or an operand of the expression that suspends. And the programs"
                                + " that are compared with CPython: compiled, they are made to note what they may still use"
                                + " where they suspend; after each operation a walk over the heap finds what each suspended"
                                + " frame holds.",
                        "mvn -B verify -pl tests -am -Pleaks -Dbackstitch.leaks.programs=" + count
                                + " -Dbackstitch.leaks.seed=" + seed)
                .row("programs with markers", programs, "")
                .row("suspensions looked at", suspensions, "")
                .row("markers that were collected", dead, "")
                .row("markers left, rightly", live, "")
                .row("programs of the corpus", programs, "")
                .row("suspended frames walked over", walk.frames, "")
                .row("references in their variables", walk.held, "")
                .row("markers and references that nobody will read", leaks.size(), 0)
                .write("50-leaks");
    }
}
