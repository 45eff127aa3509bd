/**
 * A web server on Netty whose handlers are coroutines, all on the one thread of Netty's event loop: so the state they share
 * needs no lock. {@code Board} is the application, {@code HttpServer} what runs any, {@code LoadTest} measures it against
 * virtual threads.
 *
 * <pre>
 *   HttpServer ── one channel each ──▶ HttpConnection ──▶ Router ──▶ Handler: Coroutine&lt;Answer&gt;
 *       └ EventLoop on Scheduler.of(Netty's loop)     ◀── Answer, or AsyncGen of its pieces
 * </pre>
 */
package dev.backstitch.examples.http;
