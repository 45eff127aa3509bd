package dev.backstitch.loop;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.PreventsYields;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A block that can be cancelled as a whole, with a deadline, and with tasks of its own: trio's cancel scope and nursery.
 * The recommended form of structured concurrency.
 *
 * <pre>{@code
 * try (var scope = CancelScope.failAfter(ofSeconds(5))) {
 *     scope.spawn(fetch(a));
 *     scope.spawn(fetch(b));
 * }
 * }</pre>
 *
 * <p>Cancellation is <em>level-triggered</em>: once the scope is cancelled, or its deadline is over, every await inside that
 * has to wait throws a {@link CancelledError}, again and again, until the block has ended. Code that swallows one gets the
 * next. An await whose result is there does not throw: nothing that has arrived is lost. The end of the block takes the
 * {@link CancelledError} and swallows it, or, made by {@link #failAfter} or {@link #failAt} and too late, throws a
 * {@link TimeoutError} in its place.
 *
 * <p>Inside are the code of the block, the tasks of {@link #spawn}, those of a {@link TaskGroup} opened in it, and the
 * scopes and groups within these, but not what a {@link #shield shielded} scope holds, and no task of
 * {@link Tasks#spawn}. A task of the scope that fails cancels it; when all have ended, an {@link ExceptionGroup} is thrown,
 * as by a {@link TaskGroup}.
 *
 * <h2>With {@link Task#cancel}, timeouts and groups</h2>
 *
 * A scope is no request in the sense of {@link Task#cancelling()}: it is not counted, and not taken back. Where both come
 * together, whoever is further out wins. The end of a scope swallows nothing when the task was cancelled since the block
 * began, or when a scope around it is cancelled; the end of a {@link Timeout} makes nothing of an error while a scope around
 * it is cancelled. A shield keeps off scopes, not {@link Task#cancel}. A {@link TaskGroup} opened inside a scope cancels its
 * tasks as a scope does, so that their shields hold. A task that is awaited inside is cancelled, as in asyncio, unless it
 * belongs to a scope: then only the wait ends.
 *
 * <p>Belongs to the task that opened it, and to the thread of its loop, but for {@link #cancel}.
 */
public final class CancelScope extends ScopeNode implements PreventsYields {
    /** What the host's count of cancellations was at the start. */
    private final int cancelling;
    private final boolean fails;
    private long deadline = Timeout.NEVER;
    private Handle alarm;
    private boolean expired;
    private boolean caught;
    /** The tasks of {@link #spawn}; null as long as there are none. */
    private TaskGroup group;

    private CancelScope(Task<?> host, boolean fails) {
        super(host);
        this.cancelling = host.cancelling();
        this.fails = fails;
    }

    // ---------------------------------------------------------------- opening

    /**
     * Opens a scope without a deadline.
     *
     * @throws IllegalStateException outside of a task; so do the others
     */
    public static CancelScope open() {
        return open(false, Timeout.NEVER);
    }

    /** Opens a scope that is cancelled after {@code delay}, and ends quietly then; {@link #cancelledCaught} tells. */
    public static CancelScope moveOnAfter(Duration delay) {
        return open(false, EventLoop.current().deadline(Nanos.of(delay)));
    }

    /** As {@link #moveOnAfter}, when the loop's clock shows {@code when}. */
    public static CancelScope moveOnAt(long when) {
        return open(false, when);
    }

    /** Opens a scope that is cancelled after {@code delay}, and throws a {@link TimeoutError} then. */
    public static CancelScope failAfter(Duration delay) {
        return open(true, EventLoop.current().deadline(Nanos.of(delay)));
    }

    /** As {@link #failAfter}, when the loop's clock shows {@code when}. */
    public static CancelScope failAt(long when) {
        return open(true, when);
    }

    private static CancelScope open(boolean fails, long deadline) {
        Task<?> host = Tasks.currentTask();
        if (host == null) {
            throw new IllegalStateException("a CancelScope should be used inside a task");
        }
        var scope = new CancelScope(host, fails);
        scope.setDeadline(deadline);
        return scope;
    }

    /** The scope inside a {@link TaskGroup} that was opened in a scope. */
    static CancelScope ofGroup(Task<?> host) {
        return new CancelScope(host, false);
    }

    /**
     * Without try-with-resources: awaits what {@code body} returns for the scope that {@code opened} opens.
     *
     * @return a cold coroutine; it gives what the body's gave, or null when the scope was cancelled and swallowed that
     */
    public static <T> Coroutine<T> run(
            Supplier<CancelScope> opened, Function<? super CancelScope, ? extends Coroutine<T>> body) {
        return running(Objects.requireNonNull(opened, "opened"), Objects.requireNonNull(body, "body"));
    }

    @Async
    private static <T> Coroutine<T> running(
            Supplier<CancelScope> opened, Function<? super CancelScope, ? extends Coroutine<T>> body) {
        CancelScope scope = opened.get();
        T value = null;
        Throwable failure = null;
        try {
            value = await(body.apply(scope));
        } catch (Throwable thrown) {
            failure = thrown;
        }
        boolean swallowed = await(scope.exit(failure));
        if (failure != null && !swallowed) {
            throw Sneaky.thrown(failure);
        }
        return Coroutine.of(value);
    }

    // ---------------------------------------------------------------- tasks

    /**
     * Runs {@code coroutine} as a task of this scope, for whose end the end of the block waits. Tasks of the scope may call
     * it too, until all have ended.
     *
     * @throws IllegalStateException when the block has ended and all tasks with it, or one has failed; the coroutine is
     *     closed then
     */
    public <T> Task<T> spawn(Coroutine<T> coroutine) {
        return group().spawn(coroutine);
    }

    /** As {@link #spawn(Coroutine)}; the task is called {@code name}. */
    public <T> Task<T> spawn(Coroutine<T> coroutine, String name) {
        return group().spawn(coroutine, name);
    }

    /** As {@link #spawn(Coroutine)}, for a task that awaits {@code awaitable}. */
    public <T> Task<T> spawn(Awaitable<T> awaitable) {
        return group().spawn(awaitable);
    }

    private TaskGroup group() {
        if (group == null) {
            group = TaskGroup.of(this, closed);
        }
        return group;
    }

    // ---------------------------------------------------------------- cancelling

    /** Cancels what is inside; see the class comment. From any thread. Without effect the second time. */
    public void cancel() {
        cancel(null);
    }

    /** As {@link #cancel()}; the errors that are thrown inside carry {@code reason}. */
    public void cancel(String reason) {
        CancelRequest by = CancelRequest.here(reason);
        if (host.loop.isForeignThread()) {
            host.loop.callSoonThreadSafe(() -> cancelFor(by));
        } else {
            cancelFor(by);
        }
    }

    void cancelFor(CancelRequest by) {
        if (request == null && !closed) {
            request = by;
            stopAlarm();
            interruptAll();
        }
    }

    private void expire() {
        expired = true;
        alarm = null;
        cancelFor(CancelRequest.because("the deadline of a scope was over"));
    }

    /** Whether this was cancelled, by {@link #cancel}, its deadline or a task that failed. */
    public boolean isCancelled() {
        return request != null;
    }

    /** Whether the end of the block took a cancellation that was this scope's. */
    public boolean cancelledCaught() {
        return caught;
    }

    /** When this is cancelled, on the loop's clock ({@link EventLoop#time}); {@link Timeout#NEVER} if never. */
    public long deadline() {
        return deadline;
    }

    /** Puts the deadline to {@code when}, which may be past; {@link Timeout#NEVER} takes it away. */
    public void setDeadline(long when) {
        deadline = when;
        stopAlarm();
        if (when != Timeout.NEVER && request == null && !closed) {
            EventLoop loop = host.loop;
            if (when <= loop.time()) {
                expire();
            } else {
                alarm = loop.callAt(when, this::expire);
            }
        }
    }

    private void stopAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /**
     * Keeps the cancellation of the scopes around this one off what is inside: for cleaning up, best with a deadline.
     *
     * @return this
     */
    public CancelScope shield() {
        shielded = true;
        return this;
    }

    /** Whether {@link #shield} was called. */
    public boolean isShielded() {
        return shielded;
    }

    /**
     * When the current task will be cancelled by a scope it is in: the earliest deadline of those that reach it.
     *
     * @return {@link Timeout#NEVER} if none does; {@link Long#MIN_VALUE} if one is cancelled already
     */
    public static long currentDeadline() {
        Task<?> task = Tasks.currentTask();
        long earliest = Timeout.NEVER;
        for (ScopeNode s = task == null ? null : task.scope(); s != null; s = s.reaching()) {
            earliest = Math.min(earliest, s.request != null ? Long.MIN_VALUE : ((CancelScope) s).deadline);
        }
        return earliest;
    }

    // ---------------------------------------------------------------- the end

    /**
     * Ends the block: waits for the tasks of this scope, and settles what its cancellation has led to.
     *
     * @param failure what the block threw; null when it ended otherwise. A failure cancels the tasks.
     * @return gives true for a {@link CancelledError} that was this scope's; throws an {@link ExceptionGroup} when tasks
     *     failed, and a {@link TimeoutError} as {@link #failAfter} says
     * @throws IllegalStateException the second time, and while a scope that was opened in it is open
     */
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        if (closed) {
            throw new IllegalStateException(this + " has been exited before");
        }
        if (host.scope() != this) {
            stopAlarm();
            leave();
            throw new IllegalStateException(
                    "a scope opened inside " + this + " is still open: the scope opened last ends first", failure);
        }
        return group == null ? Coroutine.of(settle(failure)) : ending(failure);
    }

    @Async
    private Coroutine<Boolean> ending(Throwable failure) {
        Throwable thrown = failure;
        try {
            await(group.<Void>end(failure));
        } catch (Throwable other) {
            thrown = other;
        }
        boolean swallowed = settle(thrown);
        if (!swallowed && thrown != failure) {
            throw Sneaky.thrown(thrown);
        }
        return Coroutine.of(swallowed);
    }

    /** Whether {@code failure} is swallowed. */
    private boolean settle(Throwable failure) {
        stopAlarm();
        leave();
        boolean foreign = host.cancelling() > cancelling || isCancelledAround();
        if (request == null || foreign || !(failure instanceof CancelledError cancelled)) {
            return false;
        }
        caught = true;
        if (fails && expired) {
            throw new TimeoutError(cancelled);
        }
        return true;
    }

    /** The tasks of {@code ended} are done: the host is in this scope again, or leaves it where it was only the group's. */
    void groupEnded(TaskGroup ended) {
        move(host, this);
        if (ended != group) {
            leave();
        }
    }

    @Override
    public String toString() {
        return "<CancelScope"
                + (deadline == Timeout.NEVER ? "" : String.format(Locale.ROOT, " deadline=%.3f", deadline / 1e9))
                + (shielded ? " shielded" : "")
                + (request != null ? " cancelled" : "")
                + (closed ? " ended" : "")
                + ">";
    }
}
