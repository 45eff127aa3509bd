package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.waitFor;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.TimeoutError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Single requests over {@link HttpClient}. */
final class HttpFetcher implements AutoCloseable {
    private final CrawlOptions options;
    private final ExecutorService threads;
    private final HttpClient client;

    HttpFetcher(CrawlOptions options) {
        this.options = options;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "crawler-http");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(options.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    CrawlOptions options() {
        return options;
    }

    /**
     * One request and its answer, with the body.
     *
     * @throws HttpStatusException if the answer is 4xx or 5xx
     * @throws HttpTimeoutException if it takes too long
     * @throws IOException if there is no answer
     */
    @Async
    Coroutine<Response> get(URI url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("User-Agent", options.userAgent())
                .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<LimitedBody.Content> answer;
        try {
            // The request's own timeout ends with the headers; this one holds for the body as well.
            answer = await(waitFor(client.sendAsync(request, this::body), options.timeout()));
        } catch (TimeoutError late) {
            throw new HttpTimeoutException("no answer within " + seconds(options.timeout()));
        }
        if (answer.statusCode() >= 400) {
            throw new HttpStatusException(answer.statusCode(), retryAfter(answer.headers()));
        }
        LimitedBody.Content content = answer.body();
        return Coroutine.of(new Response(answer.statusCode(), answer.headers(), content.body(), content.bytes(),
                content.truncated(), options.maxBody()));
    }

    private LimitedBody body(HttpResponse.ResponseInfo info) {
        String type = info.headers().firstValue("Content-Type").orElse("");
        boolean keep = info.statusCode() < 300 && (Document.isHtml(type) || type.startsWith("text/plain"));
        return new LimitedBody(options.maxBody(), keep);
    }

    /** The header in its form of seconds; null for the rare form of a date, and when there is none. */
    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
