package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.spawn;

import dev.backstitch.AsyncGen;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.Task;
import java.net.URI;
import java.util.Collection;

/**
 * A polite crawler of web sites.
 *
 * <p>Not thread-safe: an event loop's thread runs it, one crawl after the other.
 */
public final class Crawler implements AutoCloseable {
    private final CrawlOptions options;
    private final HttpFetcher http;
    private Crawl latest;

    public Crawler(CrawlOptions options) {
        this.options = options;
        this.http = new HttpFetcher(options);
    }

    /**
     * The pages at {@code seeds} and those they lead to, as they arrive; failures are pages too. New visits start only
     * while someone pulls. Closing the generator cancels what is under way.
     */
    @Async
    @Generator
    public AsyncGen<Page> crawl(Collection<URI> seeds) {
        Crawl crawl = begin(seeds);
        Task<Void> running = spawn(crawl.run());
        try {
            for (Page page = await(crawl.next()); page != null; page = await(crawl.next())) {
                Gen.yield(page);
            }
            await(running);
        } finally {
            running.cancel();
        }
        return AsyncGen.end();
    }

    /** A crawl to be run: what {@link #crawl} runs. */
    Crawl begin(Collection<URI> seeds) {
        latest = new Crawl(options, http, seeds);
        return latest;
    }

    /** How many links of the latest crawl are not visited yet, or never will be because of the limit of pages. */
    public int waiting() {
        return latest == null ? 0 : latest.ending().waiting();
    }

    /** Ends the worker threads. */
    @Override
    public void close() {
        http.close();
    }
}
