package dev.backstitch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for an example, with this JVM's class path. */
public final class JavaProcess {
    private JavaProcess() {}

    /** What the process printed, both streams together, and how it ended. */
    public record Result(int exitCode, String output) {}

    /** Runs {@code main} under the packaged agent, with {@code jvmOptions}. */
    public static Result runWoven(List<String> jvmOptions, Class<?> main, String... arguments) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-javaagent:" + System.getProperty("backstitch.agent"));
        return run(options, main, arguments);
    }

    /** Runs {@code main} as it was compiled. */
    public static Result runUnwoven(Class<?> main, String... arguments) throws IOException {
        return run(List.of(), main, arguments);
    }

    /** Starts {@code main} under the packaged agent; both its streams come together. */
    public static Process startWoven(List<String> jvmOptions, Class<?> main, String... arguments) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-javaagent:" + System.getProperty("backstitch.agent"));
        return start(options, main, arguments);
    }

    /**
     * Ends the test where {@link #sendCtrlC} would come to nothing: a JVM that was started with SIGINT ignored, as a shell's
     * background jobs are, hands that on to its children.
     */
    public static void assumeCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "sends signals as on Linux");
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).trim(), 16))
                .findFirst()
                .orElseThrow();
        assumeTrue((ignored & 1 << 1) == 0, "SIGINT is ignored here");
    }

    /** Sends {@code process} the signal of Ctrl-C. */
    public static void sendCtrlC(Process process) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
    }

    private static Process start(List<String> jvmOptions, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private static Result run(List<String> jvmOptions, Class<?> main, String... arguments) throws IOException {
        Process process = start(jvmOptions, main, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output.replace("\r\n", "\n"));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }
}
