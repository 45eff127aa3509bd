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
import java.util.HashMap;

/**
 * A polite crawler of web sites.
 *
 * <p>Not thread-safe: an event loop's thread runs it, one crawl after the other.
 */
public final class Crawler implements AutoCloseable {
    private final CrawlOptions options;
    private final HttpFetcher http;
    private Frontier frontier;

    public Crawler(CrawlOptions options) {
        this.options = options;
        this.http = new HttpFetcher(options);
    }

    /**
     * The pages at {@code seeds} and those they lead to, as they arrive; failures are pages too. New requests start only
     * while someone pulls. Closing the generator cancels what is under way.
     */
    @Async
    @Generator
    public AsyncGen<Page> crawl(Collection<URI> seeds) {
        frontier = new Frontier(options, http, seeds);
        var underWay = new HashMap<Task<Page>, Link>();
        var finished = new Inbox<Task<Page>>();
        try {
            while (true) {
                for (Link link = frontier.next(); link != null; link = frontier.next()) {
                    Task<Page> visit = spawn(new Visit(link, frontier.host(link), http).run());
                    underWay.put(visit, link);
                    visit.whenDone(() -> finished.put(visit));
                }
                if (!frontier.isActive()) {
                    return AsyncGen.end();
                }
                Task<Page> visit = await(finished.take());
                Page page = await(visit);
                frontier.finished(underWay.remove(visit), page);
                Gen.yield(page);
            }
        } finally {
            underWay.keySet().forEach(Task::cancel);
        }
    }

    /** How many links of the latest crawl are not visited yet, or never will be because of the limit of pages. */
    public int waiting() {
        return frontier == null ? 0 : frontier.waiting();
    }

    /** Ends the worker threads. */
    @Override
    public void close() {
        http.close();
    }
}
