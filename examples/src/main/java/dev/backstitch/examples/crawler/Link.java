package dev.backstitch.examples.crawler;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A URL to visit.
 *
 * @param url normalised by {@link Urls}
 * @param depth how many links away from a seed
 * @param referrer the page that links to it; null for a seed
 * @param redirects the URLs that redirected here, the first one first
 */
record Link(URI url, int depth, URI referrer, List<URI> redirects) {
    private static final int MAX_REDIRECTS = 10;

    static Link seed(URI url) {
        return new Link(url, 0, null, List.of());
    }

    Link linkTo(URI target) {
        return new Link(target, depth + 1, url, List.of());
    }

    /** Where this link leads after a redirect: as far from the seed as this one. */
    Link redirectedTo(URI target) {
        return new Link(target, depth, referrer, passed());
    }

    /** @throws RedirectException if a redirect to {@code target} goes round in a circle, or on for too long */
    void checkRedirect(URI target) throws RedirectException {
        List<URI> passed = passed();
        if (passed.contains(target)) {
            throw new RedirectException("the redirects go round in a circle: " + chain(passed) + " -> " + target);
        }
        if (passed.size() > MAX_REDIRECTS) {
            throw new RedirectException("more than " + MAX_REDIRECTS + " redirects: " + chain(passed));
        }
    }

    private static String chain(List<URI> urls) {
        return urls.stream().map(URI::toString).collect(Collectors.joining(" -> "));
    }

    private List<URI> passed() {
        List<URI> passed = new ArrayList<>(redirects);
        passed.add(url);
        return passed;
    }
}
