package dev.backstitch.loop;

/** How long {@link Tasks#wait} waits. */
public enum ReturnWhen {
    /** Until one is done, in whatever way. */
    FIRST_COMPLETED,
    /** Until one has failed, or all are done. A cancellation is no failure. */
    FIRST_EXCEPTION,
    /** Until all are done. */
    ALL_COMPLETED
}
