package dev.backstitch.examples.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What {@link LoadTest} compares with: {@link Board}'s handlers as blocking code on a virtual thread for each request, behind
 * the same codec on one thread of Netty.
 */
final class VirtualThreadServer implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService threads;
    private final Channel listening;

    /** @throws ReflectiveOperationException if this JVM has no virtual threads */
    VirtualThreadServer() throws ReflectiveOperationException {
        threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(
                                new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Connection());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            var target = new QueryStringDecoder(request.uri());
            threads.execute(() -> answer(ctx, target));
        }

        private void answer(ChannelHandlerContext ctx, QueryStringDecoder target) {
            try {
                switch (target.path()) {
                    case "/hello/you" -> send(ctx, "Hello, you!\n");
                    case "/wait" -> send(ctx, pause(millis(target)));
                    case "/together" -> send(ctx, together(millis(target)));
                    case "/numbers" -> numbers(ctx, Integer.parseInt(target.parameters().get("to").get(0)));
                    default -> ctx.close();
                }
            } catch (Exception e) {
                ctx.close();
            }
        }
    }

    private static int millis(QueryStringDecoder target) {
        return Integer.parseInt(target.parameters().get("millis").get(0));
    }

    private static void send(ChannelHandlerContext ctx, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        ctx.writeAndFlush(response, ctx.voidPromise());
    }

    private static String pause(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return "waited " + millis + " ms\n";
    }

    private String together(int millis) throws Exception {
        List<Future<String>> parts = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            parts.add(threads.submit(() -> {
                Thread.sleep(millis);
                return name;
            }));
        }
        var all = new StringBuilder();
        for (Future<String> part : parts) {
            all.append(part.get()).append(' ');
        }
        return all.append('\n').toString();
    }

    private static void numbers(ChannelHandlerContext ctx, int to) throws InterruptedException {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        ctx.writeAndFlush(response, ctx.voidPromise());
        var piece = new StringBuilder();
        for (int i = 1; i <= to; i++) {
            piece.append(i).append('\n');
            if (piece.length() > 1000 || i == to) {
                byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
                piece.setLength(0);
                var written = ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
                if (!ctx.channel().isWritable()) {
                    written.sync(); // the back-pressure of blocking code
                }
            }
        }
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, ctx.voidPromise());
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        threads.shutdown();
        group.shutdownGracefully();
    }
}
