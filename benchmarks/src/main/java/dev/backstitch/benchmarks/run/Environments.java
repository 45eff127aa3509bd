package dev.backstitch.benchmarks.run;

import dev.backstitch.benchmarks.report.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Describes the machine and JVM that a topic is about to be run on. */
final class Environments {
    private Environments() {}

    static Environment of(Jdk jdk, boolean jmh) throws IOException, InterruptedException {
        List<String> flags = jmh ? JmhRun.JVM_ARGS : ProbeRun.JVM_ARGS;
        return new Environment(
                cpu(), describe(jdk), gc(flags), LocalDate.now(ZoneOffset.UTC).toString());
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String model = System.getProperty("os.arch");
        if (Files.isReadable(info)) {
            model = Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(model);
        }
        return model + ", " + Runtime.getRuntime().availableProcessors() + " cores";
    }

    private static String describe(Jdk jdk) throws IOException, InterruptedException {
        var version = new ProcessBuilder(jdk.java(), "-Xinternalversion").redirectErrorStream(true).start();
        try (var reader = version.inputReader()) {
            String line = reader.readLine();
            version.waitFor();
            int at = line.indexOf("for ");
            return at < 0 ? line : line.substring(0, at).trim();
        }
    }

    private static String gc(List<String> flags) {
        return String.join(" ", flags);
    }
}
