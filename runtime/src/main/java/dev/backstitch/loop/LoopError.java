package dev.backstitch.loop;

import java.util.List;

/**
 * An error that no coroutine is there to receive, for a loop's exception handler.
 *
 * @param message what happened
 * @param exception the failure; may be null
 * @param source the {@link Task}, {@link LoopFuture}, {@link Handle} or asynchronous generator it comes from; may be null
 * @param createdAt where that was made, innermost frame first; empty unless debug mode has recorded it
 */
public record LoopError(String message, Throwable exception, Object source, List<StackTraceElement> createdAt) {

    /** An error of {@code source}; {@code createdAt} is what is known of it. */
    public LoopError(String message, Throwable exception, Object source) {
        this(message, exception, source, originOf(source));
    }

    private static List<StackTraceElement> originOf(Object source) {
        Origin origin = source instanceof LoopFuture<?> future
                ? future.origin()
                : source instanceof Handle handle ? handle.origin : null;
        return origin == null ? List.of() : origin.frames();
    }

    /** The message, and where the source was made if that is known. */
    @Override
    public String toString() {
        var text = new StringBuilder(String.valueOf(message));
        if (!createdAt.isEmpty()) {
            text.append(System.lineSeparator()).append("created");
            for (StackTraceElement frame : createdAt) {
                text.append(System.lineSeparator()).append("\tat ").append(frame);
            }
        }
        return text.toString();
    }
}
