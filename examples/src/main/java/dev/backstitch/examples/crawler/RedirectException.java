package dev.backstitch.examples.crawler;

import java.io.IOException;

/** A redirect that cannot be followed. */
final class RedirectException extends IOException {
    private static final long serialVersionUID = 1L;

    RedirectException(String message) {
        super(message);
    }
}
