package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.callback;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.waitFor;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TimeoutError;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A server whose handlers are coroutines on Netty's thread. */
final class HttpServer {
    private static final int LARGEST_REQUEST = 1 << 20;

    private final Handler handler;
    private final BiConsumer<Request, Throwable> reporter;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop;
    private final Channel listening;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private boolean stopping;

    /**
     * Listens on the loopback interface; the constructor returns when it does.
     *
     * @param port 0 for any that is free
     * @param reporter is told of handlers that have failed
     */
    HttpServer(int port, Handler handler, BiConsumer<Request, Throwable> reporter) {
        this.handler = handler;
        this.reporter = reporter;
        io.netty.channel.EventLoop thread = group.next();
        this.loop = new EventLoop(Scheduler.of(thread, thread::inEventLoop));
        this.listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(
                                new HttpServerCodec(), new HttpServerKeepAliveHandler(),
                                new HttpObjectAggregator(LARGEST_REQUEST), new HttpConnection(HttpServer.this));
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    EventLoop loop() {
        return loop;
    }

    Handler handler() {
        return handler;
    }

    Set<HttpConnection> connections() {
        return connections;
    }

    boolean isStopping() {
        return stopping;
    }

    void report(Request request, Throwable failure) {
        reporter.accept(request, failure);
    }

    /**
     * Takes no more connections, lets the requests under way be answered for at most {@code patience}, cancels what is left
     * then, and ends the loop. From any thread.
     *
     * @return how many requests had to be cancelled
     */
    CompletableFuture<Integer> stop(Duration patience) {
        return loop.submit(stopping(patience))
                .thenCompose(cancelled -> loop.shutdown().thenApply(nothing -> cancelled))
                .whenComplete((cancelled, failure) -> group.shutdownGracefully());
    }

    @Async
    private Coroutine<Integer> stopping(Duration patience) {
        stopping = true;
        await(callback(cb -> listening.close().addListener(closed -> cb.done(null, closed.cause()))));
        List<Task<Void>> answering = new ArrayList<>();
        for (HttpConnection connection : List.copyOf(connections)) {
            connection.closeWhenIdle();
            if (connection.answering() != null) {
                answering.add(connection.answering());
            }
        }
        int cancelled = 0;
        try {
            await(waitFor(gatherSettled(answering), patience));
        } catch (TimeoutError late) {
            for (Task<Void> task : answering) {
                cancelled += task.isCancelled() ? 1 : 0;
            }
        }
        for (HttpConnection connection : List.copyOf(connections)) {
            connection.cancel();
        }
        return Coroutine.of(cancelled);
    }
}
