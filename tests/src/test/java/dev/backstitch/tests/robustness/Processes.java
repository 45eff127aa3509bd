package dev.backstitch.tests.robustness;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damaged and hostile class files as they really come: loaded by a program under the agent, and lying in a directory that
 * the command line rewrites. Each in a JVM with little memory.
 */
public final class Processes {
    private static final String MEMORY = "-Xmx160m";
    private static final Pattern REFUSED = Pattern.compile("BST-(\\d+) ");

    private static final Pattern FRAME = Pattern.compile("\\$\\$Frame\\d*\\.class$");

    private final Path directory;
    private final Path classes;
    private final int count;
    private final List<String> failures = new ArrayList<>();

    private Processes(Path directory, long seed, int damaged, List<Hostile> hostile) throws IOException {
        this.directory = directory;
        classes = Files.createDirectories(directory.resolve("classes"));
        count = DamagedFiles.write(seed, damaged, hostile, classes);
    }

    /**
     * With those that are hard by their names only, which takes little time.
     *
     * @param directory to work in; empty
     * @param damaged how many damaged ones to make
     */
    public static Processes few(Path directory, long seed, int damaged) throws IOException {
        return new Processes(directory, seed, damaged, HostileNames.all());
    }

    /** As {@link #few}, with all that are made to be hard. */
    static Processes all(Path directory, long seed, int damaged) throws IOException {
        return new Processes(directory, seed, damaged, LongRobustnessRun.allHostile());
    }

    /** How many class files there are. */
    public int count() {
        return count;
    }

    /** What was wrong; empty if nothing was. */
    public List<String> failures() {
        return failures;
    }

    /** Under the agent a program loads what it loads without, and lives on; what is refused is so with a code. */
    public void underTheAgent() throws IOException, InterruptedException {
        Map<String, Boolean> expected = LoadAll.in(classes);
        Jvm.Result result = new Jvm(directory)
                .weaving("statistics")
                .with(MEMORY, "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .run(LoadAll.class.getName(), classes.toString());
        List<String> lines = result.out().lines().toList();
        check(result.status() == 0, "the program ended with " + result.status() + ": " + end(result.err()));
        check(!lines.isEmpty() && lines.get(lines.size() - 1).equals("lives on"), "the program did not live on");
        for (String line : lines) {
            String[] parts = line.split(" ");
            if (parts[0].endsWith(".class")) {
                boolean taken = Boolean.parseBoolean(parts[1]);
                check(taken || !expected.get(parts[0]), parts[0] + " is taken by the JVM only without the agent");
            }
        }
        check(lines.size() == count + 1, lines.size() - 1 + " of " + count + " were loaded");
        codes("the agent", result.err());
        Matcher rewrote = Pattern.compile("rewrote (\\d+) in").matcher(result.err());
        check(rewrote.find() && Integer.parseInt(rewrote.group(1)) > 0, "the agent rewrote nothing");
    }

    /**
     * The command line refuses what it does not rewrite, with a code and an exit status, and leaves that as it was; a sound
     * class among them is rewritten and runs.
     */
    public void onTheCommandLine() throws IOException, InterruptedException {
        Application.compile(classes, Application.EVERY_KIND);
        Map<Path, byte[]> before = contents();
        Jvm.Result woven = commandLine("weave");
        check(woven.status() == 1, "weave ended with " + woven.status() + ": " + end(woven.err()));
        codes("weave", woven.err());
        Matcher summary = Pattern.compile("(\\d+) classes rewritten, (\\d+) frames, (\\d+) refused").matcher(woven.out());
        if (!summary.find()) {
            failures.add("weave says " + woven.out());
            return;
        }
        Map<Path, byte[]> after = contents();
        long changed = before.keySet().stream().filter(file -> !Arrays.equals(before.get(file), after.get(file))).count();
        check(changed == Integer.parseInt(summary.group(1)), changed + " files are other than before: " + summary.group());
        check(Integer.parseInt(summary.group(3)) > 0, "nothing was refused");
        after.keySet().stream()
                .filter(file -> !before.containsKey(file) && !FRAME.matcher(file.toString()).find())
                .forEach(file -> failures.add(file + " is left behind"));
        Jvm.Result program = new Jvm(directory).classPath(classes).run("app.EveryKind");
        check(program.out().equals(Application.EVERY_KIND_OUTPUT), "the sound class does otherwise: " + program);

        Jvm.Result verified = commandLine("verify");
        check(verified.status() == 1, "verify ended with " + verified.status() + ": " + end(verified.err()));
        codes("verify", verified.err() + verified.out());
        Map<Path, byte[]> read = contents();
        after.forEach((file, bytes) -> check(Arrays.equals(bytes, read.get(file)), "verify changed " + file));
    }

    private Jvm.Result commandLine(String command) throws IOException, InterruptedException {
        return new Jvm(directory).with(MEMORY).run("-jar", Jvm.AGENT.toString(), command, classes.toString());
    }

    private Map<Path, byte[]> contents() throws IOException {
        Map<Path, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(file, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private void codes(String who, String said) {
        Matcher codes = REFUSED.matcher(said);
        int refused = 0;
        while (codes.find()) {
            refused++;
            check(!codes.group(1).equals("901"), who + " failed in itself: " + said.substring(
                    codes.start(), Math.min(said.length(), codes.start() + 600)));
        }
        check(refused > 0, who + " refused nothing with a code: " + end(said));
        check(!said.contains("OutOfMemoryError"), who + " ran out of memory");
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 1500));
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            failures.add(otherwise);
        }
    }
}
