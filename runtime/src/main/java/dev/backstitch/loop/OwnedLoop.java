package dev.backstitch.loop;

import java.util.concurrent.locks.LockSupport;

/** Whose thread a loop is on, what is ready to run there, and how other threads hand work in. */
abstract class OwnedLoop {
    static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();

    final ReadyQueue ready = new ReadyQueue();
    /** Calls of other threads, not yet taken in. */
    final Inbox inbox = new Inbox();
    /** Who runs the turns; null when a thread does, in {@link TurnLoop#spin}. */
    final SchedulerTurns turns;
    /** The thread that runs this loop; null while none does. */
    volatile Thread owner;
    /** The thread that ran this loop last; null when none has. */
    private volatile Thread lastOwner;
    volatile boolean idle;
    volatile boolean closed;

    /** A loop on {@code scheduler}, or, when that is null, on whatever thread runs it. */
    OwnedLoop(Scheduler scheduler) {
        this.turns = scheduler == null ? null : new SchedulerTurns(scheduler, self());
    }

    abstract EventLoop self();

    /** From now on this thread runs the loop, until {@link #owner} is null again. */
    final void owned() {
        owner = Thread.currentThread();
        lastOwner = owner;
    }

    // ---------------------------------------------------------------- what is to run

    /** Adds a {@link Task} or {@link Timer} to the next turn. */
    final void enqueue(Object entry) {
        checkOpen();
        checkThread();
        ready.add(entry);
    }

    /** As {@link #enqueue}, from any thread. */
    final void wake(Object entry) {
        checkOpen();
        if (owner == Thread.currentThread()) {
            ready.add(entry);
            return;
        }
        inbox.add(entry);
        if (closed) {
            refuseInbox(); // it was closed since the check above, and may have looked already
            return;
        }
        if (turns != null) {
            turns.request();
        } else if (idle) {
            LockSupport.unpark(owner);
        }
    }

    /** Refuses what was handed in and not taken in: this is closed. On any thread. */
    final void refuseInbox() {
        var left = new ReadyQueue();
        inbox.moveTo(left);
        while (left.size() > 0) {
            if (left.take() instanceof Delivery delivery) {
                delivery.refuse();
            }
        }
    }

    // ---------------------------------------------------------------- whose turn it is

    final boolean isOwnThread() {
        return owner == Thread.currentThread() || turns != null && turns.scheduler.isCurrent();
    }

    /** Whether another thread than this one runs the loop. */
    final boolean isForeignThread() {
        if (turns != null) {
            return !isOwnThread();
        }
        Thread running = owner;
        return running != null && running != Thread.currentThread();
    }

    /**
     * Whether what this thread wants changed is to be handed in, because another one runs the loop, or has run it last and
     * still lives: then it may run it again at any moment.
     */
    final boolean mustHandIn() {
        Thread last = lastOwner;
        return !closed
                && (isForeignThread()
                        || turns == null && owner == null && last != null && last != Thread.currentThread() && last.isAlive());
    }

    /**
     * Refuses other threads while one runs this loop, or its scheduler does: asked before anything is changed that has to
     * be told to this loop. Between two turns on a scheduler, there will be one for what the caller is about to do.
     *
     * @throws IllegalStateException on a thread that is not this loop's
     */
    public final void checkThread() {
        if (owner == Thread.currentThread()) {
            return;
        }
        if (turns != null && turns.scheduler.isCurrent()) {
            turns.request();
            return;
        }
        if (isForeignThread()) {
            throw new IllegalStateException(
                    "Non-thread-safe operation invoked on an event loop other than the current one");
        }
    }

    final void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Event loop is closed");
        }
    }

    final void checkRunnable() {
        checkOpen();
        checkOwnTurns();
        if (owner != null) {
            throw new IllegalStateException("This event loop is already running");
        }
        if (CURRENT.get() != null) {
            throw new IllegalStateException("Cannot run the event loop while another loop is running");
        }
    }

    final void checkOwnTurns() {
        if (turns != null) {
            throw new IllegalStateException("The turns of this event loop are run by " + turns.scheduler);
        }
    }
}
