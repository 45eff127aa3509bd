package dev.backstitch.loop;

/** What another thread hands in to a loop and has to hear of in any case: also when the loop is closed before it is taken in. */
final class Delivery extends Timer {
    private final Runnable taken;
    private final Runnable refused;

    /** The loop runs {@code taken}; whoever finds that it is closed runs {@code refused}, on any thread. */
    Delivery(Runnable taken, Runnable refused) {
        this.taken = taken;
        this.refused = refused;
    }

    @Override
    void fire(EventLoop loop) {
        taken.run();
    }

    /** The loop is closed. */
    void refuse() {
        refused.run();
    }

    @Override
    boolean isCancelled() {
        return false;
    }
}
