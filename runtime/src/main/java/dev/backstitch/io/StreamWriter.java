package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where bytes go to a connection or a subprocess: asyncio's {@code StreamWriter}. {@link #write} never waits;
 * {@code await(writer.drain())} behind it does while more than 64 KiB are unsent.
 *
 * <p>Belongs to its loop's thread.
 */
public final class StreamWriter {
    private final Transport transport;
    private final FlowControl flow;
    /** Of the same connection; null for a pipe. */
    private final StreamReader reader;

    StreamWriter(Transport transport, FlowControl flow, StreamReader reader) {
        this.transport = transport;
        this.flow = flow;
        this.reader = reader;
    }

    /** Sends a copy of {@code data} as soon as can be; once the connection is lost, drops it: {@link #drain} says so. */
    public void write(byte[] data) {
        if (data.length > 0) {
            transport.write(data.clone());
        }
    }

    /** Sends {@code text} in UTF-8; as {@link #write(byte[])}. */
    public void write(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        if (data.length > 0) {
            transport.write(data);
        }
    }

    /** Sends one after the other. */
    public void writeLines(Iterable<byte[]> lines) {
        lines.forEach(this::write);
    }

    /** Has the other side see the end of the stream once everything is sent; reading goes on. */
    public void writeEof() {
        transport.writeEof();
    }

    /**
     * Waits until there is room for more.
     *
     * @throws IOException what ended the connection, or "Connection lost" when it was closed here
     */
    @Async
    public Coroutine<Void> drain() throws IOException {
        if (reader != null && reader.exception() != null) {
            await(reader.read(0)); // throws it
        }
        if (transport.isClosing()) {
            await(Tasks.sleep(java.time.Duration.ZERO)); // in which the end is noticed
        }
        return flow.drain();
    }

    /** Closes the connection once everything is sent. */
    public void close() {
        transport.close();
    }

    /** Closes the connection now; what is not sent is dropped. */
    public void abort() {
        transport.abort();
    }

    /** Whether it is closed, or about to be. */
    public boolean isClosing() {
        return transport.isClosing();
    }

    /** Waits until the connection is closed; fails with what ended it, if it was not {@link #close}. */
    public LoopFuture<Void> waitClosed() {
        return flow.closed();
    }

    @Override
    public String toString() {
        return "<StreamWriter transport=" + transport + (reader == null ? "" : " reader=" + reader) + ">";
    }
}
