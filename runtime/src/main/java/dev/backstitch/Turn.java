package dev.backstitch;

/**
 * What gives up the rest of a turn: whoever awaits it goes on when its scheduler next lets it. Python's bare
 * {@code yield} in an {@code __await__}, of which {@code asyncio.sleep(0)} consists. There is one, for all; it is never done,
 * and whoever waits for it may be resumed at any time.
 */
final class Turn implements Promise<Void> {
    static final Turn NEXT = new Turn();

    private Turn() {}

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public Void value() {
        return null;
    }

    @Override
    public Throwable failure() {
        return null;
    }

    /** Calls {@code callback} at once: what is not told when its next turn is has it now. */
    @Override
    public void whenDone(Runnable callback) {
        callback.run();
    }

    @Override
    public String toString() {
        return "<next turn>";
    }
}
