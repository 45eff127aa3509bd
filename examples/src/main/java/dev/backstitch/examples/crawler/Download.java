package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The download of one URL: asks again, after a pause that doubles, when a failure may pass. */
final class Download {
    private final URI url;
    private final Host host;
    private final HttpFetcher http;
    private int attempts;

    Download(URI url, Host host, HttpFetcher http) {
        this.url = url;
        this.host = host;
        this.http = http;
    }

    /** How often the server has been asked so far. */
    int attempts() {
        return attempts;
    }

    /**
     * The server's answer, a page or a redirect.
     *
     * @throws HttpStatusException if it is an error
     * @throws IOException if there is none
     */
    @Async
    Coroutine<Response> run() throws IOException {
        while (true) {
            attempts++;
            Duration pause;
            try {
                return Coroutine.of(await(host.get(url)));
            } catch (HttpStatusException e) {
                if (!e.isTemporary() || attempts > http.options().retries()) {
                    throw e;
                }
                pause = e.retryAfter() != null ? CrawlOptions.capped(e.retryAfter()) : http.options().backoff(attempts);
            } catch (IOException e) {
                if (attempts > http.options().retries()) {
                    throw e;
                }
                pause = http.options().backoff(attempts);
            }
            await(sleep(pause));
        }
    }
}
