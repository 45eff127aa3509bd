/**
 * A web crawler: {@link dev.backstitch.examples.crawler.Crawler#crawl} is an asynchronous generator of pages over
 * {@code java.net.http}, {@link dev.backstitch.examples.crawler.CrawlCommand} the program around it.
 *
 * <p>Everything but the parsing of pages runs on the event loop's thread, so the classes need no locks.
 */
package dev.backstitch.examples.crawler;
