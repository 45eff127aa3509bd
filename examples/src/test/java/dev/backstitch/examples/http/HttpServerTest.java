package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    private void start(Handler handler) {
        server = new HttpServer(0, handler, (request, failure) -> failures.add(failure));
    }

    @AfterEach
    void stop() {
        if (!server.loop().isClosed()) {
            server.stop(Duration.ZERO).join();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(to(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(to(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    // ---------------------------------------------------------------- routes

    @Test
    void should_answer_when_a_route_fits() throws Exception {
        start(new Board().router());
        assertEquals("Hello, J\u00fcrgen K!\n", get("/hello/J%C3%BCrgen%20K").body());
        assertEquals("waited 1 ms\n", get("/wait?millis=1").body());
        assertEquals("a b c\n", get("/together?millis=1").body());
        assertEquals("text/plain; charset=utf-8", get("/hello/x").headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void should_say_what_is_wrong_when_a_request_is() throws Exception {
        start(new Board().router());
        assertEquals(404, get("/nowhere").statusCode());
        assertEquals(405, post("/hello/x", "").statusCode());
        HttpResponse<String> bad = get("/wait?millis=soon");
        assertEquals(400, bad.statusCode());
        assertEquals("millis must be a number from 0 to 60000\n", bad.body());
        assertEquals(400, post("/messages", "").statusCode());
        assertEquals(List.of(), failures);
    }

    @Async
    private static Coroutine<Answer> failing(Request request) throws IOException {
        await(sleep(Duration.ZERO));
        throw new IOException("no");
    }

    @Test
    void should_answer_with_500_and_report_when_a_handler_fails() throws Exception {
        start(HttpServerTest::failing);
        assertEquals(500, get("/").statusCode());
        assertEquals("failing", failures.get(0).getStackTrace()[0].getMethodName());
    }

    @Test
    void should_serve_all_on_one_thread_when_many_ask_at_once() throws Exception {
        start(new Board().router());
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 300)
                .mapToObj(i -> client.sendAsync(
                        to(i % 2 == 0 ? "/hello/" + i : "/wait?millis=5").build(), BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < asked.size(); i++) {
            assertEquals(i % 2 == 0 ? "Hello, " + i + "!\n" : "waited 5 ms\n", asked.get(i).get().body());
        }
    }

    @Test
    void should_answer_in_order_when_requests_are_pipelined() throws Exception {
        start(new Board().router());
        try (var socket = new Socket("127.0.0.1", server.port())) {
            String requests = "GET /wait?millis=20 HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /hello/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            List<String> bodies = all.lines().filter(line -> line.matches("(waited|Hello).*")).toList();
            assertEquals(List.of("waited 20 ms", "Hello, a!", "Hello, b!"), bodies);
        }
    }

    // ---------------------------------------------------------------- streaming

    @Test
    void should_send_all_when_the_answer_is_a_generator() throws Exception {
        start(new Board().router());
        String expected = IntStream.rangeClosed(1, 300_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertEquals(expected, get("/numbers?to=300000").body());
    }

    /** Counts how far it has come, and says when it is closed. */
    @Async
    @Generator
    private static AsyncGen<String> endless(AtomicInteger made, CountDownLatch closed) {
        String piece = "x".repeat(10_000);
        try {
            while (true) {
                made.incrementAndGet();
                Gen.yield(piece);
                await(sleep(Duration.ZERO));
            }
        } finally {
            closed.countDown();
        }
    }

    @Test
    void should_wait_for_the_client_when_it_is_slow_and_close_the_generator_when_it_is_gone() throws Exception {
        var made = new AtomicInteger();
        var closed = new CountDownLatch(1);
        start(request -> request.path().equals("/endless")
                ? Coroutine.of(Answer.stream(endless(made, closed)))
                : Coroutine.of(Answer.text(200, "here\n")));
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            InputStream in = socket.getInputStream();
            in.read();
            int before;
            do { // until it makes no more, because nobody takes any
                before = made.get();
                for (int i = 0; i < 20; i++) {
                    get("/");
                }
            } while (made.get() > before);
            assertTrue(before < 10_000, "made " + before + " pieces, which nobody takes");
            in.readNBytes(before * 10_000);
            while (made.get() == before) {
                get("/"); // it goes on
            }
        }
        closed.await();
        assertEquals(List.of(), failures);
    }

    @Async
    @Generator
    private static AsyncGen<String> breaking() throws IOException {
        Gen.yield("first\n");
        await(sleep(Duration.ZERO));
        throw new IOException("no more");
    }

    @Test
    void should_break_the_answer_off_and_report_when_the_generator_fails() throws Exception {
        start(request -> Coroutine.of(Answer.stream(breaking())));
        assertThrows(IOException.class, () -> get("/"));
        while (failures.isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals("no more", failures.get(0).getMessage());
    }

    // ---------------------------------------------------------------- server-sent events

    private BufferedReader events() throws Exception {
        HttpResponse<InputStream> answer = client.send(to("/events").build(), BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String event(BufferedReader events) throws IOException {
        var event = new StringBuilder();
        for (String line = events.readLine(); !line.isEmpty(); line = events.readLine()) {
            event.append(line).append('|');
        }
        return event.toString();
    }

    @Test
    void should_tell_every_reader_when_a_message_comes() throws Exception {
        var board = new Board();
        start(board.router());
        post("/messages", "old");
        BufferedReader one = events();
        BufferedReader two = events();
        assertEquals("data: old|", event(one));
        assertEquals("data: old|", event(two));
        assertEquals("2\n", post("/messages", "two\nlines").body());
        assertEquals("data: two|data: lines|", event(one));
        one.close();
        assertEquals("3\n", post("/messages", "last").body());
        assertEquals("data: two|data: lines|", event(two));
        assertEquals("data: last|", event(two));
        while (readers(board) != 1) {
            get("/hello/x"); // until the server has seen that the first one is gone
        }
        two.close();
        assertEquals("old\ntwo\nlines\nlast\n", get("/messages").body());
    }

    private int readers(Board board) throws Exception {
        return server.loop().submit(Coroutine.of(0)).thenApply(nothing -> board.readers()).get();
    }

    // ---------------------------------------------------------------- stopping

    @Async
    private static Coroutine<Answer> gated(CountDownLatch begun, CompletableFuture<String> gate) {
        begun.countDown();
        return Coroutine.of(Answer.text(200, await(gate)));
    }

    @Test
    void should_answer_what_is_under_way_when_it_stops() throws Exception {
        var begun = new CountDownLatch(1);
        var gate = new CompletableFuture<String>();
        start(request -> gated(begun, gate));
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(to("/").build(), BodyHandlers.ofString());
        begun.await();
        CompletableFuture<Integer> stopped = server.stop(Duration.ofMinutes(1));
        while (connects()) {
            Thread.onSpinWait();
        }
        assertFalse(stopped.isDone());
        gate.complete("at last");
        HttpResponse<String> answer = asked.get();
        assertEquals("at last", answer.body());
        assertEquals(0, stopped.get());
    }

    private boolean connects() {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Async
    private static Coroutine<Answer> stubborn(CountDownLatch begun, List<String> events) {
        begun.countDown();
        try {
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError e) {
            events.add("cleaned up");
            throw e;
        }
        return Coroutine.of(Answer.text(200, ""));
    }

    @Test
    void should_cancel_what_takes_too_long_when_it_stops() throws Exception {
        var begun = new CountDownLatch(1);
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        start(request -> stubborn(begun, events));
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(to("/").build(), BodyHandlers.ofString());
        begun.await();
        assertEquals(1, server.stop(Duration.ofMillis(1)).get());
        assertEquals(List.of("cleaned up"), events);
        assertThrows(Exception.class, asked::get);
    }
}
