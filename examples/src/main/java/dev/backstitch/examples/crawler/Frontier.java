package dev.backstitch.examples.crawler;

import dev.backstitch.sync.Semaphore;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** The links still to visit: each URL once, within the limits, hosts in turn. */
final class Frontier {
    private final CrawlOptions options;
    private final HttpFetcher http;
    private final Set<URI> seen = new HashSet<>();
    private final Set<String> scope = new HashSet<>();
    private final Map<String, Host> hosts = new HashMap<>();
    /** The hosts of which a visit may begin, each once. */
    private final Queue<Host> ready = new ArrayDeque<>();

    /** What every request needs, those for robots.txt too. */
    private final Semaphore requests;

    private int begun;
    private int active;

    Frontier(CrawlOptions options, HttpFetcher http, Collection<URI> seeds) {
        this.options = options;
        this.http = http;
        this.requests = new Semaphore(options.connections());
        for (URI seed : seeds) {
            scope.add(area(seed));
            add(Link.seed(seed));
        }
    }

    /** The next link to visit, after which {@link #finished} must be called; null while none may begin. */
    Link next() {
        if (begun == options.maxPages() || active == options.connections() || ready.isEmpty()) {
            return null;
        }
        Host host = ready.remove();
        Link link = host.begin();
        begun++;
        active++;
        if (host.isReady()) {
            ready.add(host);
        }
        return link;
    }

    /** How many visits are under way. */
    int active() {
        return active;
    }

    /** How many links wait. */
    int waiting() {
        return hosts.values().stream().mapToInt(Host::waiting).sum();
    }

    Host host(Link link) {
        return hosts.get(Urls.origin(link.url()));
    }

    /** The visit of {@code link} has given {@code page}: takes in where that leads. */
    void finished(Link link, Page page) {
        active--;
        Host host = host(link);
        boolean wasReady = host.isReady();
        host.finished();
        if (host.isReady() && !wasReady) {
            ready.add(host);
        }
        if (page.redirect() != null) {
            if (link.depth() == 0) {
                // A seed that moved, to www. or to https, is still what was asked for.
                scope.add(area(page.redirect()));
            }
            add(link.redirectedTo(page.redirect()));
        }
        for (URI target : page.links()) {
            add(link.linkTo(target));
        }
    }

    private void add(Link link) {
        if (link.depth() > options.maxDepth() || !isInScope(link.url()) || !seen.add(link.url())) {
            return;
        }
        Host host = hosts.computeIfAbsent(Urls.origin(link.url()), origin -> new Host(origin, http, requests));
        boolean wasReady = host.isReady();
        host.add(link);
        if (host.isReady() && !wasReady) {
            ready.add(host);
        }
    }

    private boolean isInScope(URI url) {
        return switch (options.scope()) {
            case WEB -> true;
            case HOST -> scope.contains(area(url));
            case DIRECTORY -> scope.stream().anyMatch(url.toString()::startsWith);
        };
    }

    private String area(URI url) {
        String origin = Urls.origin(url);
        return options.scope() == CrawlOptions.Scope.DIRECTORY ? origin + Urls.directory(url) : origin;
    }
}
