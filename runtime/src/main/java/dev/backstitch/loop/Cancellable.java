package dev.backstitch.loop;

/** A future that is no {@link LoopFuture} and ends by itself, later, when it is cancelled. */
interface Cancellable {
    boolean isDone();

    /** Asks for it; called by any thread. */
    void requestCancel(CancelRequest request);
}
