package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.examples.crawler.Page.Outcome;
import dev.backstitch.loop.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which URLs are asked for. */
class CrawlerTest extends CrawlerTestBase {

    @Test
    void should_visit_each_page_once_when_links_go_in_circles() {
        site.page("/", "/a", "a", "./a#part", "/x/../a", "b?q=1", "b?q=2", "#top", "/");
        site.page("/a", "/", "/a", "b?q=1");
        site.page("/b?q=1", "/");
        site.page("/b?q=2", "?q=1");

        Map<String, Page> pages = crawl(OPTIONS);

        assertEquals(Set.of("/", "/a", "/b?q=1", "/b?q=2"), pages.keySet());
        assertEquals(4, site.requests().size());
        assertTrue(pages.values().stream().allMatch(p -> p.outcome() == Outcome.HTML), pages::toString);
    }

    @Test
    void should_tell_depth_and_referrer_of_each_page() {
        site.page("/", "/a").page("/a", "/b").page("/b");

        Map<String, Page> pages = crawl(OPTIONS);

        assertEquals(0, pages.get("/").depth());
        assertEquals(2, pages.get("/b").depth());
        assertEquals(site.url("/a"), pages.get("/b").referrer());
        assertEquals("/b", pages.get("/b").title());
        assertEquals(List.of(site.url("/b")), pages.get("/a").links());
    }

    @Test
    void should_go_no_deeper_than_the_limit() {
        site.page("/", "/1").page("/1", "/2").page("/2", "/3").page("/3");

        assertEquals(Set.of("/", "/1", "/2"), crawl(OPTIONS.withLimits(100, 2)).keySet());
    }

    @Test
    void should_ask_for_no_more_pages_than_the_limit() {
        site.page("/", "/1", "/2", "/3", "/4", "/5");

        try (var crawler = new Crawler(OPTIONS.withLimits(3, 10))) {
            List<Page> pages = EventLoop.run(crawler.crawl(List.of(site.url("/"))).toList());

            assertEquals(3, pages.size());
            assertEquals(3, site.requests().size());
            assertEquals(3, crawler.waiting());
        }
    }

    @Test
    void should_stay_on_the_host_when_the_scope_is_the_host() {
        try (var other = new TestSite()) {
            other.page("/");
            site.page("/", other.url("/").toString(), "mailto:a@example.org", "javascript:void(0)", "tel:1", "http://[");

            assertEquals(Set.of("/"), crawl(OPTIONS).keySet());
            assertEquals(List.of(), other.requests());
        }
    }

    @Test
    void should_go_to_other_hosts_when_the_scope_is_the_web() {
        try (var other = new TestSite()) {
            other.page("/there");
            site.page("/", other.url("/there").toString());

            assertEquals(Set.of("/", "/there"), crawl(OPTIONS.withScope(CrawlOptions.Scope.WEB)).keySet());
        }
    }

    @Test
    void should_stay_below_the_directory_when_that_is_the_scope() {
        site.page("/docs/index.html", "a.html", "sub/b.html", "../outside.html").page("/docs/a.html").page("/docs/sub/b.html");

        List<Page> pages = crawl(OPTIONS.withScope(CrawlOptions.Scope.DIRECTORY), site.url("/docs/index.html"));

        assertEquals(Set.of("/docs/index.html", "/docs/a.html", "/docs/sub/b.html"), byTarget(pages).keySet());
    }

    @Test
    void should_ask_one_host_for_as_many_pages_at_once_as_allowed() {
        int perHost = 3;
        var together = new CyclicBarrier(perHost);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        String[] links = new String[3 * perHost];
        for (int i = 0; i < links.length; i++) {
            links[i] = "/" + i;
            site.on(links[i], x -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                try {
                    together.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new java.io.IOException(e);
                }
                inside.decrementAndGet();
                TestSite.answer(x, 200, "text/html", new byte[] {'.'});
            });
        }
        site.page("/", links);

        Map<String, Page> pages = crawl(OPTIONS.withPoliteness(16, perHost, Duration.ZERO));

        assertEquals(1 + links.length, pages.values().stream().filter(p -> p.outcome() == Outcome.HTML).count());
        assertEquals(perHost, most.get());
    }

    @Test
    void should_obey_robots_txt() {
        site.body("/robots.txt", "text/plain", """
                User-agent: *
                Disallow: /

                User-agent: backstitch-crawler
                Disallow: /private
                """.getBytes());
        site.page("/", "/private/a", "/public").page("/private/a").page("/public");

        Map<String, Page> pages = crawl(OPTIONS);

        assertEquals(Outcome.DISALLOWED, pages.get("/private/a").outcome());
        assertEquals(Outcome.HTML, pages.get("/public").outcome());
        assertEquals(List.of("/", "/public"), site.requests());
        assertEquals(1, site.requests("/robots.txt"));
    }

    @Test
    void should_follow_a_robots_txt_that_moved() {
        site.redirect("/robots.txt", "/rules").body("/rules", "text/plain", "User-agent: *\nDisallow: /a".getBytes());
        site.page("/", "/a").page("/a");

        assertEquals(Outcome.DISALLOWED, crawl(OPTIONS).get("/a").outcome());
    }

    @Test
    void should_leave_a_host_alone_when_its_robots_txt_is_an_error() {
        site.status("/robots.txt", 500).page("/");

        assertEquals(Outcome.DISALLOWED, crawl(OPTIONS).get("/").outcome());
        assertEquals(List.of(), site.requests());
    }

    @Test
    void should_not_ask_for_robots_txt_when_told_so() {
        site.status("/robots.txt", 500).page("/");

        assertEquals(Outcome.HTML, crawl(OPTIONS.withRobots(false)).get("/").outcome());
        assertEquals(0, site.requests("/robots.txt"));
    }

    @Test
    void should_cancel_what_is_under_way_when_closed_early() {
        site.page("/", "/silent1", "/silent2", "/a").silent("/silent1").silent("/silent2").page("/a");

        try (var crawler = new Crawler(OPTIONS)) {
            List<URI> seen = EventLoop.run(untilSecond(crawler, site.url("/")));

            assertEquals(List.of(site.url("/"), site.url("/a")), seen);
        }
    }

    @Async
    private static Coroutine<List<URI>> untilSecond(Crawler crawler, URI seed) {
        var pages = crawler.crawl(List.of(seed));
        URI first = Coroutine.await(pages.next()).url();
        URI second = Coroutine.await(pages.next()).url();
        Coroutine.await(pages.close());
        return Coroutine.of(List.of(first, second));
    }
}
