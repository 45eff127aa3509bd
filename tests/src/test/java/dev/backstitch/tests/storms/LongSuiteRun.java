package dev.backstitch.tests.storms;

import dev.backstitch.tests.harness.ProofResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** The test suites of libraries, and compilers as programs, as they are and in a storm. */
final class LongSuiteRun {
    private static final String PERFORMANCE = ".*(Performance|Benchmark|Perf)[A-Za-z]*";

    private LongSuiteRun() {}

    /** Runs the suites in whose names {@code pattern} is found; whether all end in a storm, and as they do without. */
    static boolean run(Path directory, String pattern) throws Exception {
        boolean good = true;
        for (Suite suite : matching(suites(directory), pattern)) {
            Path own = directory.resolve(fileName(suite.name()));
            delete(own);
            SuiteRun run = SuiteRun.of(suite, own);
            System.out.println(run);
            run.problems().forEach(p -> System.out.println("  " + p));
            write(run);
            good &= run.problems().isEmpty();
        }
        return good;
    }

    /** Those in whose names {@code pattern} is found, at least one. */
    static List<Suite> matching(List<Suite> suites, String pattern) {
        List<Suite> matching =
                suites.stream().filter(suite -> Pattern.compile(pattern).matcher(suite.name()).find()).toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("no suite has a name like " + pattern + "; there are "
                    + suites.stream().map(Suite::name).collect(Collectors.joining("; ")));
        }
        return matching;
    }

    /** Of a length that file systems bear. */
    private static String fileName(String name) {
        return String.format("%.60s-%08x", name.replaceAll("[^a-zA-Z0-9]+", "-"), name.hashCode());
    }

    private static List<Suite> suites(Path directory) throws IOException {
        return List.of(
                packages("commons-codec", "org.apache.commons.codec", "cli|language|net")
                        .after(", compiled by ECJ", LongSuiteRun::codecByEcj),
                all("commons-csv", "org.apache.commons.csv"),
                all("commons-lang3", "org.apache.commons.lang3"),
                all("commons-codec", "org.apache.commons.codec"),
                all("commons-text", "org.apache.commons.text"),
                all("commons-collections4", "org.apache.commons.collections4"),
                all("commons-math3", "org.apache.commons.math3"),
                all("bcel", "org.apache.bcel"),
                Suite.program("ECJ compiling commons-codec", List.of("org.eclipse.jdt.*"),
                        concat(List.of("org.eclipse.jdt.internal.compiler.batch.Main", "-17", "-nowarn", "-proc:none", "-d",
                                Suite.OUT + "/classes", "-cp", ClassPath.jar("commons-codec").toString()),
                                sources("commons-codec", directory.resolve("codec-sources")))),
                Suite.program("kotlinc compiling Kotlin", List.of("org.jetbrains.kotlin.*", "kotlin.*"),
                        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect", "-cp",
                        ClassPath.jar("kotlin-stdlib").toString(), "-d", Suite.OUT + "/classes",
                        program("Inventory.kt").toString()),
                Suite.program("scalac compiling Scala", List.of("scala.*"),
                        "scala.tools.nsc.Main", "-usejavacp", "-d", Suite.OUT, program("Inventory.scala").toString()));
    }

    /** The tests of some packages of a library, named below {@code root} and separated by bars: what ends within an hour. */
    private static Suite packages(String library, String root, String packages) {
        String include = root.replace(".", "\\.") + "\\.(" + packages.replace(".", "\\.") + ")\\.[^.]*Test(Case)?";
        Suite all = Suite.tests(library, library + ":tests", root + ".*", include, PERFORMANCE, ".*bm\\.PhoneticEngine.*");
        return all.named(", packages `" + packages.replace("|", "`, `") + "`");
    }

    /** All tests of a library but those that measure how fast it is. */
    private static Suite all(String library, String root) {
        return Suite.tests(library, library + ":tests", root + ".*", ".*Test(Case)?", PERFORMANCE);
    }

    private static String[] concat(List<String> first, List<Path> second) {
        return Stream.concat(first.stream(), second.stream().map(Path::toString)).toArray(String[]::new);
    }

    /** A program of our own for another language's compiler. */
    private static Path program(String name) {
        return Path.of("src/test/storms").resolve(name).toAbsolutePath();
    }

    private static List<Path> codecByEcj(Path directory) throws IOException {
        Path classes = directory.resolve("ecj");
        String[] options = concat(
                List.of("-17", "-g", "-nowarn", "-proc:none", "-d", classes.toString()),
                sources("commons-codec", directory.resolve("sources")));
        if (!BatchCompiler.compile(options, new PrintWriter(System.out), new PrintWriter(System.err), null)) {
            throw new AssertionError("ECJ does not compile commons-codec");
        }
        return List.of(classes);
    }

    /** The source files of a library, unpacked. */
    private static List<Path> sources(String library, Path directory) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (ZipFile zip = new ZipFile(ClassPath.jar(library + ":sources").toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().endsWith(".java") && !entry.getName().endsWith("-info.java")) {
                    Path file = directory.resolve(entry.getName()).normalize();
                    if (!file.startsWith(directory)) {
                        throw new IOException("outside of the directory: " + entry);
                    }
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.getInputStream(entry).readAllBytes());
                    sources.add(file);
                }
            }
        }
        return sources;
    }

    /** Deletes a directory, if there is one, and all that is in it. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void write(SuiteRun run) throws IOException {
        new ProofResult(
                        "Storms: other people's programs",
                        "Under the agent's option `storm`, every method of a library and of its tests is a frame that is suspended"
                                + " at each of its calls, and driven to its end; all classes are verified by the JVM. Each suite, from its"
                                + " published test jar, ends test by test as it does without. Compilers are run as programs; what"
                                + " they write is the same, byte by byte.",
                        "mvn -B verify -pl tests -am -Pstorms -Dbackstitch.storms=suites \"-Dbackstitch.storms.suites=a part of its name\"")
                .columns("suite", "tests or files", "fail without a storm too", "other in the storm", "methods run as frames",
                        "suspensions")
                .note("Tests that fail without a storm too want files of the library's own build, or other versions of what is on"
                        + " the class path; each ends in the storm as it does without. Tests that measure speed, of classes called"
                        + " Performance or Benchmark, are not among them.")
                .row(run.suite().name(), run.count(null), run.count("FAILED"), run.differences().size(), run.methods(),
                        run.suspensions())
                .update("40-storms-suites-" + Runtime.version().feature());
    }
}
