package dev.backstitch.loop;

import dev.backstitch.Driver;

/**
 * Who asked for a cancellation, and why: what {@link CancelledError#request} tells. One request goes down the whole chain
 * of awaits. Immutable.
 */
public final class CancelRequest {
    private final String message;
    private final String reason;
    private final String by;
    private final StackWalker.StackFrame site;

    private CancelRequest(String message, String reason, String by, StackWalker.StackFrame site) {
        this.message = message;
        this.reason = reason;
        this.by = by;
        this.site = site;
    }

    /** How many requests of one step have their place looked up: it is read by people, and a walk costs microseconds. */
    static final int MOST_SITES = 16;

    /** A request of the program, which runs now: finds out its task and its place. */
    static CancelRequest here(String message) {
        EventLoop loop = EventLoop.currentOrNull();
        String by = loop == null
                ? "thread '" + Thread.currentThread().getName() + "'"
                : loop.currentTask() == null ? "a callback" : "task '" + loop.currentTask().name() + "'";
        return new CancelRequest(message, null, by, loop == null || loop.mayLookUpSite() ? Driver.caller() : null);
    }

    /** A request that the loop makes for the program, because of {@code reason}. */
    static CancelRequest because(String reason) {
        return new CancelRequest(null, reason, null, null);
    }

    /** As {@link #because(String)}, with a {@code message} for the error. */
    static CancelRequest because(String reason, String message) {
        return new CancelRequest(message, reason, null, null);
    }

    /** The message given to {@code cancel}, or null. */
    public String message() {
        return message;
    }

    /** Why the loop has cancelled: a time limit, a failed sibling, the end of the run; null when the program asked. */
    public String reason() {
        return reason;
    }

    /** The task, callback or thread that called {@code cancel}; null when there is a {@link #reason}. */
    public String by() {
        return by;
    }

    /**
     * The place in the program where {@code cancel} was called; null when it is not known. When one step cancels very many
     * tasks, it is known of the first ones only.
     */
    public StackTraceElement at() {
        return site == null ? null : site.toStackTraceElement();
    }

    /** Such as {@code by task 'main' at Shop.close(Shop.java:12)}. */
    @Override
    public String toString() {
        return by == null ? "because " + reason : "by " + by + (site == null ? "" : " at " + at());
    }
}
