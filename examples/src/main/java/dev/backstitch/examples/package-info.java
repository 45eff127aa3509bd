/**
 * Runnable examples: PEP 525's {@link dev.backstitch.examples.Ticker}, a generator pipeline over a large
 * {@link dev.backstitch.examples.LogPipeline log file}, and a {@linkplain dev.backstitch.examples.crawler web crawler}.
 *
 * <p>They need {@code -javaagent:backstitch-agent.jar}; without it they end with a {@code NotWovenError} that says so.
 */
package dev.backstitch.examples;
