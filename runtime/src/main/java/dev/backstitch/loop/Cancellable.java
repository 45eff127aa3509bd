package dev.backstitch.loop;

/** A future that is no {@link LoopFuture} and ends by itself, later, when it is cancelled. */
interface Cancellable {
    boolean isDone();

    /**
     * Asks for it; called by any thread.
     *
     * @param tooLate called by any thread if the answer was true, and the request then has found that this was over: whoever
     *     waits for this has to be cancelled in another way
     * @return false if this is over already; {@code tooLate} is not called then
     */
    boolean requestCancel(CancelRequest request, Runnable tooLate);
}
