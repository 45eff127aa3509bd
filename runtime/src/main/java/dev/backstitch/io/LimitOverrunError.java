package dev.backstitch.io;

import java.io.IOException;

/** More bytes than a stream's limit came without the separator that was looked for. */
public final class LimitOverrunError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int consumed;

    LimitOverrunError(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /** How many bytes, from the first, are known not to belong to the separator. */
    public int consumed() {
        return consumed;
    }
}
