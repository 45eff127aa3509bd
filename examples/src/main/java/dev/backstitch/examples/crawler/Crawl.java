package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.examples.crawler.Ending.Reason;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueEmpty;
import dev.backstitch.sync.QueueShutDown;
import dev.backstitch.sync.Semaphore;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One crawl: visits are tasks of a scope with a deadline, each of which, when it is done, begins those that its page makes
 * possible; a queue takes their pages to whoever reads. Belongs to one event loop.
 */
final class Crawl {
    private final CrawlOptions options;
    private final HttpFetcher http;
    private final Frontier frontier;
    private final Queue<Page> pages = new Queue<>();
    /** What visits need to begin, and what reading a page gives back: new ones wait while nobody reads. */
    private final Semaphore room;
    private boolean over;

    Crawl(CrawlOptions options, HttpFetcher http, Collection<URI> seeds) {
        this.options = options;
        this.http = http;
        this.frontier = new Frontier(options, http, seeds);
        this.room = new Semaphore(options.connections());
    }

    /** Visits all there is, to the end or the deadline. Cancelled, it gives up what is under way. */
    @Async
    Coroutine<Void> run() {
        try {
            await(CancelScope.run(() -> CancelScope.moveOnAfter(options.maxTime()), this::visits));
            over = true;
        } finally {
            pages.shutdown();
        }
        return Coroutine.done();
    }

    private Coroutine<Void> visits(CancelScope scope) {
        begin(scope);
        return Coroutine.done();
    }

    private void begin(CancelScope scope) {
        for (Link link = frontier.next(); link != null; link = frontier.next()) {
            scope.spawn(visit(scope, link));
        }
    }

    @Async
    private Coroutine<Void> visit(CancelScope scope, Link link) {
        await(room.acquire());
        Page page = await(new Visit(link, frontier.host(link), http).run());
        pages.putNow(page);
        frontier.finished(link, page);
        begin(scope);
        return Coroutine.done();
    }

    /** The next page, as they arrive; null when there will be no more. */
    @Async
    Coroutine<Page> next() {
        try {
            Page page = await(pages.get());
            room.release();
            return Coroutine.of(page);
        } catch (QueueShutDown end) {
            return Coroutine.of(null);
        }
    }

    /** The pages that have come and that nobody has read. */
    List<Page> unread() {
        List<Page> unread = new ArrayList<>();
        try {
            while (true) {
                unread.add(pages.getNow());
            }
        } catch (QueueEmpty | QueueShutDown end) {
            return unread;
        }
    }

    /** How it stands, or has ended. */
    Ending ending() {
        int givenUp = frontier.active();
        Reason reason = !over ? Reason.INTERRUPTED : givenUp > 0 ? Reason.TIME : Reason.DONE;
        return new Ending(reason, givenUp, frontier.waiting());
    }
}
