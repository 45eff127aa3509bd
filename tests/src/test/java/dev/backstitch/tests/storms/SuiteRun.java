package dev.backstitch.tests.storms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A suite, run as it is and in a storm, each in a JVM of its own that verifies all classes.
 *
 * @param plain what came of it: a line for each test or each file it made; and its exit status
 * @param storm the same in a storm
 * @param methods how many methods ran as frames there
 * @param suspensions how often those were suspended
 * @param log what the JVM in the storm said
 */
record SuiteRun(Suite suite, Map<String, String> plain, Map<String, String> storm, long methods, long suspensions, Path log) {
    private static final int HOURS = 4;
    /** What the libraries' own builds open to their tests. */
    private static final List<String> OPENED = List.of(
            "java.lang", "java.lang.reflect", "java.net", "java.nio", "java.text", "java.time", "java.time.chrono", "java.util",
            "java.util.concurrent", "java.util.regex");

    static final String STATUS = "exit status";

    /** @param directory where to work */
    static SuiteRun of(Suite suite, Path directory) throws Exception {
        List<Path> before = suite.needs() == null ? List.of() : suite.needs().run(Files.createDirectories(directory));
        Path plain = Files.createDirectories(directory.resolve("plain"));
        Path storm = Files.createDirectories(directory.resolve("storm"));
        Map<String, String> expected = run(suite, plain, before, List.of());
        expected.remove(SuiteMain.COUNTS);
        if (expected.keySet().equals(Set.of(STATUS))) {
            throw new AssertionError(suite.name() + " runs nothing as it is: " + log(plain));
        }
        String agent = "-javaagent:" + ClassPath.jar("backstitch-agent") + "=storm=" + String.join(";", suite.storm());
        Map<String, String> got = run(suite, storm, before, List.of(agent));
        String counts = got.remove(SuiteMain.COUNTS);
        String[] numbers = counts == null ? new String[] {"0", "0"} : counts.split("\t");
        return new SuiteRun(
                suite, expected, got, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), log(storm));
    }

    private static Path log(Path directory) {
        return directory.resolve("log.txt");
    }

    private static Map<String, String> run(Suite suite, Path directory, List<Path> before, List<String> options)
            throws IOException, InterruptedException {
        Path out = Files.createDirectories(directory.resolve("out"));
        List<Path> classPath = new ArrayList<>(before);
        classPath.addAll(ClassPath.entries());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal", "-XX:+BytecodeVerificationRemote",
                // Every call is several on the Java stack; and an exception passes thousands of drivers.
                "-Xss128m", "-Xmx2g", "-Dbackstitch.traces=raw"));
        OPENED.forEach(opened -> command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED")));
        command.addAll(options);
        command.addAll(List.of("-cp", ClassPath.join(classPath)));
        suite.main().forEach(arg -> command.add(arg.replace(Suite.OUT, out.toString())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        if (!process.waitFor(HOURS, TimeUnit.HOURS)) {
            process.destroyForcibly();
            throw new AssertionError(suite.name() + " hangs");
        }
        Map<String, String> results = resultsIn(out);
        results.put(STATUS, String.valueOf(process.exitValue()));
        return results;
    }

    private static Map<String, String> resultsIn(Path out) throws IOException {
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (file.toString().endsWith(".txt")) {
                    for (String line : Files.readAllLines(file)) {
                        String[] parts = line.split("\t", 2);
                        boolean counts = parts[0].equals(SuiteMain.COUNTS);
                        results.put(counts ? parts[0] : parts[1], counts ? parts[1] : parts[0]);
                    }
                } else {
                    results.put(out.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
                }
            }
        }
        return results;
    }

    /** What is not the same in both runs, a line each; empty if all is. */
    List<String> differences() {
        TreeSet<String> all = new TreeSet<>(plain.keySet());
        all.addAll(storm.keySet());
        return all.stream()
                .filter(id -> !String.valueOf(plain.get(id)).equals(storm.get(id)))
                .map(id -> id + ": " + plain.get(id) + " as it is, " + storm.get(id) + " in the storm")
                .collect(Collectors.toList());
    }

    /**
     * Why this run shows nothing, or that a storm changes something: the {@link #differences}, that a program fails as it
     * is, and that nothing was run as a frame or suspended, as when the agent's patterns meet no class.
     */
    List<String> problems() {
        List<String> problems = new ArrayList<>(differences());
        if (!"0".equals(plain.get(STATUS))) {
            problems.add("as it is, it ends with exit status " + plain.get(STATUS));
        }
        if (methods == 0 || suspensions == 0) {
            problems.add("there was no storm: " + methods + " methods ran as frames, with " + suspensions + " suspensions; "
                    + log);
        }
        return problems;
    }

    /** How many tests, or files, ended as {@code status} without a storm; null: in any way. */
    long count(String status) {
        return plain.entrySet().stream()
                .filter(e -> !e.getKey().equals(STATUS))
                .filter(e -> status == null || e.getValue().equals(status))
                .count();
    }

    @Override
    public String toString() {
        return suite.name() + ": " + count(null) + " results, " + count("FAILED") + " of them failures as it is, "
                + differences().size() + " other in the storm; " + methods + " methods, " + suspensions + " suspensions";
    }
}
