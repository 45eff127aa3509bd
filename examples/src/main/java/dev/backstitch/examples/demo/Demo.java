package dev.backstitch.examples.demo;

import dev.backstitch.examples.crawler.CrawlCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mvn -Pdemo verify} runs this. Makes the javadoc of the project's modules, serves it on the loopback interface and
 * crawls it; with a URL, crawls that site instead. The exit code is {@link CrawlCommand}'s.
 */
@Command(name = "demo", mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

    @Option(names = "--url", defaultValue = "", description = "The site to crawl; the project's javadoc when empty.")
    String url;

    @Option(names = "--project", required = true, description = "The directory of the project's modules.")
    Path project;

    @Option(names = "--work", required = true, description = "Where to put the javadoc and the JSON lines.")
    Path work;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        String out = work.resolve("crawl.jsonl").toString();
        if (!url.isEmpty()) {
            System.out.println("Crawling " + url);
            return CrawlCommand.run("--out", out, url);
        }
        System.out.println("Making the javadoc of this project ...");
        Path tree = Javadoc.make(project, work.resolve("demo"));
        System.out.printf("  %,d HTML pages%n", Javadoc.countPages(tree));
        try (var site = new DocumentationSite(tree)) {
            System.out.println("Crawling it at " + site.url());
            // Our own server needs no politeness; short patience makes the site's deliberate faults quick to see.
            return CrawlCommand.run("--out", out, "--pages", "10000", "--per-host", "8", "--delay", "0",
                    "--timeout", "1000", "--retries", "2", "--backoff", "100", site.url().toString());
        }
    }
}
