package dev.backstitch.benchmarks.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.backstitch.benchmarks.report.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs a topic that JMH cannot measure: each row in a fresh JVM whose main class prints one number. */
final class ProbeRun {
    /** The serial collector, for exact figures of the heap; the stack is what the JVM gives by default. */
    static final List<String> JVM_ARGS = List.of("-XX:+UseSerialGC", "-Xmx6g");

    private ProbeRun() {}

    /** In the shape of JMH's JSON. */
    static JsonArray of(Topic topic, Jdk jdk) throws IOException, InterruptedException {
        var results = new JsonArray();
        for (String row : topic.rows()) {
            if (row.startsWith("virtualThreads") && !jdk.hasVirtualThreads()) {
                continue;
            }
            double score = fork(topic.main(), row, jdk);
            System.out.println(topic.name() + "." + row + " on JDK " + jdk.feature() + ": " + score);
            var metric = new JsonObject();
            metric.addProperty("score", score);
            metric.addProperty("scoreUnit", topic.unit());
            var result = new JsonObject();
            result.addProperty("benchmark", topic.main() + "." + row);
            result.add("primaryMetric", metric);
            results.add(result);
        }
        return results;
    }

    private static double fork(String main, String row, Jdk jdk) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(jdk.java());
        command.addAll(JVM_ARGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, row));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var reader = process.inputReader()) {
            String line = reader.readLine();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(main + " " + row + " ended with " + exit);
            }
            return Double.parseDouble(line);
        }
    }
}
