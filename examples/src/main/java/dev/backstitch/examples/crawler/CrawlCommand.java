package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.examples.crawler.Ending.Reason;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.TaskGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The crawler as a program. Exit codes: 0 crawled (failures of pages are in the summary), 1 not one page came, 2 wrong
 * usage, 130 stopped by Ctrl-C, with what had come until then in the file and the summary.
 */
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Crawls web sites and writes a JSON object per page.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:crawled; pages that failed are in the summary", "1:not one page came", "2:wrong usage",
                "130:stopped by Ctrl-C; what had come until then is in the file and the summary"})
public final class CrawlCommand implements Callable<Integer> {
    private static final CrawlOptions DEFAULTS = CrawlOptions.defaults();
    private static final int INTERRUPTED = 130;

    @Parameters(arity = "1..*", paramLabel = "URL", description = "Where to begin.")
    List<String> urls;

    @Option(names = "--out", description = "The file for the JSON lines (${DEFAULT-VALUE}).")
    Path out = Path.of("crawl.jsonl");

    @Option(names = "--scope", description = "Which links to follow: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    CrawlOptions.Scope scope = DEFAULTS.scope();

    @Option(names = "--pages", description = "How many pages at most (${DEFAULT-VALUE}).")
    int pages = DEFAULTS.maxPages();

    @Option(names = "--depth", description = "How many links away from the first page (${DEFAULT-VALUE}).")
    int depth = DEFAULTS.maxDepth();

    @Option(names = "--connections", description = "How many requests at once (${DEFAULT-VALUE}).")
    int connections = DEFAULTS.connections();

    @Option(names = "--per-host", description = "How many of them to one host (${DEFAULT-VALUE}).")
    int perHost = DEFAULTS.perHost();

    @Option(names = "--delay", description = "Milliseconds between two requests to one host (${DEFAULT-VALUE}).")
    long delayMillis = DEFAULTS.delay().toMillis();

    @Option(names = "--max-time", description = "Seconds that the whole crawl may take; without, there is no limit.")
    Long maxSeconds;

    @Option(names = "--timeout", description = "Milliseconds that a request may take (${DEFAULT-VALUE}).")
    long timeoutMillis = DEFAULTS.timeout().toMillis();

    @Option(names = "--retries", description = "How often to ask again (${DEFAULT-VALUE}).")
    int retries = DEFAULTS.retries();

    @Option(names = "--backoff", description = "Milliseconds before the first retry; doubles (${DEFAULT-VALUE}).")
    long backoffMillis = DEFAULTS.backoff().toMillis();

    @Option(names = "--no-robots", negatable = true, description = "Do not ask for robots.txt.")
    boolean robots = true;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the command with {@code args} and returns its exit code. */
    public static int run(String... args) {
        return new CommandLine(new CrawlCommand()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        List<URI> seeds = urls.stream().map(this::seed).toList();
        Summary summary = new Summary();
        long start = System.nanoTime();
        Ending ending;
        try (var crawler = new Crawler(options()); var lines = new JsonLines(out)) {
            Crawl crawl = crawler.begin(seeds);
            var progress = new Progress(System.err, Progress.isTerminal(), System::nanoTime);
            try {
                EventLoop.run(crawl(crawl, lines, progress, summary));
            } catch (KeyboardInterrupt stopped) {
                // What was crawled until then is in the file and in the summary.
            }
            ending = crawl.ending();
        }
        System.out.println("Crawled " + String.join(" ", urls));
        summary.print(System.out, Duration.ofNanos(System.nanoTime() - start), ending);
        System.out.println("\n  JSON lines  " + out);
        if (ending.reason() == Reason.INTERRUPTED) {
            return INTERRUPTED;
        }
        return summary.pages() > summary.failures().size() ? 0 : 1;
    }

    @Async
    private static Coroutine<Void> crawl(Crawl crawl, JsonLines lines, Progress progress, Summary summary)
            throws IOException {
        try {
            await(TaskGroup.run(group -> {
                group.spawn(crawl.run(), "crawl");
                return read(crawl, lines, progress, summary);
            }));
        } finally { // Ctrl-C cancels this; the visits that are done count
            for (Page page : crawl.unread()) {
                summary.add(page);
                lines.write(page);
            }
            progress.end();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> read(Crawl crawl, JsonLines lines, Progress progress, Summary summary) {
        try {
            for (Page page = await(crawl.next()); page != null; page = await(crawl.next())) {
                summary.add(page);
                lines.write(page);
                progress.update(summary, crawl.ending().waiting());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Coroutine.done();
    }

    private URI seed(String url) {
        URI seed = Urls.normalise(url);
        if (seed == null) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "not an http or https URL: " + url);
        }
        return seed;
    }

    private CrawlOptions options() {
        return (maxSeconds == null ? DEFAULTS : DEFAULTS.withMaxTime(Duration.ofSeconds(maxSeconds)))
                .withScope(scope)
                .withLimits(pages, depth)
                .withPoliteness(connections, perHost, Duration.ofMillis(delayMillis))
                .withPatience(Duration.ofMillis(timeoutMillis), retries, Duration.ofMillis(backoffMillis))
                .withRobots(robots);
    }
}
