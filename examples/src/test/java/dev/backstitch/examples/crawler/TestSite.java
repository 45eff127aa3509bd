package dev.backstitch.examples.crawler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site on the loopback interface whose pages, and faults, a test puts up. Everything else is a 404. */
final class TestSite implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);

    TestSite() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange x) throws IOException {
        String target = x.getRequestURI().toString();
        requests.add(target);
        HttpHandler handler = handlers.get(target);
        try (x) {
            if (handler == null) {
                answer(x, 404, "text/plain", "nothing here".getBytes(StandardCharsets.UTF_8));
            } else {
                handler.handle(x);
            }
        }
    }

    static void answer(HttpExchange x, int status, String type, byte[] body) throws IOException {
        if (type != null) {
            x.getResponseHeaders().set("Content-Type", type);
        }
        x.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        x.getResponseBody().write(body);
    }

    // ---------------------------------------------------------------- what to put up; all return this site

    TestSite on(String target, HttpHandler handler) {
        handlers.put(target, handler);
        return this;
    }

    TestSite body(String target, String contentType, byte[] body) {
        return on(target, x -> answer(x, 200, contentType, body));
    }

    TestSite html(String target, String html) {
        return body(target, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** A page with links. */
    TestSite page(String target, String... links) {
        StringBuilder html = new StringBuilder("<title>" + target + "</title>");
        for (String link : links) {
            html.append("<a href=\"").append(link).append("\">link</a>\n");
        }
        return html(target, html.toString());
    }

    TestSite status(String target, int status) {
        return on(target, x -> answer(x, status, "text/plain", new byte[0]));
    }

    TestSite redirect(String target, String location) {
        return on(target, x -> {
            x.getResponseHeaders().set("Location", location);
            answer(x, 302, null, new byte[0]);
        });
    }

    /** Answers {@code status} so many times, then is a page. */
    TestSite flaky(String target, int times, int status) {
        var left = new AtomicInteger(times);
        return on(target, x -> {
            if (left.getAndDecrement() > 0) {
                answer(x, status, "text/plain", new byte[0]);
            } else {
                answer(x, 200, "text/html", "<title>at last</title>".getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** Says nothing until this site is closed. */
    TestSite silent(String target) {
        return on(target, x -> awaitClose());
    }

    /** Sends the head and the beginning of a page, and then nothing until this site is closed. */
    TestSite stalling(String target) {
        return on(target, x -> {
            x.getResponseHeaders().set("Content-Type", "text/html");
            x.sendResponseHeaders(200, 1000);
            x.getResponseBody().write("<title>begun".getBytes(StandardCharsets.UTF_8));
            x.getResponseBody().flush();
            awaitClose();
        });
    }

    void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---------------------------------------------------------------- what happened

    URI url(String target) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
    }

    /** The targets asked for, in order, without robots.txt. */
    List<String> requests() {
        synchronized (requests) {
            return requests.stream().filter(r -> !r.equals("/robots.txt")).toList();
        }
    }

    long requests(String target) {
        synchronized (requests) {
            return requests.stream().filter(target::equals).count();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
