package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A listening socket and the connections that came by it: asyncio's {@code Server}, made by {@link Sockets#startServer}. In
 * a try-with-resources statement of an {@code @Async} method it is stopped, and its connections waited for, at the end.
 *
 * <p>Belongs to its loop's thread.
 */
public final class Server implements AsyncCloseable {
    /** How long to wait when the machine has no room for another connection. */
    private static final Duration ACCEPT_PAUSE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final AsynchronousServerSocketChannel channel;
    private final ConnectionHandler handler;
    private final int limit;
    private final InetSocketAddress address;
    private final Set<Connection> connections = new LinkedHashSet<>();
    /** Done once it is stopped and the last connection is over. */
    private final LoopFuture<Void> over;
    private boolean stopped;

    Server(EventLoop loop, AsynchronousServerSocketChannel channel, ConnectionHandler handler, int limit)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.handler = Objects.requireNonNull(handler, "handler");
        this.limit = limit;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.over = new LoopFuture<>(loop);
        accept();
    }

    private void accept() {
        if (stopped) {
            return;
        }
        channel.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
            @Override
            public void completed(AsynchronousSocketChannel accepted, Void attachment) {
                try {
                    loop.callSoonThreadSafe(() -> {
                        connected(accepted);
                        accept();
                    });
                } catch (IllegalStateException closedLoop) {
                    discard(accepted);
                    stopChannel();
                }
            }

            @Override
            public void failed(Throwable failure, Void attachment) {
                try {
                    loop.callSoonThreadSafe(() -> notAccepted(failure));
                } catch (IllegalStateException closedLoop) {
                    stopChannel();
                }
            }
        });
    }

    private void notAccepted(Throwable failure) {
        if (!stopped) {
            loop.callExceptionHandler(
                    new LoopError("a server at " + address + " could not accept a connection", failure, this));
            loop.callLater(ACCEPT_PAUSE, this::accept);
        }
    }

    private static void discard(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void connected(AsynchronousSocketChannel accepted) {
        if (stopped) {
            discard(accepted);
            return;
        }
        var holder = new Connection[1];
        Connection connection;
        try {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection = Connection.of(loop, accepted, limit, () -> lost(holder[0]));
        } catch (IOException alreadyGone) {
            discard(accepted);
            return;
        }
        holder[0] = connection;
        connections.add(connection);
        try {
            Coroutine<Void> handling = handler.handle(connection);
            if (handling != null) {
                Task<Void> task = loop.spawn(handling);
                task.whenDone(() -> handled(connection, task));
            }
        } catch (Throwable failure) {
            unhandled(connection, failure);
        }
    }

    private void handled(Connection connection, Task<Void> task) {
        if (task.isCancelled()) {
            connection.writer().close();
        } else if (task.failure() != null) {
            unhandled(connection, task.failure());
        }
    }

    private void unhandled(Connection connection, Throwable failure) {
        loop.callExceptionHandler(
                new LoopError("unhandled exception in the handler of " + connection, failure, connection));
        connection.writer().close();
    }

    private void lost(Connection connection) {
        connections.remove(connection);
        checkOver();
    }

    private void checkOver() {
        if (stopped && connections.isEmpty() && !over.isDone()) {
            over.complete(null);
        }
    }

    /** Where it listens, or did. */
    public InetSocketAddress address() {
        return address;
    }

    /** The port of {@link #address}. */
    public int port() {
        return address.getPort();
    }

    /** Whether it takes connections. */
    public boolean isServing() {
        return !stopped;
    }

    /** The connections that are not over, in the order in which they came: a copy. */
    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    /** Takes no more connections; those there are go on. asyncio's {@code Server.close}. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        stopChannel();
        checkOver();
    }

    private void stopChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // It listens no more.
        }
    }

    /** Closes each connection once everything is sent on it. */
    public void closeClients() {
        connections().forEach(connection -> connection.writer().close());
    }

    /** Closes each connection now. */
    public void abortClients() {
        connections().forEach(connection -> connection.writer().abort());
    }

    /** Waits until it is stopped and its last connection is over. */
    public LoopFuture<Void> waitClosed() {
        return Tasks.shield(over);
    }

    /** Waits for ever; when that is cancelled, stops, and waits for the connections. */
    @Async
    public Coroutine<Void> serveForever() {
        try {
            await(new LoopFuture<Void>(loop));
        } finally {
            stop();
            await(waitClosed());
        }
        return Coroutine.done();
    }

    /**
     * Stops, and waits until the connections are over; where {@code failure}, which is never swallowed, is not null, breaks
     * them off.
     */
    @Async
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        stop();
        if (failure != null) {
            abortClients();
        }
        await(waitClosed());
        return Coroutine.of(false);
    }

    @Override
    public String toString() {
        return "<Server " + address + (stopped ? " stopped" : "") + ">";
    }
}
