package dev.backstitch.benchmarks.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.backstitch.benchmarks.report.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of one topic, all peers in one run. */
final class JmhRun {
    /** The heap is touched before: on some machines the first touch of a page costs as much as hundreds of what is measured. */
    static final List<String> JVM_ARGS = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:-UsePerfData");

    private JmhRun() {}

    /** What JMH reports as JSON, without the path of the JVM. */
    static JsonArray of(Topic topic, Jdk jdk) throws RunnerException {
        var options = new OptionsBuilder()
                .include("\\." + topic.name() + "\\.")
                .jvm(jdk.java())
                .jvmArgs(JVM_ARGS.toArray(String[]::new))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .timeout(TimeValue.minutes(2))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (!jdk.hasVirtualThreads()) {
            options.exclude("virtualThreads");
        }
        var results = new Runner(options.build()).run();
        var json = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(json, true, StandardCharsets.UTF_8))
                .writeOut(results);
        JsonArray array = JsonParser.parseString(json.toString(StandardCharsets.UTF_8)).getAsJsonArray();
        for (JsonElement result : array) {
            result.getAsJsonObject().remove("jvm");
        }
        return array;
    }
}
