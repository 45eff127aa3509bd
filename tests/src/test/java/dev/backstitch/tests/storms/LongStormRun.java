package dev.backstitch.tests.storms;

import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Storms at full length:
 *
 * <pre>
 *   mvn -B verify -pl tests -am -Pstorms                                  the suites and the corpus
 *   mvn ... -Pstorms -Dbackstitch.storms=suites -Dbackstitch.storms.suites=csv     only that: some of the suites
 *   mvn ... -Pstorms -Dbackstitch.storms=java.base                        this JDK's classes
 *   mvn ... -Pstorms -Dbackstitch.storms=jars -Dbackstitch.storms.every=7     the jars of the local Maven repository; one class in 7
 * </pre>
 */
public final class LongStormRun {
    private static final String COMMAND = "mvn -B verify -pl tests -am -Pstorms -Dbackstitch.storms=";

    private static final List<String> PARTS = List.of("all", "suites", "java.base", "jars");

    private LongStormRun() {}

    /** {@code DIRECTORY all|suites|java.base|jars PATTERN EVERY REPOSITORY}. Exit status 1 when anything is not as it should be. */
    public static void main(String[] args) throws Exception {
        System.exit(run(args) ? 0 : 1);
    }

    /** Whether all is as it should be, which it is not where nothing was there to be rewritten. */
    static boolean run(String... args) throws Exception {
        if (!PARTS.contains(args[1])) {
            throw new IllegalArgumentException("-Dbackstitch.storms=" + args[1] + " is none of " + PARTS);
        }
        boolean good = true;
        int every = Integer.parseInt(args[3]);
        if (isWanted("java.base", args[1])) {
            good = javaBase(Path.of(args[0], "java.base"), every);
        }
        if (isWanted("jars", args[1])) {
            good &= jars(Path.of(args[4]), every);
        }
        if (isWanted("suites", args[1])) {
            good &= LongSuiteRun.run(Path.of(args[0]), args[2]);
        }
        return good;
    }

    private static boolean isWanted(String part, String given) {
        return given.equals("all") || given.equals(part);
    }

    private static boolean javaBase(Path directory, int every) throws Exception {
        CorpusCount jdk = new CorpusCount();
        Map<String, byte[]> all = CorpusClasses.ofModule("java.base");
        LongSuiteRun.delete(directory);
        PatchedJdk patched = ClassFileApi.ifPresent() == null ? new PatchedJdk(directory, all) : null;
        report("java.base", StormCorpus.javaBase(all, every, patched), jdk);
        write(of("the classes of `java.base`",
                        "The engine verifies what it wrote, and so does the JDK, class by class: Java 24 and later with its class"
                                + " file API, others with the JVM's verifier, in a process whose `java.base` is patched with these"
                                + " classes and their frames, and links each of them.",
                        "java.base", every),
                jdk, "41-storms-java-base-");
        return isGood("java.base", jdk);
    }

    private static boolean jars(Path repository, int every) throws IOException {
        CorpusCount jars = new CorpusCount();
        int done = 0;
        List<Path> all = CorpusClasses.jarsOf(repository);
        Selection selection = new Selection(every);
        try (URLClassLoader libraries = libraries(all)) {
            for (Path jar : all) {
                report(jar.getFileName().toString(), StormCorpus.jar(jar, libraries, selection), jars);
                done++;
                // What a run has found is kept when it is stopped.
                write(of("the classes of " + (done == all.size() ? "" : done + " of ") + all.size() + " jars",
                                        "The engine verifies what it wrote; then the JVM links each class and its frames. The jars"
                                                + " are all those of the local Maven repository; a class file that several of them have"
                                                + " is rewritten once.",
                                        "jars", every)
                                .row("class files with the bytes of one before", selection.duplicates(), ""),
                        jars, "42-storms-jars-");
            }
        }
        return isGood(all.size() + " jars of " + repository, jars);
    }

    private static boolean isGood(String what, CorpusCount count) {
        System.out.println(what + ": " + count + (count.methods == 0 ? "; nothing was rewritten, which is a failure" : ""));
        return count.isGood();
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

    private static ProofResult of(String what, String how, String part, int every) {
        return new ProofResult(
                "Storms: " + what + (every == 1 ? "" : ", one in " + every),
                "Every method of these class files that is no constructor or initialiser is rewritten to suspend at each of its"
                        + " calls. " + how,
                COMMAND + part + (every == 1 ? "" : " -Dbackstitch.storms.every=" + every));
    }

    private static void write(ProofResult result, CorpusCount count, String file) throws IOException {
        result.row("classes", count.classes, "")
                .row("methods rewritten", count.methods, "100,000 together")
                .row("suspension points", count.points, "")
                .row("calls that are none, because a monitor is held", count.underMonitors, "")
                .row("classes verified by the JVM or its class file API", count.verified, "");
        if (count.engineAlone > 0) {
            result.row("left to the engine's verifier alone, because the JVM starts with them or verifies none of their kind",
                    count.engineAlone, "");
        }
        result.row("classes that cannot be linked as they are either", count.notLinked, "")
                .row("methods left as they were, by code", String.valueOf(count.refusals), "")
                .row("errors of the engine and of verification", count.failures.size(), "0")
                .write(file + Runtime.version().feature());
    }
}
