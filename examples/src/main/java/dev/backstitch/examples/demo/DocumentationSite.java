package dev.backstitch.examples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on the loopback interface: a documentation tree under {@code /apidocs/}, and a front page that also links to
 * a few deliberate faults, so that a crawl shows what failures look like.
 */
final class DocumentationSite implements AutoCloseable {
    private static final String FRONT_PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Backstitch demo site</title></head><body>
            <h1>Backstitch demo site</h1>
            <p><a href="apidocs/index.html">The documentation</a> of this project.</p>
            <p>Deliberate faults, to show how the crawler takes them:</p>
            <ul>
            <li><a href="faults/busy">a page that answers 503 twice before it comes</a></li>
            <li><a href="faults/missing">a page that is not there</a></li>
            <li><a href="faults/silent">a page that never answers</a></li>
            <li><a href="faults/circle">a redirect to itself</a></li>
            <li><a href="faults/disallowed">a page that robots.txt keeps to itself</a></li>
            </ul></body></html>
            """;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml",
            "png", "image/png", "zip", "application/zip");

    private final Path tree;
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicInteger busy = new AtomicInteger(2);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Serves {@code tree} at a free port, until closed. */
    DocumentationSite(Path tree) throws IOException {
        this.tree = tree.toAbsolutePath().normalize();
        // The server sends head and body apart; without this, each answer on a kept connection waits 40 ms for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "documentation-site");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::front);
        server.createContext("/robots.txt", x -> send(x, 200, "text/plain", "User-agent: *\nDisallow: /faults/disallowed\n"));
        server.createContext("/apidocs/", this::file);
        server.createContext("/faults/busy", this::busy);
        server.createContext("/faults/silent", this::silent);
        server.createContext("/faults/circle", this::circle);
        server.start();
    }

    /** The front page. */
    URI url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    private void front(HttpExchange x) throws IOException {
        if (x.getRequestURI().getPath().equals("/")) {
            send(x, 200, TYPES.get("html"), FRONT_PAGE);
        } else {
            send(x, 404, "text/plain", "no such page");
        }
    }

    private void file(HttpExchange x) throws IOException {
        Path file = tree.resolve(x.getRequestURI().getPath().substring("/apidocs/".length())).normalize();
        if (Files.isDirectory(file)) {
            file = file.resolve("index.html");
        }
        if (!file.startsWith(tree) || !Files.isRegularFile(file)) {
            send(x, 404, "text/plain", "no such page");
            return;
        }
        String name = file.getFileName().toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        send(x, 200, type, Files.readAllBytes(file));
    }

    private void busy(HttpExchange x) throws IOException {
        if (busy.getAndDecrement() > 0) {
            send(x, 503, "text/plain", "come again");
        } else {
            send(x, 200, TYPES.get("html"), "<title>Busy</title><p>At last.</p>");
        }
    }

    private void silent(HttpExchange x) throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            x.close();
        }
    }

    private void circle(HttpExchange x) throws IOException {
        x.getResponseHeaders().set("Location", "/faults/circle");
        send(x, 302, "text/plain", "");
    }

    private static void send(HttpExchange x, int status, String type, String body) throws IOException {
        send(x, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange x, int status, String type, byte[] body) throws IOException {
        try (x) {
            x.getResponseHeaders().set("Content-Type", type);
            x.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            x.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
