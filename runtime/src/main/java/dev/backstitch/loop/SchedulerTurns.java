package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has a scheduler run a loop's turns: one at a time, as long as something is ready, and one more when the first timer is
 * due. Confined to the scheduler, but for {@link #request}.
 */
final class SchedulerTurns implements Turn {
    /** How often tasks may answer their cancellation with new tasks. */
    private static final int ROUNDS = 100;

    final Scheduler scheduler;
    private final EventLoop loop;
    /** Whether the scheduler has been given a turn that has not begun. */
    private final AtomicBoolean requested = new AtomicBoolean();
    /** The alarm for the first timer, and when that is due; null when there is none. */
    private Future<?> alarm;
    private long alarmAt;
    /** Whether the scheduler did not take the alarm when it rang. */
    private volatile boolean alarmRefused;
    /** Why the scheduler has last taken no turn; null as long as it has taken them all. */
    private volatile Throwable refusal;
    /** What {@link #run(EventLoop, Coroutine)} waits for; null otherwise. */
    private volatile TaskFuture<?> main;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    SchedulerTurns(Scheduler scheduler, EventLoop loop) {
        this.scheduler = scheduler;
        this.loop = loop;
    }

    /** Has a turn run soon. From any thread. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            try {
                scheduler.execute(this);
            } catch (RuntimeException | Error refused) {
                refused(refused);
                throw refused;
            }
        }
    }

    /** Whoever waits for the run, or for its end, hears of it; a later {@link #request} asks the scheduler again. */
    @Override
    public void refused(Throwable refused) {
        requested.set(false);
        refusal = refused;
        TaskFuture<?> waiting = main;
        if (waiting != null) {
            waiting.completeExceptionally(refused);
        }
        if (ending.get()) {
            ended.completeExceptionally(refused);
        }
    }

    @Override
    public void run() {
        requested.set(false);
        if (loop.isClosed()) {
            return;
        }
        try {
            if (scheduler.nests() && loop.hasReady()) {
                request(); // the one that runs inside this one; else it will find nothing
            }
            try {
                loop.takeTurn();
            } finally { // an Error that leaves a turn is the scheduler's to report: the others go on
                goOn();
            }
        } catch (RuntimeException refused) {
            refused(refused);
            loop.report("the scheduler of the event loop takes no more turns", refused, scheduler);
        }
    }

    /** Has the next turn run, soon or when the first timer is due. */
    private void goOn() {
        if (loop.hasReady()) {
            request();
        } else {
            setAlarm(loop.timers.first());
        }
    }

    private void setAlarm(Timer first) {
        if (alarmRefused) {
            alarmRefused = false;
            alarm = null;
        }
        if (first == null || alarm != null && alarmAt <= first.when) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = first.when;
        alarm = scheduler.schedule(new Ring(), Math.max(0, first.when - loop.time()));
    }

    private final class Ring implements Turn {
        @Override
        public void run() {
            alarm = null;
            request();
        }

        @Override
        public void refused(Throwable refused) {
            alarmRefused = true;
            SchedulerTurns.this.refused(refused);
        }
    }

    /** Runs {@code main} on {@code loop}, which is new, and ends that: {@link EventLoop#run(Coroutine, Scheduler)}. */
    static <T> T run(EventLoop loop, Coroutine<T> main) throws InterruptedException {
        SchedulerTurns turns = loop.turns;
        try {
            var view = (TaskFuture<T>) loop.submit(main);
            turns.main = view;
            if (turns.refusal != null) {
                view.completeExceptionally(turns.refusal);
            }
            try {
                view.get();
            } catch (InterruptedException e) {
                view.cancel(true);
                throw e;
            } catch (ExecutionException | CancellationException e) {
                // The task itself says more.
            }
            if (!view.task.isDone()) {
                throw Sneaky.thrown(turns.refusal);
            }
            return EventLoop.resultOf(view.task);
        } finally {
            turns.end();
        }
    }

    /** Shuts the loop down and waits for that, unless the scheduler refuses. */
    private void end() {
        try {
            shutdown().join();
        } catch (RuntimeException refused) {
            if (refusal == null) {
                throw refused;
            }
        }
    }

    // ---------------------------------------------------------------- the end

    /** Cancels all tasks, waits for them and closes the loop; the future is done when that is. From any thread. */
    CompletableFuture<Void> shutdown() {
        if (ending.compareAndSet(false, true)) {
            loop.callSoonThreadSafe(() -> endTasks(0));
        }
        return ended.copy();
    }

    private void endTasks(int round) {
        Set<Task<?>> left = loop.allTasks();
        if (left.isEmpty() || round == ROUNDS) {
            loop.spawn(loop.shutdownAsyncGens()).whenDone(() -> closeAfter(round));
            return;
        }
        for (Task<?> task : left) {
            task.cancelFor(Shutdown.END);
        }
        Gather.of(loop, left, true).whenDone(() -> {
            for (Task<?> task : left) {
                Throwable failure = task.isCancelled() ? null : task.failure();
                if (failure != null) {
                    loop.report("unhandled exception during shutdown of the event loop: " + task, failure, task);
                }
            }
            endTasks(round + 1);
        });
    }

    /** What other threads have submitted meanwhile, and this loop has taken in, ends like the rest. */
    private void closeAfter(int round) {
        if (round < ROUNDS && (loop.hasReady() || !loop.allTasks().isEmpty())) {
            loop.callSoon(() -> endTasks(round + 1));
        } else {
            close();
        }
    }

    private void close() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        Shutdown.reportPending(loop); // what has answered each cancellation with new tasks, if anything
        loop.closeOnScheduler();
        try {
            scheduler.execute(new Last());
        } catch (RuntimeException | Error refused) {
            refused(refused);
            throw refused;
        }
    }

    private final class Last implements Turn {
        @Override
        public void run() {
            CompletableFuture.runAsync(loop.detach()).whenComplete((nothing, failure) -> ended.complete(null));
        }

        @Override
        public void refused(Throwable refused) {
            SchedulerTurns.this.refused(refused);
        }
    }
}
