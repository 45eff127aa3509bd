package dev.backstitch;

/**
 * A suspension point was reached in code that the rewriter has not seen. Nothing was suspended and nothing blocked: the
 * call simply cannot do what it says without rewriting.
 */
public final class NotWovenError extends Error {
    private static final long serialVersionUID = 1L;

    private NotWovenError(String message) {
        super(message);
    }

    /** The error for a call of {@code point}, such as {@code Gen.yield}, by whoever called it. */
    public static NotWovenError at(String point) {
        StackTraceElement caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> !f.getClassName().startsWith("dev.backstitch.")
                                || !Traces.isMachinery(f.getClassName()))
                        .findFirst())
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null);
        String type = caller == null ? "the calling class" : caller.getClassName();
        return new NotWovenError("BST-101 " + point + "(...) was called in a class that was not rewritten: " + type
                + (caller == null ? "" : "\n  at " + caller)
                + "\n  Either start the JVM with -javaagent:backstitch-agent.jar, before any other code of " + type
                + " is loaded, or rewrite the class when it is built."
                + "\n  Only a method annotated @Generator or @Async, or a lambda that returns such a type, can suspend.");
    }
}
