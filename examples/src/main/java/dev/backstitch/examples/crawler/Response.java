package dev.backstitch.examples.crawler;

import java.net.http.HttpHeaders;

/**
 * A server's answer.
 *
 * @param body the body, or its first {@code limit} bytes; empty when it is not a page
 * @param bytes how many bytes of the body came
 * @param truncated whether the body was longer
 * @param limit how many bytes were wanted at most
 */
record Response(int status, HttpHeaders headers, byte[] body, long bytes, boolean truncated, int limit) {

    /** The content type as the header has it; empty when there is none. */
    String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    boolean isGzip() {
        return headers.firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    }

    boolean isRedirect() {
        return status >= 300 && status < 400 && headers.firstValue("Location").isPresent();
    }
}
