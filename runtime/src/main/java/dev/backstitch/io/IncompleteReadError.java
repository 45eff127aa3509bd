package dev.backstitch.io;

import java.io.EOFException;

/** A stream ended before there was what a read had asked for. */
public final class IncompleteReadError extends EOFException {
    private static final long serialVersionUID = 1L;

    private final byte[] partial;
    private final int expected;

    IncompleteReadError(byte[] partial, int expected) {
        super(partial.length + " bytes read on a total of " + (expected < 0 ? "undefined" : expected)
                + " expected bytes");
        this.partial = partial;
        this.expected = expected;
    }

    /** What did come, which the stream has not any more: the array itself. */
    public byte[] partial() {
        return partial;
    }

    /** How many bytes were wanted; -1 when a separator was. */
    public int expected() {
        return expected;
    }
}
