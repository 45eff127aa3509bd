package dev.backstitch.agent.cli;

import java.io.IOException;

/** A jar that is not rewritten; the message says why and what to do. */
final class UnsafeJarException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsafeJarException(String message) {
        super(message);
    }
}
