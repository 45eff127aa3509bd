package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.examples.crawler.Page.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What bodies hold. */
class ContentTest extends CrawlerTestBase {

    private String titleOf(String contentType, byte[] body) {
        return crawl(OPTIONS, site.body("/", contentType, body).url("/")).get(0).title();
    }

    @Test
    void should_read_the_charset_of_the_header() {
        assertEquals("Größe", titleOf("text/html; Charset=\"ISO-8859-1\"",
                "<title>Größe</title>".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void should_read_the_charset_of_the_page_when_the_header_has_none() {
        assertEquals("Привет", titleOf("text/html",
                "<meta charset=windows-1251><title>Привет</title>".getBytes(Charset.forName("windows-1251"))));
    }

    @Test
    void should_read_utf_8_when_the_charset_is_none() {
        assertEquals("Größe", titleOf("TEXT/HTML; charset=no such charset",
                "<title>Größe</title>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void should_believe_a_byte_order_mark() {
        assertEquals("Größe", titleOf("text/html; charset=ISO-8859-1",
                "\uFEFF<title>Größe</title>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void should_read_xhtml() {
        assertEquals("x", titleOf("application/xhtml+xml", "<html><head><title>x</title></head></html>".getBytes()));
    }

    @Test
    void should_unzip_a_body() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write("<title>zipped</title>".getBytes(StandardCharsets.UTF_8));
        }
        site.on("/", x -> {
            x.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.answer(x, 200, "text/html", zipped.toByteArray());
        });

        Page page = crawl(OPTIONS).get("/");

        assertEquals("zipped", page.title());
        assertEquals(zipped.size(), page.bytes());
    }

    @Test
    void should_report_a_body_that_is_not_what_it_says() {
        site.on("/", x -> {
            x.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.answer(x, 200, "text/html", "<title>plain</title>".getBytes());
        });

        assertEquals("java.util.zip.ZipException: Not in GZIP format", crawl(OPTIONS).get("/").failure().toString());
    }

    @Test
    void should_count_but_not_read_what_is_no_page() {
        site.page("/", "/paper.pdf").body("/paper.pdf", "application/pdf", "<a href='/a'>".repeat(100).getBytes());

        Page page = crawl(OPTIONS).get("/paper.pdf");

        assertEquals(Outcome.OTHER, page.outcome());
        assertEquals("application/pdf", page.contentType());
        assertEquals(1300, page.bytes());
        assertEquals(List.of(), page.links());
    }

    @Test
    void should_take_what_has_no_content_type_for_no_page() {
        assertEquals(Outcome.OTHER, crawl(OPTIONS, site.body("/", null, "<a href=/a>".getBytes()).url("/")).get(0).outcome());
    }

    @Test
    void should_read_the_beginning_of_a_page_that_is_too_long() {
        String head = "<title>long</title><a href='/a'>a</a>";
        site.html("/", head + " ".repeat(500_000) + "<a href='/b'>b</a>").page("/a").page("/b");

        Page page = crawl(OPTIONS.withMaxBody(10_000)).get("/");

        assertTrue(page.truncated());
        assertEquals(10_000, page.bytes());
        assertEquals(List.of(site.url("/a")), page.links());
    }

    @Test
    void should_not_call_a_page_of_just_the_limit_too_long() {
        Page page = crawl(OPTIONS.withMaxBody(5), site.html("/", "12345").url("/")).get(0);

        assertFalse(page.truncated());
        assertEquals(5, page.bytes());
    }

    @Test
    void should_find_links_of_all_kinds_in_order() {
        site.html("/", """
                <base href="/base/">
                <a href="1">x</a> <map><area href="2"></map> <iframe src="3"></iframe>
                <a href="no" rel="external NOFOLLOW">x</a> <a name="anchor">x</a>
                <a href=" 4 and more ">x</a> <a href="ü">x</a> <a href="1#again">x</a>
                """);

        List<String> links = crawl(OPTIONS.withLimits(1, 1), site.url("/")).get(0).links().stream()
                .map(CrawlerTestBase::target).toList();

        assertEquals(List.of("/base/1", "/base/2", "/base/3", "/base/4%20and%20more", "/base/%C3%BC"), links);
    }

    @Test
    void should_follow_no_link_when_the_page_forbids_it() {
        site.html("/", "<meta name=robots content='noindex, nofollow'><a href=/a>a</a>");

        assertEquals(List.of(), crawl(OPTIONS).get("/").links());
    }
}
