package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The application: a board of messages, and what else shows the server at work. Used on the server's loop alone. */
final class Board {
    private static final int MOST_NUMBERS = 10_000_000;

    private final List<String> messages = new ArrayList<>();
    /** Completed, and replaced, with each message. */
    private LoopFuture<Void> news;
    private int readers;

    Router router() {
        return new Router()
                .on("GET", "/hello/{name}", this::hello)
                .on("GET", "/wait", this::pause)
                .on("GET", "/together", this::together)
                .on("GET", "/numbers", this::numbers)
                .on("POST", "/messages", this::post)
                .on("GET", "/messages", this::list)
                .on("GET", "/events", this::events);
    }

    private Coroutine<Answer> hello(Request request) {
        return Coroutine.of(Answer.text(200, "Hello, " + request.variable("name") + "!\n"));
    }

    /** Answers after a while, in which the thread does other things. */
    @Async
    private Coroutine<Answer> pause(Request request) {
        int millis = request.number("millis", 5, 60_000);
        await(sleep(Duration.ofMillis(millis)));
        return Coroutine.of(Answer.text(200, "waited " + millis + " ms\n"));
    }

    /** Asks three at the same time. */
    @Async
    private Coroutine<Answer> together(Request request) {
        int millis = request.number("millis", 2, 60_000);
        List<String> parts = await(gather(part("a", millis), part("b", millis), part("c", millis)));
        return Coroutine.of(Answer.text(200, String.join(" ", parts) + "\n"));
    }

    @Async
    private static Coroutine<String> part(String name, int millis) {
        await(sleep(Duration.ofMillis(millis)));
        return Coroutine.of(name);
    }

    /** As many lines as are wanted, made as the client takes them. */
    private Coroutine<Answer> numbers(Request request) {
        return Coroutine.of(Answer.stream(lines(request.number("to", 100, MOST_NUMBERS))));
    }

    @Async
    @Generator
    private static AsyncGen<String> lines(int to) {
        var piece = new StringBuilder();
        for (int i = 1; i <= to; i++) {
            piece.append(i).append('\n');
            if (piece.length() > 1000 || i == to) {
                Gen.yield(piece.toString());
                piece.setLength(0);
            }
        }
        return AsyncGen.end();
    }

    private Coroutine<Answer> post(Request request) {
        if (request.body().length == 0) {
            throw new BadRequestException("a message is a text");
        }
        messages.add(request.text());
        if (news != null) {
            news.complete(null);
            news = null;
        }
        return Coroutine.of(Answer.text(201, messages.size() + "\n"));
    }

    private Coroutine<Answer> list(Request request) {
        return Coroutine.of(Answer.text(200, String.join("\n", messages) + "\n"));
    }

    /** Every message, also those to come, as server-sent events. */
    private Coroutine<Answer> events(Request request) {
        return Coroutine.of(Answer.events(allMessages()));
    }

    @Async
    @Generator
    private AsyncGen<String> allMessages() {
        readers++;
        try {
            for (int i = 0; ; ) {
                while (i < messages.size()) {
                    Gen.yield(messages.get(i++));
                }
                if (news == null) {
                    news = new LoopFuture<>(EventLoop.current());
                }
                await(dev.backstitch.loop.Tasks.shield(news)); // one reader's end is not the others'
            }
        } finally {
            readers--;
        }
    }

    /** How many clients are reading events. */
    int readers() {
        return readers;
    }
}
