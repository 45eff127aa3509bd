package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import java.util.Objects;

/**
 * The turns of a loop on the thread that runs it: what is ready, what is to come, and what other threads hand in. An
 * {@link EventLoop} is this and what is built on it.
 */
abstract class TurnLoop extends OwnedLoop {
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

    /** Null: first in, first out. */
    private final Interleaving order;
    private boolean stopping;

    TurnLoop(Clock clock, Interleaving order) {
        super(null);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.order = order;
    }

    TurnLoop(Scheduler scheduler) {
        super(Objects.requireNonNull(scheduler, "scheduler"));
        this.clock = Clock.real();
        this.order = null;
    }

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
        owned();
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

    /** {@code delay} from now; a delay too long to express is for ever. */
    final long deadline(long delay) {
        long now = clock.nanos();
        return delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delay;
    }
}
