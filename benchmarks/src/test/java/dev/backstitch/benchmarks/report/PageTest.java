package dev.backstitch.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;

class PageTest {
    private static final Environment ENVIRONMENT = new Environment("a CPU", "a JDK", "-flags", "2026-01-02");

    @TempDir
    Path results;

    @Test
    void should_show_ratio_bytes_and_missed_target_when_results_are_read_back() throws Exception {
        String page = render("""
                [{"benchmark": "x.TreeWalk.handWritten", "primaryMetric": {"score": 4.0, "scoreError": 0.25},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 0.1}}},
                 {"benchmark": "x.TreeWalk.backstitch", "primaryMetric": {"score": 12.0, "scoreError": "NaN"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 40.0}}}]""");

        assertTrue(page.contains("| iterator written by hand (reference) | 4.00 ± 0.25 | 0.10 | 1.00 |"), page);
        assertTrue(page.contains("| `Gen.yieldFrom` | 12.0 | 40.00 | 3.00 |"), page);
        assertTrue(page.contains("boxed: ≤ 10 ns | 12.0 ns **missed** |"), page);
        assertTrue(page.contains("| a CPU | a JDK | `-flags` |"), page);
    }

    @Test
    void should_show_no_table_when_a_topic_was_not_run() throws Exception {
        String page = render("[]");

        assertTrue(!page.contains("## " + topic("FilterLoop").title()), page);
    }

    @Test
    void should_name_every_benchmark_method_when_it_lists_rows() throws Exception {
        for (Topic topic : Topics.ALL) {
            if (topic.isJmh()) {
                var methods = Arrays.stream(Class.forName("dev.backstitch.benchmarks." + topic.name()).getMethods())
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .map(java.lang.reflect.Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
                var rows = topic.rows().stream()
                        .map(row -> row.replaceAll("@.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(methods, rows);
            }
        }
    }

    private String render(String json) throws Exception {
        Topic topic = topic("TreeWalk");
        Path file = ResultFile.path(results, 17, topic);
        ResultFile.write(file, ENVIRONMENT, JsonParser.parseString(json).getAsJsonArray());
        return new Page(List.of(ResultFile.read(file, topic, 17))).render();
    }

    private static Topic topic(String name) {
        return Topics.ALL.stream().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
    }
}
