package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.sync.Semaphore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A server that is crawled: its links that wait, and what it may be asked for, how often. */
final class Host {
    private static final SimpleRobotRulesParser ROBOTS = new SimpleRobotRulesParser();

    private final String origin;
    private final HttpFetcher http;
    private final Queue<Link> waiting = new ArrayDeque<>();
    private final Pace pace;
    /** Who has one may have a request under way to this host; and to any. */
    private final Semaphore own;
    private final Semaphore all;
    private int active;
    private CompletableFuture<BaseRobotRules> rules;

    /** @param all what every request of the crawl needs, to whatever host */
    Host(String origin, HttpFetcher http, Semaphore all) {
        this.origin = origin;
        this.http = http;
        this.pace = new Pace(http.options().delay());
        this.own = new Semaphore(http.options().perHost());
        this.all = all;
    }

    // ---------------------------------------------------------------- its links

    void add(Link link) {
        waiting.add(link);
    }

    int waiting() {
        return waiting.size();
    }

    /** Whether a visit may begin now. */
    boolean isReady() {
        return !waiting.isEmpty() && active < http.options().perHost();
    }

    /** The next link to visit; {@link #finished} must follow. */
    Link begin() {
        active++;
        return waiting.remove();
    }

    void finished() {
        active--;
    }

    // ---------------------------------------------------------------- its rules

    /** Asks for {@code url} when it may: not too many at once, nor too soon after the last. */
    @Async
    Coroutine<Response> get(URI url) throws IOException {
        await(own.acquire());
        try {
            Duration wait = pace.reserve(System.nanoTime());
            if (!wait.isZero()) {
                await(sleep(wait));
            }
            await(all.acquire());
            try {
                return Coroutine.of(await(http.get(url)));
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }

    /** The host's robots.txt. Asked for once, when the first visit needs it; the others wait for the same answer. */
    CompletableFuture<BaseRobotRules> rules() throws IOException {
        if (rules == null) {
            rules = load();
        }
        return rules;
    }

    @Async
    private CompletableFuture<BaseRobotRules> load() throws IOException {
        BaseRobotRules found;
        if (http.options().robots()) {
            found = await(fetchRules());
        } else {
            found = new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
        }
        if (found.getCrawlDelay() != BaseRobotRules.UNSET_CRAWL_DELAY) {
            pace.slowDown(CrawlOptions.capped(Duration.ofMillis(found.getCrawlDelay())));
        }
        return CompletableFuture.completedFuture(found);
    }

    @Async
    private Coroutine<BaseRobotRules> fetchRules() throws IOException {
        URI url = URI.create(origin + "/robots.txt");
        String robot = http.options().userAgent().split("[/ ]", 2)[0].toLowerCase(Locale.ROOT);
        // As RFC 9309 has it: five redirects at most; no file means no rules; a server in trouble is left alone.
        for (int hop = 0; url != null && hop <= 5; hop++) {
            try {
                Response answer = await(new Download(url, this, http).run());
                if (!answer.isRedirect()) {
                    return Coroutine.of(
                            ROBOTS.parseContent(url.toString(), answer.body(), answer.contentType(), List.of(robot)));
                }
                url = Urls.resolve(url, answer.headers().firstValue("Location").orElseThrow());
            } catch (HttpStatusException e) {
                return Coroutine.of(ROBOTS.failedFetch(e.status()));
            }
        }
        return Coroutine.of(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
    }
}
