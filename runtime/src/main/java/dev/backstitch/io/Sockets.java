package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.regex.Pattern;

/** TCP connections: asyncio's {@code open_connection} and {@code start_server}, on the loop of this thread. */
public final class Sockets {
    /** Hosts that no name server is asked for. */
    private static final Pattern LITERAL = Pattern.compile("localhost|[0-9.]+|.*:.*");

    private Sockets() {}

    /** Connects to {@code host}; as {@link #openConnection(String, int, int)} with {@link StreamReader#DEFAULT_LIMIT}. */
    public static Coroutine<Connection> openConnection(String host, int port) throws IOException {
        return openConnection(host, port, StreamReader.DEFAULT_LIMIT);
    }

    /**
     * Connects to {@code host}, whose addresses are tried one after the other.
     *
     * @param limit of the {@link StreamReader}
     * @throws IOException if none answers: the last one's failure, with those of the others as suppressed
     */
    @Async
    public static Coroutine<Connection> openConnection(String host, int port, int limit) throws IOException {
        InetAddress[] addresses = literal(host);
        if (addresses == null) {
            addresses = await(Tasks.toThread(() -> InetAddress.getAllByName(host)));
        }
        IOException failure = null;
        for (InetAddress address : addresses) {
            try {
                return Coroutine.of(await(connect(new InetSocketAddress(address, port), limit)));
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    /** The addresses of a host that can be had without waiting; null for others. */
    private static InetAddress[] literal(String host) throws IOException {
        return LITERAL.matcher(host).matches() ? InetAddress.getAllByName(host) : null;
    }

    @Async
    private static Coroutine<Connection> connect(InetSocketAddress address, int limit) throws IOException {
        EventLoop loop = EventLoop.current();
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        try {
            var connected = new Completion<Void>(nothing -> {});
            channel.connect(address, null, connected);
            await(connected);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return Coroutine.of(Connection.of(loop, channel, limit, () -> {}));
        } catch (Throwable e) { // GeneratorExit, for one
            channel.close();
            throw e;
        }
    }

    /** As {@link #startServer(ConnectionHandler, String, int, int)} with {@link StreamReader#DEFAULT_LIMIT}. */
    public static Server startServer(ConnectionHandler handler, String host, int port) throws IOException {
        return startServer(handler, host, port, StreamReader.DEFAULT_LIMIT);
    }

    /**
     * Listens on {@code host} and has {@code handler} called with each connection.
     *
     * @param host a name or an address of this machine; null for all its addresses
     * @param port 0 for any that is free: {@link Server#port} tells which
     * @param limit of each {@link StreamReader}
     * @throws IOException if it cannot listen there
     */
    public static Server startServer(ConnectionHandler handler, String host, int port, int limit) throws IOException {
        var channel = AsynchronousServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
            return new Server(EventLoop.current(), channel, handler, limit);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
