package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;

/**
 * A connected socket: the pair of streams that asyncio's {@code open_connection} returns. In a try-with-resources
 * statement of an {@code @Async} method it is closed, with everything sent, at the end.
 *
 * <p>Belongs to its loop's thread.
 */
public final class Connection implements AsyncCloseable {
    private final StreamReader reader;
    private final StreamWriter writer;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;

    private Connection(
            StreamReader reader, StreamWriter writer, InetSocketAddress local, InetSocketAddress remote) {
        this.reader = reader;
        this.writer = writer;
        this.local = local;
        this.remote = remote;
    }

    /** The connected {@code channel}; {@code onLost} is run once it is over. */
    static Connection of(EventLoop loop, AsynchronousSocketChannel channel, int limit, Runnable onLost)
            throws IOException {
        var local = (InetSocketAddress) channel.getLocalAddress();
        var remote = (InetSocketAddress) channel.getRemoteAddress();
        var reader = new StreamReader(loop, limit);
        var flow = new FlowControl(loop);
        var transport = new SocketTransport(loop, channel, reader, flow, onLost);
        var writer = new StreamWriter(transport, flow, reader);
        transport.read();
        return new Connection(reader, writer, local, remote);
    }

    /** What comes from the other side. */
    public StreamReader reader() {
        return reader;
    }

    /** What goes to the other side. */
    public StreamWriter writer() {
        return writer;
    }

    /** This side's address. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /** The other side's address. */
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /**
     * Closes it: after everything is sent, or, where {@code failure} is not null, at once. What the connection itself
     * failed with was for the readers and writers, and is not thrown here.
     */
    @Async
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        if (failure == null) {
            writer.close();
        } else {
            writer.abort();
        }
        try {
            await(writer.waitClosed());
        } catch (Exception broken) {
            // Over, which is what was wanted.
        }
        return Coroutine.of(false);
    }

    @Override
    public String toString() {
        return "<Connection " + local + " to " + remote + ">";
    }
}
