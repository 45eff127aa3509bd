package dev.backstitch.loop;

/**
 * An error that no coroutine is there to receive, for a loop's exception handler.
 *
 * @param message what happened
 * @param exception the failure; may be null
 * @param source the {@link Task}, {@link LoopFuture} or {@link Handle} it comes from; may be null
 */
public record LoopError(String message, Throwable exception, Object source) {}
