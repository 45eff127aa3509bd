package dev.backstitch.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Something else than a thread of its own on which an {@link EventLoop} takes its turns: a pool, a user interface's thread,
 * somebody's event loop. {@link EventLoop#EventLoop(Scheduler)} makes such a loop; coroutines run on it as on any other.
 *
 * <p>A scheduler is a confinement: it runs what it is given one after the other, in order, each seeing what the ones
 * before it wrote. An executor that runs several at once becomes a scheduler by {@link #confined}.
 *
 * <p>Its methods may be called by any thread.
 */
public interface Scheduler {
    /**
     * Runs {@code work} later, not in the caller.
     *
     * @throws java.util.concurrent.RejectedExecutionException if it takes no work any more
     */
    void execute(Runnable work);

    /**
     * Has {@link #execute} called with {@code work} once {@code nanos} nanoseconds have passed.
     *
     * @return cancels it
     */
    default Future<?> schedule(Runnable work, long nanos) {
        return TimerThread.schedule(this, work, nanos);
    }

    /** Whether the calling thread is running this scheduler's work, or may touch what is confined to it. */
    boolean isCurrent();

    /**
     * Whether this is one certain thread. The loop is then that thread's loop between its turns too: a hot coroutine
     * started by an event handler there goes on there.
     */
    default boolean isThread() {
        return false;
    }

    /**
     * Whether work may run inside other work, as events do while a modal dialog is open. Tasks then go on while one of
     * them shows a dialog and waits for it on the stack.
     */
    default boolean nests() {
        return false;
    }

    /** One piece of work at a time on {@code executor}, on whichever of its threads is free. */
    static Scheduler confined(Executor executor) {
        return new Confined(executor);
    }

    /** {@link #confined} to the JVM's common fork-join pool. */
    static Scheduler forkJoin() {
        return new Confined(ForkJoinPool.commonPool());
    }

    /**
     * {@link #confined} to virtual threads, one for each turn. A turn may block: that blocks the one loop.
     *
     * @throws UnsupportedOperationException where the JVM has none (before Java 21)
     */
    static Scheduler virtualThreads() {
        return new Confined(VirtualThreads.executor());
    }

    /**
     * An executor of one thread, such as an event loop of Netty: {@code Scheduler.of(nettyLoop, nettyLoop::inEventLoop)}.
     *
     * @param isCurrent whether the calling thread is the one
     */
    static Scheduler of(ScheduledExecutorService thread, BooleanSupplier isCurrent) {
        return new ExecutorThread(thread, isCurrent);
    }

    /** The event dispatch thread of AWT and Swing. Needs the module {@code java.desktop}. */
    static Scheduler swing() {
        return SwingThread.INSTANCE;
    }
}
