package dev.backstitch.tests.storms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM whose {@code java.base} is patched, and which links classes of it; all names are internal ones.
 *
 * @param status its exit status
 * @param output what it and {@link LinkMain} have written
 * @param failed why classes cannot be linked
 * @param initial what was loaded before the first of them
 * @param initialised what was initialised at any time, without being asked for
 * @param patched what was read from the patch
 * @param verified what its verifier has looked at, whatever it found
 */
record LinkRun(
        int status,
        Path output,
        Map<String, String> failed,
        Set<String> initial,
        Set<String> initialised,
        Set<String> patched,
        Set<String> verified) {
    static final String FAILED = "cannot be linked:\t";

    private static final Pattern LOADED = Pattern.compile("(\\S+) source: (.*)");
    private static final Pattern VERIFIED = Pattern.compile("End class verification for: (\\S+)");
    private static final Pattern INITIALISED = Pattern.compile("\\d+ Initializing '([^']+)'.*");

    /**
     * @param directory for what is written
     * @param patch a directory of class files
     * @param names of the classes to be linked
     */
    static LinkRun of(Path directory, Path patch, Collection<String> names) throws IOException, InterruptedException {
        Path list = directory.resolve("names.txt");
        Files.write(list, names.stream().map(name -> name.replace('/', '.')).toList());
        Path log = directory.resolve("jvm.txt");
        Files.deleteIfExists(log);
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Classes of an archive are not verified.
                        "-Xshare:off", "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal",
                        "-XX:+BytecodeVerificationRemote",
                        "-Xlog:class+init=info,class+load=info:file=" + log + ":none:filecount=0",
                        "--patch-module", "java.base=" + patch,
                        "-cp", ClassPath.of(LinkMain.class).toString(), LinkMain.class.getName(), list.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.HOURS)) {
            process.destroyForcibly();
            throw new AssertionError("a JVM that links classes hangs: " + output);
        }
        LinkRun run = new LinkRun(
                process.exitValue(), output, new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith(FAILED)) {
                String[] parts = line.substring(FAILED.length()).split("\t", 2);
                run.failed.put(parts[0].replace('.', '/'), parts[1]);
            }
        }
        run.read(Files.exists(log) ? Files.readAllLines(log) : List.of(), patch.toString());
        return run;
    }

    private void read(List<String> log, String patch) {
        String main = LinkMain.class.getName().replace('.', '/');
        boolean before = true;
        for (String line : log) {
            String text = line.replace('.', '/');
            Matcher loaded = LOADED.matcher(text);
            Matcher end = VERIFIED.matcher(text);
            Matcher begin = INITIALISED.matcher(text);
            if (loaded.matches()) {
                before &= !loaded.group(1).equals(main);
                if (before) {
                    initial.add(loaded.group(1));
                }
                if (loaded.group(2).equals(patch.replace('.', '/'))) {
                    patched.add(loaded.group(1));
                }
            } else if (end.matches()) {
                verified.add(end.group(1));
            } else if (begin.matches()) {
                initialised.add(begin.group(1));
            }
        }
    }

    /** Why this run does not show that a class of the patch is right; null if it does. */
    String problemOf(String name) {
        if (failed.containsKey(name)) {
            return name + ": " + failed.get(name);
        }
        if (!patched.contains(name) || !verified.contains(name)) {
            return name + " was not " + (patched.contains(name) ? "verified" : "read from the patch") + ": " + output;
        }
        return null;
    }

    /** What the JVM itself needs, to begin or to run {@link LinkMain}. */
    Set<String> started() {
        Set<String> all = new HashSet<>(initial);
        all.addAll(initialised);
        return all;
    }
}
