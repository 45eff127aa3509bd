package dev.backstitch.tests.storms;

import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * Class files that nobody here wrote, rewritten as for a storm and verified: those of the JDK by the engine's verifier,
 * and by that of the JDK's class file API or, in long runs, the JVM's; those of a jar by the JVM, which links each of them.
 */
final class StormCorpus {
    private StormCorpus() {}

    /**
     * The classes of {@code java.base} in this JDK; one in {@code every}.
     *
     * @param patched where they are linked by the JVM, too; null: nowhere
     */
    static CorpusCount javaBase(Map<String, byte[]> all, int every, PatchedJdk patched)
            throws IOException, InterruptedException {
        ClassSource source = all::get;
        Weaver weaver = new Weaver();
        TypeHierarchy hierarchy = TypeHierarchy.of(source);
        ClassFileApi api = ClassFileApi.ifPresent();
        CorpusCount count = new CorpusCount();
        int i = 0;
        for (Map.Entry<String, byte[]> type : all.entrySet()) {
            if (i++ % every != 0) {
                continue;
            }
            StormResult storm = weaver.storm(type.getValue(), hierarchy);
            count.add(type.getKey(), storm);
            WeaveResult result = storm.result();
            if (result.outcome() != WeaveResult.Outcome.WOVEN) {
                continue;
            }
            if (patched != null) {
                patched.add(type.getKey(), result.classFile(), result.frames());
            }
            if (api != null) {
                Map<String, byte[]> known = new HashMap<>(result.frames());
                known.put(type.getKey(), result.classFile());
                count.verified++;
                count.failures.addAll(api.problemsOf(result.classFile(), known, all));
                for (byte[] frame : result.frames().values()) {
                    count.failures.addAll(api.problemsOf(frame, known, all));
                }
            }
        }
        if (patched != null) {
            patched.link(count);
        }
        return count;
    }

    /**
     * A jar, as the oldest JDK sees it, and what this JDK sees in its place; each class is linked, with {@code parent} for
     * what the jar does not have.
     */
    static CorpusCount jar(Path jar, ClassLoader parent, Selection selection) throws IOException {
        CorpusCount count = new CorpusCount();
        Map<String, byte[]> oldest = CorpusClasses.ofJar(jar, JarFile.baseVersion());
        Map<String, byte[]> here = CorpusClasses.ofJar(jar, Runtime.version());
        Map<String, byte[]> others = new TreeMap<>(here);
        others.entrySet().removeIf(type -> Arrays.equals(type.getValue(), oldest.get(type.getKey())));
        link(jar, taken(oldest, selection), oldest, parent, count);
        link(jar, taken(others, selection), here, parent, count);
        return count;
    }

    private static Map<String, byte[]> taken(Map<String, byte[]> classes, Selection selection) {
        Map<String, byte[]> taken = new TreeMap<>(classes);
        taken.values().removeIf(classFile -> !selection.takes(classFile));
        return taken;
    }

    /** Rewrites some of the classes of a jar and links them. */
    private static void link(Path jar, Map<String, byte[]> some, Map<String, byte[]> all, ClassLoader parent, CorpusCount count) {
        StormLoader rewritten = StormLoader.rewritten(some, all, parent);
        StormLoader plain = StormLoader.asTheyAre(all, parent);
        rewritten.results().forEach((name, storm) -> {
            count.add(name, storm);
            if (storm.result().outcome() == WeaveResult.Outcome.WOVEN) {
                Throwable problem = problemOf(rewritten, name);
                for (String frame : storm.result().frames().keySet()) {
                    problem = problem == null ? problemOfFrame(rewritten, frame) : problem;
                }
                if (problem == null) {
                    count.verified++;
                } else if (isSame(problem, problemOf(plain, name))) {
                    count.notLinked++;
                } else {
                    count.failures.add(jar.getFileName() + ": " + name + "\n  " + problem);
                }
            }
        });
    }

    /** Why a class cannot be linked; null if it can. Initialises nothing. */
    private static Throwable problemOf(ClassLoader loader, String name) {
        try {
            LinkMain.link(Class.forName(name.replace('/', '.'), false, loader));
            return null;
        } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
            return e;
        }
    }

    /** As {@link #problemOf}, of a frame, which does nothing when it is initialised, and may have unknown parameters. */
    private static Throwable problemOfFrame(ClassLoader loader, String name) {
        try {
            Class.forName(name.replace('/', '.'), true, loader);
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return e;
        }
    }

    private static boolean isSame(Throwable a, Throwable b) {
        return b != null && a.getClass() == b.getClass();
    }
}
