package dev.backstitch.loop;

/** Something the loop runs once, now or when its time has come. */
abstract class Timer {
    /** When this is due, in the nanoseconds of the loop's clock. */
    long when;

    /** Runs it, on the loop's thread. */
    abstract void fire(EventLoop loop);

    /** Whether it need not run any more. */
    abstract boolean isCancelled();
}
