package dev.backstitch.examples.crawler;

import crawlercommons.filters.basic.BasicURLNormalizer;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;

/** One form for all the ways to write a URL, so that a page is visited once. */
final class Urls {
    private Urls() {}

    private static final BasicURLNormalizer NORMALIZER = BasicURLNormalizer.newBuilder().build();

    /**
     * The normal form of the absolute {@code url}: lower-case host, no default port, no dot segments, one percent
     * encoding, no fragment.
     *
     * @return null when it is not an http or https URL
     */
    static URI normalise(String url) {
        String normal = NORMALIZER.filter(url);
        if (normal == null) {
            return null;
        }
        try {
            URI uri = new URI(normal);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** What {@code reference}, a header's value, means on the page {@code base}; null when it is no web address. */
    static URI resolve(URI base, String reference) {
        try {
            String stripped = reference.strip();
            // URL and URI follow an older RFC, by which a mere "?page=2" loses the page's name.
            String full = stripped.startsWith("?") ? base.getRawPath() + stripped : stripped;
            return normalise(new URL(base.toURL(), full).toString());
        } catch (MalformedURLException e) {
            return null;
        }
    }

    /** Scheme, host and port: what politeness is owed to. */
    static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** The path of {@code url} up to its last slash. */
    static String directory(URI url) {
        String path = url.getRawPath();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
