package dev.backstitch.examples.crawler;

import java.net.URI;
import java.util.List;

/**
 * What became of one URL.
 *
 * @param url the URL asked for
 * @param depth how many links away from a seed
 * @param referrer the page that links to it; null for a seed
 * @param outcome what it is, or why there is nothing
 * @param status the HTTP status; 0 when no answer came
 * @param contentType as the server has it; empty when it has none
 * @param title the title of an HTML page; null when it has none
 * @param bytes the size of the body as it came
 * @param truncated whether only the beginning of the body was read
 * @param attempts how often it was asked for
 * @param millis how long that took, with the pauses between attempts
 * @param links where the page links to, normalised
 * @param redirect where the server sent us; null when it did not
 * @param failure why there is no page; null when there is one
 */
public record Page(
        URI url,
        int depth,
        URI referrer,
        Outcome outcome,
        int status,
        String contentType,
        String title,
        long bytes,
        boolean truncated,
        int attempts,
        long millis,
        List<URI> links,
        URI redirect,
        Exception failure) {

    /** What a URL turned out to be. */
    public enum Outcome {
        /** A page, read for links. */
        HTML,
        /** Something else, counted and dropped. */
        OTHER,
        /** A redirect; its target is visited on its own. */
        REDIRECT,
        /** Not asked for, because robots.txt says so. */
        DISALLOWED,
        /** Nothing came, or an error. */
        FAILED
    }
}
