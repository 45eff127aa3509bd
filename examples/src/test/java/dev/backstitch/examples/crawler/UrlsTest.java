package dev.backstitch.examples.crawler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.ORG, http://example.org/",
        "http://example.org:80/a/../b/./c, http://example.org/b/c",
        "https://example.org:443/#top, https://example.org/",
        "http://example.org:8080/a?b=c#d, http://example.org:8080/a?b=c",
        "http://example.org/a b, http://example.org/a%20b",
        "http://example.org/%7Euser, http://example.org/~user",
        "http://example.org/ü, http://example.org/%C3%BC",
    })
    void should_write_a_url_in_one_way(String url, String normal) {
        assertEquals(URI.create(normal), Urls.normalise(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mailto:a@example.org", "ftp://example.org/", "javascript:void(0)", "/relative", "http://"})
    void should_refuse_what_is_no_web_address(String url) {
        assertNull(Urls.normalise(url));
    }

    @ParameterizedTest
    @CsvSource({
        "?page=2, http://example.org/a/b.html?page=2",
        "c.html, http://example.org/a/c.html",
        "/, http://example.org/",
        "//other.org/x, http://other.org/x",
        "https://example.org, https://example.org/",
    })
    void should_resolve_a_reference(String reference, String url) {
        assertEquals(URI.create(url), Urls.resolve(URI.create("http://example.org/a/b.html"), reference));
    }
}
