package dev.backstitch.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one topic on one JDK, from one run.
 *
 * @param rows by method name, followed by {@code @} and the parameter where there is one
 */
public record ResultFile(Topic topic, int feature, Environment environment, Map<String, Result> rows) {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * @param error half of the 99.9 % confidence interval; NaN if unknown
     * @param bytes allocated per operation; NaN if unknown
     */
    public record Result(double score, double error, double bytes) {}

    /** Where the results of {@code topic} on the JDK of version {@code feature} are kept. */
    public static Path path(Path results, int feature, Topic topic) {
        return results.resolve("jdk-" + feature).resolve(topic.name() + ".json");
    }

    /** Writes what JMH reported, and what it was run on. */
    public static void write(Path file, Environment environment, JsonArray results) throws IOException {
        var json = new JsonObject();
        json.add("environment", GSON.toJsonTree(environment));
        json.add("results", results);
        Files.createDirectories(file.getParent());
        Files.writeString(file, GSON.toJson(json) + "\n");
    }

    /** Reads what {@link #write} wrote. */
    public static ResultFile read(Path file, Topic topic, int feature) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        var rows = new LinkedHashMap<String, Result>();
        for (JsonElement element : json.getAsJsonArray("results")) {
            JsonObject result = element.getAsJsonObject();
            rows.put(key(result), new Result(
                    number(result.getAsJsonObject("primaryMetric"), "score"),
                    number(result.getAsJsonObject("primaryMetric"), "scoreError"),
                    bytes(result)));
        }
        return new ResultFile(topic, feature, GSON.fromJson(json.get("environment"), Environment.class), rows);
    }

    /** Reads all there are below {@code results}, where {@link #path} puts them. */
    public static List<ResultFile> readAll(Path results) throws IOException {
        var files = new ArrayList<ResultFile>();
        for (int feature : new int[] {17, 25}) {
            for (Topic topic : Topics.ALL) {
                Path file = path(results, feature, topic);
                if (Files.exists(file)) {
                    files.add(read(file, topic, feature));
                }
            }
        }
        return files;
    }

    private static String key(JsonObject result) {
        String name = result.get("benchmark").getAsString();
        String method = name.substring(name.lastIndexOf('.') + 1);
        if (!result.has("params")) {
            return method;
        }
        var values = result.getAsJsonObject("params").asMap().values();
        return method + "@" + values.iterator().next().getAsString();
    }

    private static double bytes(JsonObject result) {
        if (!result.has("secondaryMetrics")) {
            return Double.NaN;
        }
        JsonObject norm = result.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
        return norm == null ? Double.NaN : number(norm, "score");
    }

    private static double number(JsonObject metric, String name) {
        return metric.has(name) ? metric.get(name).getAsDouble() : Double.NaN;
    }
}
