package dev.backstitch.examples.crawler;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.toThread;

import crawlercommons.robots.BaseRobotRules;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.examples.crawler.Page.Outcome;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** One URL's visit: robots.txt, download, parse. */
final class Visit {
    private final Link link;
    private final Host host;
    private final Download download;
    private final long start = System.nanoTime();

    Visit(Link link, Host host, HttpFetcher http) {
        this.link = link;
        this.host = host;
        this.download = new Download(link.url(), host, http);
    }

    /** The page, or the failure as a page: this coroutine fails only with an {@link Error}. */
    @Async
    Coroutine<Page> run() {
        try {
            BaseRobotRules rules = await(host.rules());
            if (!rules.isAllowed(link.url().toString())) {
                return Coroutine.of(page(Outcome.DISALLOWED, null, null, null, null));
            }
            Response response = await(download.run());
            return Coroutine.of(await(read(response)));
        } catch (Exception failure) {
            return Coroutine.of(page(Outcome.FAILED, null, null, null, failure));
        }
    }

    @Async
    private Coroutine<Page> read(Response response) throws IOException {
        if (response.isRedirect()) {
            String location = response.headers().firstValue("Location").orElseThrow();
            URI target = Urls.resolve(link.url(), location);
            if (target == null) {
                throw new RedirectException("a redirect to no web address: " + location);
            }
            link.checkRedirect(target);
            return Coroutine.of(page(Outcome.REDIRECT, response, null, target, null));
        }
        if (!Document.isHtml(response.contentType())) {
            return Coroutine.of(page(Outcome.OTHER, response, null, null, null));
        }
        // Parsing takes longer than a turn of the loop may; the loop goes on while a worker does it.
        Document document = await(toThread(() -> Document.parse(link.url(), response)));
        return Coroutine.of(page(Outcome.HTML, response, document, null, null));
    }

    private Page page(Outcome outcome, Response response, Document document, URI redirect, Exception failure) {
        int status = response != null ? response.status()
                : failure instanceof HttpStatusException answer ? answer.status() : 0;
        return new Page(
                link.url(), link.depth(), link.referrer(), outcome, status,
                response == null ? "" : response.contentType(),
                document == null ? null : document.title(),
                response == null ? 0 : response.bytes(),
                response != null && response.truncated(),
                download.attempts(),
                (System.nanoTime() - start) / 1_000_000,
                document == null ? List.of() : document.links(),
                redirect, failure);
    }
}
