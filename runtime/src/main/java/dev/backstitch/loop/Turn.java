package dev.backstitch.loop;

/** Work that has to hear of it when the scheduler that it was given to does not run it. */
interface Turn extends Runnable {
    /** It will not be run, because of {@code refusal}. On any thread. */
    void refused(Throwable refusal);
}
