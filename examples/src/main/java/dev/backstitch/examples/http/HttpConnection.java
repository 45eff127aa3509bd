package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** One client's connection: one request after the other. Belongs to Netty's loop, like everything else here. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final HttpServer server;
    private ChannelHandlerContext context;
    /** What answers the present request; null between two. */
    private Task<Void> answering;
    /** What waits until the client has taken something; null when nothing does. */
    private LoopFuture<Void> writable;
    /** Requests that came while another one was being answered. */
    private final Deque<Request> waiting = new ArrayDeque<>();
    /** Whether the present response is the last on this connection. */
    private boolean last;

    HttpConnection(HttpServer server) {
        this.server = server;
    }

    // ---------------------------------------------------------------- what Netty calls

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        server.connections().add(this);
        ctx.read(); // requests are read one by one: autoRead is off
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.connections().remove(this);
        if (answering != null) {
            answering.cancel("the client is gone");
        }
        wakeWriter();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        wakeWriter();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the connection is broken; what answers is told by channelInactive
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest asked) {
        var target = new QueryStringDecoder(asked.uri());
        var request = new Request(asked.method().name(), target.path(), target.parameters(), Map.of(),
                ByteBufUtil.getBytes(asked.content()));
        waiting.add(request);
        answerNext();
    }

    private void answerNext() {
        while (answering == null && !waiting.isEmpty() && !last) {
            Task<Void> task = answer(waiting.remove());
            if (!task.isDone()) {
                answering = task;
                task.whenDone(this::answered);
            }
        }
        if (waiting.isEmpty()) {
            context.read(); // the next request, or the client's end
        }
    }

    private void answered() {
        answering = null;
        answerNext();
    }

    // ---------------------------------------------------------------- what answers

    /** Runs at once, here, up to where the handler first waits. */
    @Async
    private Task<Void> answer(Request request) {
        try {
            Answer answer = await(handled(request));
            if (answer.body() != null) {
                send(answer);
            } else {
                await(stream(answer));
            }
        } catch (ClosedChannelException gone) {
            // Nobody is there to be told.
        } catch (Exception e) { // too late for a status: the client sees that the end is missing
            server.report(request, e);
            context.close();
        }
        if (server.isStopping() && !last) {
            closeAfterAll();
        }
        return Task.done();
    }

    @Async
    private Coroutine<Answer> handled(Request request) {
        try {
            return Coroutine.of(await(server.handler().handle(request)));
        } catch (BadRequestException e) {
            return Coroutine.of(Answer.text(400, e.getMessage() + "\n"));
        } catch (CancelledError e) {
            throw e;
        } catch (Throwable e) {
            server.report(request, e);
            return Coroutine.of(Answer.text(500, "the server has failed\n"));
        }
    }

    private void send(Answer answer) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        headers(response, answer).set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        context.writeAndFlush(response, context.voidPromise());
    }

    private HttpHeaders headers(HttpResponse response, Answer answer) {
        HttpHeaders headers = response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        if (server.isStopping()) {
            last = true;
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return headers;
    }

    /** Pulls the next piece when the client has taken enough of the last ones. */
    @Async
    private Coroutine<Void> stream(Answer answer) throws ClosedChannelException {
        var response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        headers(response, answer).set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        context.writeAndFlush(response, context.voidPromise());
        try {
            for (byte[] piece : awaitEach(answer.pieces())) {
                if (piece.length > 0) {
                    context.writeAndFlush(
                            new DefaultHttpContent(Unpooled.wrappedBuffer(piece)), context.voidPromise());
                }
                while (!context.channel().isWritable() && context.channel().isActive()) {
                    writable = new LoopFuture<>(server.loop());
                    await(writable);
                }
                if (!context.channel().isActive()) {
                    throw new ClosedChannelException();
                }
            }
        } finally {
            await(answer.pieces().close()); // a loop that is left early does not close it
        }
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
        return Coroutine.done();
    }

    private void wakeWriter() {
        LoopFuture<Void> writer = writable;
        writable = null;
        if (writer != null && !writer.isDone()) {
            writer.complete(null);
        }
    }

    // ---------------------------------------------------------------- the end

    /** Closes the connection, now or after the present response. */
    void closeWhenIdle() {
        if (answering == null) {
            closeAfterAll();
        }
    }

    /** What answers the present request; null between two. */
    Task<Void> answering() {
        return answering;
    }

    /** Gives the present request up. */
    void cancel() {
        if (answering != null) {
            answering.cancel("the server stops");
        }
        closeAfterAll();
    }

    private void closeAfterAll() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
