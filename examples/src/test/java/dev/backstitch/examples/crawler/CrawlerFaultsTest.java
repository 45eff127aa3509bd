package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.examples.crawler.Page.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What servers get wrong. */
class CrawlerFaultsTest extends CrawlerTestBase {

    @Test
    void should_report_a_broken_link_at_once() {
        site.page("/", "/missing");

        Page page = crawl(OPTIONS).get("/missing");

        assertEquals(Outcome.FAILED, page.outcome());
        assertEquals(404, page.status());
        assertEquals(1, page.attempts());
        assertEquals(site.url("/"), page.referrer());
        assertEquals("the server answered 404 (not found)", page.failure().getMessage());
    }

    @Test
    void should_show_each_waiting_method_in_the_trace_of_a_failure() {
        site.page("/", "/missing");

        Exception failure = crawl(OPTIONS).get("/missing").failure();

        List<String> frames = Arrays.stream(failure.getStackTrace())
                .filter(e -> e.getClassName().startsWith("dev.backstitch."))
                .map(e -> e.getClassName().substring(e.getClassName().lastIndexOf('.') + 1) + "." + e.getMethodName())
                .toList();
        assertEquals(List.of("HttpFetcher.get", "Host.get", "Download.run", "Visit.run", "Crawl.visit"), frames);
    }

    @Test
    void should_ask_again_when_a_server_is_busy() {
        site.page("/", "/busy").flaky("/busy", 2, 503);

        Page page = crawl(OPTIONS).get("/busy");

        assertEquals(Outcome.HTML, page.outcome());
        assertEquals("at last", page.title());
        assertEquals(3, page.attempts());
        assertNull(page.failure());
    }

    @Test
    void should_give_up_when_all_attempts_fail() {
        site.page("/", "/broken").status("/broken", 500);

        Page page = crawl(OPTIONS).get("/broken");

        assertEquals(3, page.attempts());
        assertEquals(3, site.requests("/broken"));
        assertEquals(500, assertInstanceOf(HttpStatusException.class, page.failure()).status());
    }

    @Test
    void should_wait_as_long_as_the_server_says() {
        site.page("/", "/later").on("/later", x -> {
            boolean first = site.requests("/later") == 1;
            x.getResponseHeaders().set("Retry-After", "0");
            TestSite.answer(x, first ? 429 : 200, "text/html", new byte[] {'.'});
        });
        // An hour of our own back-off would not end in time.
        Page page = crawl(OPTIONS.withPatience(OPTIONS.timeout(), 1, java.time.Duration.ofHours(1))).get("/later");

        assertEquals(Outcome.HTML, page.outcome());
        assertEquals(2, page.attempts());
    }

    @Test
    void should_time_out_when_a_server_says_nothing() {
        site.page("/", "/silent", "/a").silent("/silent").page("/a");

        Map<String, Page> pages = crawl(IMPATIENT);

        assertInstanceOf(HttpTimeoutException.class, pages.get("/silent").failure());
        assertEquals("no answer within 0.5 s", pages.get("/silent").failure().getMessage());
        assertEquals(Outcome.HTML, pages.get("/a").outcome());
    }

    @Test
    void should_time_out_when_a_body_stalls() {
        site.page("/", "/stalling").stalling("/stalling");

        assertInstanceOf(HttpTimeoutException.class, crawl(IMPATIENT).get("/stalling").failure());
    }

    @Test
    void should_report_a_server_that_is_not_there() throws IOException {
        URI nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }

        Page page = crawl(OPTIONS, nobody).get(0);

        assertInstanceOf(ConnectException.class, page.failure());
        assertEquals(0, page.status());
        List<String> trace = TraceText.lines(page.failure());
        assertTrue(trace.stream().anyMatch(line -> line.contains("Visit.run(Visit.java:")), trace::toString);
        assertTrue(trace.stream().noneMatch(line -> line.contains("jdk.internal")), trace::toString);
    }

    @Test
    void should_visit_the_target_of_a_redirect_once() {
        site.page("/", "/old", "/new").redirect("/old", "new#part").page("/new");

        Map<String, Page> pages = crawl(OPTIONS);

        assertEquals(Outcome.REDIRECT, pages.get("/old").outcome());
        assertEquals(site.url("/new"), pages.get("/old").redirect());
        assertEquals(1, pages.get("/new").depth());
        assertEquals(1, site.requests("/new"));
    }

    @Test
    void should_follow_a_seed_to_the_host_it_moved_to() {
        try (var other = new TestSite()) {
            other.page("/home", "/a").page("/a");
            site.redirect("/", other.url("/home").toString());

            assertEquals(Set.of("/", "/home", "/a"), crawl(OPTIONS).keySet());
        }
    }

    @Test
    void should_report_redirects_that_go_in_a_circle() {
        site.page("/", "/a").redirect("/a", "/b").redirect("/b", "/a");

        Page page = crawl(OPTIONS).get("/b");

        assertInstanceOf(RedirectException.class, page.failure());
        assertEquals(1, site.requests("/a"));
    }

    @Test
    void should_report_redirects_without_end() {
        for (int i = 0; i < 20; i++) {
            site.redirect("/?" + i, "/?" + (i + 1));
        }
        site.redirect("/", "/?0");

        Map<String, Page> pages = crawl(OPTIONS);

        assertEquals(11, pages.size());
        assertTrue(pages.get("/?9").failure().getMessage().startsWith("more than 10 redirects"));
    }

    @Test
    void should_report_a_redirect_to_nowhere() {
        site.page("/", "/a").redirect("/a", "mailto:webmaster@example.org");

        Page page = crawl(OPTIONS).get("/a");

        assertNotNull(page.failure());
        assertEquals("a redirect to no web address: mailto:webmaster@example.org", page.failure().getMessage());
    }
}
