package dev.backstitch.examples.crawler;

import dev.backstitch.loop.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** A site, and crawls of it without pauses. */
abstract class CrawlerTestBase {
    final TestSite site = new TestSite();

    /** Patient with a slow machine; no pauses between requests, and next to none before retries. */
    static final CrawlOptions OPTIONS = CrawlOptions.defaults()
            .withPoliteness(16, 4, Duration.ZERO)
            .withPatience(Duration.ofSeconds(60), 2, Duration.ofMillis(1));

    /** For crawls that meet a server which does not answer. */
    static final CrawlOptions IMPATIENT = OPTIONS.withPatience(Duration.ofMillis(500), 0, Duration.ofMillis(1));

    @AfterEach
    void closeSite() {
        site.close();
    }

    List<Page> crawl(CrawlOptions options, URI... seeds) {
        try (var crawler = new Crawler(options)) {
            return EventLoop.run(crawler.crawl(List.of(seeds)).toList());
        }
    }

    /** The pages of a crawl from {@code /}, by path and query. */
    Map<String, Page> crawl(CrawlOptions options) {
        return byTarget(crawl(options, site.url("/")));
    }

    static Map<String, Page> byTarget(List<Page> pages) {
        return pages.stream().collect(Collectors.toMap(p -> target(p.url()), Function.identity()));
    }

    static String target(URI url) {
        return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }
}
