package dev.backstitch.benchmarks.run;

import dev.backstitch.benchmarks.report.Figures;
import dev.backstitch.benchmarks.report.Page;
import dev.backstitch.benchmarks.report.ResultFile;
import dev.backstitch.benchmarks.report.Topic;
import dev.backstitch.benchmarks.report.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Runs the benchmarks on every JDK found, keeps the results as JSON, and renders the page from them. */
public final class Main {
    /** The JDK whose figures are in the pages that people write. */
    private static final int FIGURES_OF = 25;

    private Main() {}

    /**
     * @param args the project's directory; a pattern of topics to run, {@code .*} for all, or {@code none} to render only
     */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]).toRealPath();
        var include = Pattern.compile(args.length > 1 ? args[1] : ".*");
        Path results = project.resolve("benchmarks/results");
        for (Jdk jdk : Jdk.found()) {
            for (Topic topic : Topics.ALL) {
                if (include.matcher(topic.name()).matches()) {
                    run(topic, jdk, ResultFile.path(results, jdk.feature(), topic));
                }
            }
        }
        Path page = project.resolve("docs/benchmarks.md");
        Files.createDirectories(page.getParent());
        List<ResultFile> files = ResultFile.readAll(results);
        Files.writeString(page, new Page(files).render());
        Path why = project.resolve("docs/why.md");
        Files.writeString(why, new Figures(files, FIGURES_OF).renew(Files.readString(why)));
        System.out.println("Rendered " + page + " and the figures in " + why);
    }

    private static void run(Topic topic, Jdk jdk, Path file) throws Exception {
        var environment = Environments.of(jdk, topic.isJmh());
        var results = topic.isJmh() ? JmhRun.of(topic, jdk) : ProbeRun.of(topic, jdk);
        ResultFile.write(file, environment, results);
    }
}
