package dev.backstitch.benchmarks.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start of {@link WebApplication} in a JVM of its own, and what is known of it.
 *
 * @param ready milliseconds of processors, of all threads, from the start of the JVM until the first request was answered
 * @param classes loaded until then
 * @param heap bytes in use after a collection
 * @param agentStart milliseconds that the agent took before the application started; 0 without it
 * @param perClass microseconds that the agent took for a class it left alone; 0 without it
 */
public record Launch(double ready, double classes, double heap, double agentStart, double perClass) {
    private static final Pattern STATISTICS =
            Pattern.compile("started in ([\\d.]+) ms; left \\d+ classes alone in [\\d.]+ ms, ([\\d.]+) microseconds each");

    /** The fewer classes, the less the figures are those of an application. */
    private static final int FEWEST_CLASSES = 8_000;

    private static final int TIMES = 3;

    /** The least of several starts: what the machine does besides only ever adds. */
    public static double least(boolean withAgent, ToDoubleFunction<Launch> figure) throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            least = Math.min(least, figure.applyAsDouble(start(withAgent)));
        }
        return least;
    }

    private static Launch start(boolean withAgent) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
        if (withAgent) {
            options.add("-javaagent:" + agent() + "=statistics");
        }
        Path errors = Files.createTempFile("startup", ".txt");
        try {
            String[] printed = java(
                            options,
                            errors,
                            WebApplication.class.getName(),
                            "--server.port=0",
                            "--spring.main.banner-mode=off",
                            "--logging.level.root=warn")
                    .split(" ");
            Matcher statistics = STATISTICS.matcher(Files.readString(errors));
            boolean found = statistics.find();
            if (withAgent && !found) {
                throw new IllegalStateException("the agent has said nothing: " + Files.readString(errors));
            }
            Launch launch = new Launch(
                    Double.parseDouble(printed[0]),
                    Double.parseDouble(printed[1]),
                    Double.parseDouble(printed[2]),
                    found ? Double.parseDouble(statistics.group(1)) : 0,
                    found ? Double.parseDouble(statistics.group(2)) : 0);
            if (launch.classes < FEWEST_CLASSES) {
                throw new IllegalStateException("only " + launch.classes + " classes");
            }
            return launch;
        } finally {
            Files.delete(errors);
        }
    }

    /** The agent's packaged jar. */
    private static String agent() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(entry -> Path.of(entry).getFileName().toString().matches("backstitch-agent-.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the agent is not packaged: run the phase verify"));
    }

    /** Runs a main class with this JVM and this class path; the first line that it prints. */
    static String java(List<String> options, Path errors, String... main) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(Arrays.asList(main));
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main[0] + " failed: " + Files.readString(errors));
        }
        return printed.lines().findFirst().orElseThrow();
    }
}
