package dev.backstitch.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    @TempDir
    Path results;

    @Test
    void should_put_what_was_measured_where_a_page_names_it() throws Exception {
        Topic topic = Topics.ALL.stream().filter(t -> t.name().equals("TreeWalk")).findFirst().orElseThrow();
        Path file = ResultFile.path(results, 25, topic);
        ResultFile.write(file, new Environment("a CPU", "a JDK", "-flags", "2026-01-02"), JsonParser.parseString("""
                [{"benchmark": "x.TreeWalk.backstitch", "primaryMetric": {"score": 12.04},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 40.1}}}]""").getAsJsonArray());
        Figures figures = new Figures(List.of(ResultFile.read(file, topic, 25)), 25);
        assertEquals(
                "a <!--=TreeWalk backstitch-->12.0 ns<!--/-->, <!--=TreeWalk backstitch B-->40 B<!--/--> $1",
                figures.renew("a <!--=TreeWalk backstitch-->?<!--/-->, <!--=TreeWalk backstitch B--><!--/--> $1"));
        assertThrows(
                IllegalArgumentException.class, () -> figures.renew("<!--=TreeWalk nobody--><!--/-->"));
    }

    /** {@code -Dbenchmarks.include=none} writes it anew. */
    @Test
    void should_have_the_figures_of_the_results_when_the_alternatives_are_compared() throws Exception {
        String page = Files.readString(Path.of("../docs/why.md"));
        assertEquals(new Figures(ResultFile.readAll(Path.of("results")), 25).renew(page), page);
    }
}
