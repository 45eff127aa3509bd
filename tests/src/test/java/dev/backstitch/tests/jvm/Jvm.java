package dev.backstitch.tests.jvm;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM to be started: the one that runs the tests, in a process of its own, with options added one by one. */
public final class Jvm {
    public static final Path AGENT = jarOf("dev.backstitch.agent.Premain");
    public static final Path RUNTIME = jarOf(Gen.class.getName());
    public static final Path ANNOTATIONS = jarOf(Generator.class.getName());

    /** Longer than any of these programs needs on any machine: what runs on is stuck. */
    private static final int MINUTES = 5;

    private final Path directory;
    private final List<String> options = new ArrayList<>();

    /** @param directory where to run; for the output */
    public Jvm(Path directory) {
        this.directory = directory;
        options.addAll(List.of(
                "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal", "-XX:+BytecodeVerificationRemote"));
    }

    /** What a JVM left behind. */
    public record Result(int status, String out, String err) {
        /** The output of a program that ended well, and of which the JVM and the agents had nothing to say. */
        public String quietOutput() {
            if (!err.isEmpty()) {
                throw new AssertionError(this);
            }
            return mustSucceed();
        }

        /** The output of a program that ended well, whatever there was to say on the way. */
        public String mustSucceed() {
            if (status != 0) {
                throw new AssertionError(this);
            }
            return out;
        }

        @Override
        public String toString() {
            return "status " + status + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** Our agent. */
    public Jvm weaving(String... agentOptions) {
        return agent(AGENT, String.join(",", agentOptions));
    }

    public Jvm agent(Path jar, String agentOptions) {
        return with("-javaagent:" + jar + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
    }

    /** For large programs: what starts soonest. Classes of the JDK itself are not verified then; all others are. */
    public Jvm startingQuickly() {
        return with("-XX:-BytecodeVerificationLocal", "-XX:TieredStopAtLevel=1");
    }

    public Jvm with(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    /** The class path: {@code entries}, and the runtime. */
    public Jvm classPath(Path... entries) {
        List<Path> all = new ArrayList<>(Arrays.asList(entries));
        all.add(RUNTIME);
        all.add(ANNOTATIONS);
        return with("-cp", path(all));
    }

    /** The module path: {@code entries}, and the runtime. */
    public Jvm modulePath(Path... entries) {
        List<Path> all = new ArrayList<>(Arrays.asList(entries));
        all.add(RUNTIME);
        all.add(ANNOTATIONS);
        return with("-p", path(all));
    }

    /** Runs a main class, with its arguments, to its end. */
    public Result run(String... main) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = builder(main)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Result(statusOf(process), Files.readString(out), Files.readString(err));
    }

    /** A main class to be started by the caller, who talks to it through its streams. */
    public ProcessBuilder starting(String... main) {
        return builder(main);
    }

    /** Waits for a process that was started. */
    public static int statusOf(Process process) throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the program hangs");
        }
        return process.exitValue();
    }

    private ProcessBuilder builder(String... main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(Arrays.asList(main));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        // The JVM announces these on standard error.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    public static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Where a class of the test's class path comes from. */
    public static Path jarOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, Jvm.class.getClassLoader());
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
