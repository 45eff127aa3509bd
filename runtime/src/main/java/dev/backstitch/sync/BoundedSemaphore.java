package dev.backstitch.sync;

/** A semaphore that refuses to be released more often than it was acquired: asyncio's {@code BoundedSemaphore}. */
public final class BoundedSemaphore extends Semaphore {
    private final int bound;

    /** As {@link Semaphore#Semaphore}; there are never more than {@code permits}. */
    public BoundedSemaphore(int permits) {
        super(permits);
        bound = permits;
    }

    /**
     * As {@link Semaphore#release}.
     *
     * @throws IllegalStateException if nobody has a permit
     */
    @Override
    public void release() {
        if (permits() >= bound) {
            throw new IllegalStateException("BoundedSemaphore released too many times");
        }
        super.release();
    }
}
