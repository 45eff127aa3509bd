package dev.backstitch.examples.crawler;

import java.time.Duration;

/**
 * How to crawl. Made by {@link #defaults()} and the {@code with} methods.
 *
 * @param scope which links to follow
 * @param maxPages how many URLs to ask for at most
 * @param maxDepth how many links away from a seed to go; 0 is the seeds alone
 * @param connections how many requests may be under way at once
 * @param perHost how many of them to one host
 * @param delay how long to wait between the starts of two requests to one host
 * @param timeout how long one request may take, with its body
 * @param retries how often to ask again after a failure that may pass
 * @param backoff the pause before the first retry; doubles with each
 * @param maxTime how long the whole crawl may take
 * @param maxBody how many bytes of one body are read
 * @param robots whether to obey robots.txt
 * @param userAgent how to introduce oneself; its first word is what robots.txt is searched for
 */
public record CrawlOptions(
        Scope scope,
        int maxPages,
        int maxDepth,
        int connections,
        int perHost,
        Duration delay,
        Duration timeout,
        int retries,
        Duration backoff,
        Duration maxTime,
        int maxBody,
        boolean robots,
        String userAgent) {

    /** Which links to follow. */
    public enum Scope {
        /** Those in the seed's directory and below. */
        DIRECTORY,
        /** Those to the seed's host. */
        HOST,
        /** All. */
        WEB
    }

    /** For a stranger's site: 500 pages of one host, two at a time, five requests a second. */
    public static CrawlOptions defaults() {
        return new CrawlOptions(Scope.HOST, 500, 20, 16, 2, Duration.ofMillis(200), Duration.ofSeconds(20), 2,
                Duration.ofMillis(500), Duration.ofDays(365), 8 << 20, true, "backstitch-crawler");
    }

    /** The pause before retry number {@code retry}, the first being 1: never more than half a minute. */
    Duration backoff(int retry) {
        Duration pause = backoff.multipliedBy(1L << Math.min(retry - 1, 20));
        return capped(pause);
    }

    /** {@code pause}, or half a minute if that is less: no server can park a crawl for an hour. */
    static Duration capped(Duration pause) {
        Duration most = Duration.ofSeconds(30);
        return pause.compareTo(most) > 0 ? most : pause;
    }

    public CrawlOptions withScope(Scope scope) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withLimits(int maxPages, int maxDepth) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withPoliteness(int connections, int perHost, Duration delay) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withPatience(Duration timeout, int retries, Duration backoff) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withMaxTime(Duration maxTime) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withMaxBody(int maxBody) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }

    public CrawlOptions withRobots(boolean robots) {
        return new CrawlOptions(scope, maxPages, maxDepth, connections, perHost, delay, timeout, retries, backoff,
                maxTime, maxBody, robots, userAgent);
    }
}
