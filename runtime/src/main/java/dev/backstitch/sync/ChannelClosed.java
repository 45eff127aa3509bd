package dev.backstitch.sync;

/** Nothing more comes through the {@link Channel}, or the end that was used is closed. */
public final class ChannelClosed extends RuntimeException {
    ChannelClosed(String message) {
        super(message);
    }
}
