package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The turns of a loop on the thread that runs it: what is ready, what is to come, and what other threads hand in. An
 * {@link EventLoop} is this and what is built on it.
 */
abstract class TurnLoop {
    static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();

    static {
        Driver.setRunning(TurnLoop::runningCoroutine);
        Driver.setStageFailed(TurnLoop::seen);
    }

    private static Coroutine<?> runningCoroutine() {
        EventLoop loop = CURRENT.get();
        Task<?> task = loop == null ? null : loop.currentTask();
        return task != null && task.outcomeHere() instanceof Coroutine<?> body ? body : null;
    }

    private static void seen(Throwable failure) {
        EventLoop loop = CURRENT.get();
        if (loop != null) {
            loop.unretrieved.seen(failure);
        }
    }

    final Clock clock;
    final TimerQueue timers = new TimerQueue();
    final ReadyQueue ready = new ReadyQueue();
    final Unretrieved unretrieved = new Unretrieved();
    final Interrupts interrupts = new Interrupts();
    /** Whether the task that was last taken from {@link #ready} makes its step, which nobody need write down. */
    boolean stepping;
    /** Which task runs where that is another one: one that runs on the stack of a step or a callback. */
    Task<?> nested;
    /** The context entered in this callback or step, when that is not the current task's own; see {@link Contexts}. */
    Context entered;
    /** The step, by its {@link #progress}, that has looked up {@link #sites} places of cancellations. */
    private long sitesOf;
    private int sites;
    /** How many turns have begun. */
    int turnsBegun;
    /** How many operations outside this loop are under way for tasks of it, which somebody else is going to wake. */
    int foreign;
    /** Whether what costs time is recorded: see {@link EventLoop#setDebug}. */
    boolean debug = Debug.ON;

    /** Who runs the turns; null when a thread does, in {@link #spin}. */
    final SchedulerTurns turns;
    /** Null: first in, first out. */
    private final Interleaving order;
    /** Calls of other threads, not yet taken in. */
    private final Inbox inbox = new Inbox();
    private boolean stopping;
    /** The thread that runs this loop; null while none does. */
    volatile Thread owner;
    /** The thread that ran this loop last; null when none has. */
    private volatile Thread lastOwner;
    volatile boolean idle;
    volatile boolean closed;

    TurnLoop(Clock clock, Interleaving order) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.order = order;
        this.turns = null;
    }

    TurnLoop(Scheduler scheduler) {
        this.clock = Clock.real();
        this.order = null;
        this.turns = new SchedulerTurns(Objects.requireNonNull(scheduler, "scheduler"), self());
    }

    abstract EventLoop self();

    /** The task whose body runs now; null between steps. */
    final Task<?> currentTask() {
        if (nested != null) {
            return nested;
        }
        return stepping && ready.taken() instanceof Task<?> task ? task : null;
    }

    // ---------------------------------------------------------------- turns

    /** Runs turns until {@link #stop}. */
    final void spin() {
        checkRunnable();
        EventLoop self = self();
        owner = Thread.currentThread();
        lastOwner = owner;
        CURRENT.set(self);
        var outerHooks = self.asyncGens.install();
        Watchdog watchdog = WatchdogThread.ofEveryLoop(self);
        try {
            do {
                turn(self);
            } while (!stopping);
        } finally {
            stopping = false;
            entered = null;
            if (ready.size() == 0) {
                ready.forget();
            }
            self.asyncGens.uninstall(outerHooks);
            CURRENT.remove();
            owner = null;
            if (watchdog != null) {
                watchdog.close();
            }
        }
    }

    /** Runs one turn, without waiting. */
    final void runOnce() {
        stopping = true;
        spin();
    }

    final void stopSoon() {
        stopping = true;
    }

    /** One turn on the scheduler; inside another one, when a coroutine's step lets the scheduler run. */
    final void takeTurn() {
        attach();
        EventLoop self = self();
        EventLoop outerLoop = CURRENT.get();
        Thread outerOwner = owner;
        Task<?> outerTask = currentTask();
        Context outerContext = entered;
        var outerHooks = self.asyncGens.install();
        CURRENT.set(self);
        owner = Thread.currentThread();
        nested = null;
        stepping = false;
        entered = null;
        try {
            unretrieved.reportCollected(self);
            inbox.moveTo(ready);
            runReady(timers.first(), self, false);
        } finally {
            entered = outerContext;
            nested = outerTask; // what was taken last is another one by now
            if (ready.size() == 0) {
                ready.forget();
            }
            owner = outerOwner;
            self.asyncGens.uninstall(outerHooks);
            if (outerLoop == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outerLoop);
            }
        }
    }

    /** Makes this the loop of the scheduler's thread between its turns too, where that is one certain thread. */
    final void attach() {
        if (turns.scheduler.isThread() && CURRENT.get() == null) {
            CURRENT.set(self());
        }
    }

    /**
     * A number that changes with each step and callback. Read by other threads, which need no more than to see it change
     * some time after it did.
     */
    final long progress() {
        return (long) turnsBegun << Integer.SIZE | ready.position();
    }

    /** Whether the present step has not yet looked up where too many of its cancellations come from. */
    final boolean mayLookUpSite() {
        long now = progress();
        if (now != sitesOf) {
            sitesOf = now;
            sites = 0;
        }
        return sites++ < CancelRequest.MOST_SITES;
    }

    final boolean hasReady() {
        return ready.size() > 0 || !inbox.isEmpty();
    }

    private void turn(EventLoop self) {
        unretrieved.reportCollected(self);
        inbox.moveTo(ready);
        Timer first = timers.first();
        if (ready.size() == 0 && !stopping) {
            idle(first);
            inbox.moveTo(ready);
        }
        if ((turnsBegun & 63) == 0) {
            interrupts.poll(self);
        }
        runReady(first, self, true);
    }

    /**
     * Runs what is ready, with the timers that are due.
     *
     * @param goesOn whether a task that is alone and only lets others run may have its next turns at once
     */
    private void runReady(Timer first, EventLoop self, boolean goesOn) {
        turnsBegun++;
        if (first != null) {
            long now = clock.nanos();
            for (Timer due = timers.first(); due != null && due.when <= now; due = timers.first()) {
                timers.removeFirst();
                ready.add(due);
            }
        }
        if (debug) {
            runTimed(self);
            return;
        }
        int left = ready.size();
        boolean alone = goesOn && left == 1 && first == null && order == null;
        for (; left > 0; left--) {
            Object entry = order == null ? ready.take() : ready.take(order, left);
            if (entry == null) {
                return; // a turn inside this one has run the rest
            }
            run(entry, self, alone);
        }
    }

    /** Runs {@code entry}; when that is {@code alone}, and a task that only lets others run, until there are others. */
    private void run(Object entry, EventLoop self, boolean alone) {
        if (entry instanceof Task<?> task) {
            while (task.step(null, true)) {
                if (!alone || stopping || hasReady() || timers.size() > 0 || unretrieved.any() || debug
                        || (turnsBegun & 63) == 0) {
                    ready.add(task);
                    return;
                }
                turnsBegun++;
            }
        } else {
            ((Timer) entry).fire(self);
        }
    }

    private void runTimed(EventLoop self) {
        for (int left = ready.size(); left > 0 && ready.size() > 0; left--) {
            Object entry = order == null ? ready.take() : ready.take(order, left);
            long before = clock.nanos();
            run(entry, self, false);
            self.slowCallbacks.ran(entry, clock.nanos() - before);
        }
    }

    private void idle(Timer first) {
        long wait = first == null ? Long.MAX_VALUE : first.when - clock.nanos();
        if (wait <= 0) {
            return;
        }
        interrupts.poll(self());
        if (ready.size() > 0) {
            return;
        }
        ready.forget();
        idle = true;
        try {
            if (inbox.isEmpty()) {
                clock.idle(wait, foreign);
            }
        } finally {
            idle = false;
        }
        interrupts.poll(self());
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

    /** {@code delay} from now; a delay too long to express is for ever. */
    final long deadline(long delay) {
        long now = clock.nanos();
        return delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delay;
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
