package dev.backstitch.tests.storms;

import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Storms at full length:
 *
 * <pre>
 *   mvn -B verify -pl tests -am -Pstorms                                    the suites and the corpus
 *   mvn -B verify -pl tests -am -Pstorms -Dbackstitch.storms=corpus         only that; one class in ten: ...storms.every=10
 *   mvn -B verify -pl tests -am -Pstorms -Dbackstitch.storms=suites -Dbackstitch.storms.suites=csv     some of the suites
 * </pre>
 */
public final class LongStormRun {
    private LongStormRun() {}

    /** {@code DIRECTORY all|suites|corpus PATTERN EVERY}. Exit status 1 when anything is not as it should be. */
    public static void main(String[] args) throws Exception {
        boolean good = true;
        if (!args[1].equals("suites")) {
            good = corpus(Integer.parseInt(args[3]));
        }
        if (!args[1].equals("corpus")) {
            good &= LongSuiteRun.run(Path.of(args[0]), args[2]);
        }
        System.exit(good ? 0 : 1);
    }

    /** This JDK's {@code java.base}, and the jars of the class path, with what they are for. */
    private static boolean corpus(int every) throws IOException {
        CorpusCount jdk = new CorpusCount();
        report("java.base", StormCorpus.module("java.base", every), jdk);
        CorpusCount jars = new CorpusCount();
        List<Path> all = ClassPath.entries().stream()
                .filter(entry -> entry.toString().endsWith(".jar") && !entry.getFileName().toString().contains("backstitch"))
                .toList();
        try (URLClassLoader libraries = libraries(all)) {
            for (Path jar : all) {
                report(jar.getFileName().toString(), StormCorpus.jar(jar, libraries, every), jars);
            }
        }
        write(jdk, jars, all.size(), every);
        return jdk.failures.isEmpty() && jars.failures.isEmpty();
    }

    private static void report(String what, CorpusCount count, CorpusCount all) {
        System.out.println(what + ": " + count);
        count.failures.forEach(System.out::println);
        all.add(count);
    }

    private static URLClassLoader libraries(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), LongStormRun.class.getClassLoader());
    }

    private static void write(CorpusCount jdk, CorpusCount jars, int count, int every) throws IOException {
        new ProofResult(
                        "Storms: a corpus of class files",
                        "Every method of these class files that is no constructor or initialiser is rewritten to suspend at each of its"
                                + " calls. The engine verifies what it wrote; then the JVM links each class of a jar and its frames, and"
                                + " the JDK's class file API (Java 24 and later) verifies those of `java.base`.",
                        "mvn -B verify -pl tests -am -Pstorms -Dbackstitch.storms=corpus"
                                + (every == 1 ? "" : " -Dbackstitch.storms.every=" + every))
                .columns("what", "java.base", count + " jars", "target")
                .row("classes", jdk.classes, jars.classes, "")
                .row("methods rewritten", jdk.methods, jars.methods, "100,000")
                .row("suspension points", jdk.points, jars.points, "")
                .row("calls that are none, because a monitor is held", jdk.underMonitors, jars.underMonitors, "")
                .row("classes verified by the JVM or its class file API", jdk.verified, jars.verified, "")
                .row("classes that cannot be linked as they are either", jdk.notLinked, jars.notLinked, "")
                .row("left as they were, by code", String.valueOf(jdk.refusals), String.valueOf(jars.refusals), "")
                .row("errors of the engine and of verification", jdk.failures.size(), jars.failures.size(), "0")
                .write("41-storms-corpus-" + Runtime.version().feature());
    }
}
