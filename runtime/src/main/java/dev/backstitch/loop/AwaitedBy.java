package dev.backstitch.loop;

/** A callback on a future that stands for somebody who waits for it: how the await tree goes on upwards. */
interface AwaitedBy extends Runnable {
    /** Who waits: a task, or a future that others wait for in turn; null when nobody does. */
    LoopFuture<?> awaiter();
}
