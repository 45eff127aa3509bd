package dev.backstitch.examples.crawler;

import java.io.IOException;
import java.time.Duration;

/** A server answered with an error, 4xx or 5xx. */
final class HttpStatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Duration retryAfter;

    /** @param retryAfter when the server says to ask again; null if it does not say */
    HttpStatusException(int status, Duration retryAfter) {
        super("the server answered " + status + reason(status));
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether asking again may help. */
    boolean isTemporary() {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> " (bad request)";
            case 401 -> " (unauthorized)";
            case 403 -> " (forbidden)";
            case 404 -> " (not found)";
            case 405 -> " (method not allowed)";
            case 408 -> " (request timeout)";
            case 410 -> " (gone)";
            case 429 -> " (too many requests)";
            case 500 -> " (internal server error)";
            case 502 -> " (bad gateway)";
            case 503 -> " (service unavailable)";
            case 504 -> " (gateway timeout)";
            default -> "";
        };
    }
}
