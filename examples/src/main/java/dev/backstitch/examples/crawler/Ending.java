package dev.backstitch.examples.crawler;

import java.util.Locale;

/**
 * How a crawl has ended.
 *
 * @param givenUp how many visits had begun and were cancelled: their pages are nowhere
 * @param waiting how many links had been found and were not asked for
 */
record Ending(Reason reason, int givenUp, int waiting) {

    enum Reason {
        /** Every link was visited, or as many as there may be. */
        DONE,
        /** The time that it may take was over. */
        TIME,
        /** Somebody has stopped the program. */
        INTERRUPTED
    }

    /** For the summary; empty when everything was visited. */
    String text() {
        if (reason == Reason.DONE) {
            return waiting == 0
                    ? ""
                    : String.format(
                            Locale.ROOT, "  not asked  %,d more links: the limit of pages was reached%n", waiting);
        }
        return String.format(
                Locale.ROOT, "  stopped    %s: %,d visits under way were given up, %,d more links were not asked for%n",
                reason == Reason.TIME ? "the time was over" : "by Ctrl-C", givenUp, waiting);
    }
}
