package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.PreventsYields;
import java.util.Locale;

/**
 * A block that may take so long and no longer: asyncio's {@code timeout()}. Made by {@link Tasks#timeout} and
 * {@link Tasks#timeoutAt}, and closed by try-with-resources.
 *
 * <p>When the time is over, the task is cancelled once; the {@link CancelledError} that comes to the end of the block
 * becomes a {@link TimeoutError}, unless somebody else has cancelled the task too. Every other exception goes on as it is.
 * What never awaits is never interrupted. Where timeouts are nested, the outermost that is over speaks.
 *
 * <p>{@link CancelScope} does not stop at one cancellation, and is the better choice for what may swallow it.
 *
 * <p>Belongs to the task that opened it, and to the thread of its loop.
 */
public final class Timeout implements PreventsYields {
    /** The time of a timeout that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Task<?> task;
    /** What the task's count of cancellations was at the start. */
    private final int cancelling;
    private State state = State.ACTIVE;
    private long when;
    /** Null when there is none, or it has rung. */
    private Handle alarm;

    private Timeout(Task<?> task) {
        this.task = task;
        this.cancelling = task.cancelling();
    }

    /** Opens one that is over at {@code when}. */
    static Timeout at(long when) {
        Task<?> current = Tasks.currentTask();
        if (current == null) {
            throw new IllegalStateException("Timeout should be used inside a task");
        }
        var timeout = new Timeout(current);
        timeout.reschedule(when);
        return timeout;
    }

    /** Opens one that is over when {@code delay} nanoseconds have passed. */
    static Timeout after(long delay) {
        EventLoop loop = EventLoop.current();
        return at(delay <= 0 ? loop.time() + delay : loop.deadline(delay));
    }

    /** When the time is over, on the loop's clock ({@link EventLoop#time}); {@link #NEVER} if never. */
    public long when() {
        return when;
    }

    /**
     * Puts the end of the time to {@code when} on the loop's clock; {@link #NEVER} takes it away. What is past ends in the
     * next turn.
     *
     * @throws IllegalStateException once the time is over, or the block has ended
     */
    public void reschedule(long when) {
        if (state != State.ACTIVE) {
            throw new IllegalStateException("Cannot change state of " + state + " Timeout");
        }
        this.when = when;
        if (alarm != null) {
            alarm.cancel();
        }
        EventLoop loop = task.loop;
        alarm = when == NEVER ? null : when <= loop.time() ? loop.callSoon(this::expire) : loop.callAt(when, this::expire);
    }

    /** Whether the time was over before the block was. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    private void expire() {
        state = State.EXPIRING;
        alarm = null;
        task.cancelFor(CancelRequest.because("the time limit was over"));
    }

    /**
     * Ends the block.
     *
     * @throws TimeoutError for {@code failure}, as the class comment says
     * @throws IllegalStateException the second time
     */
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        Throwable thrown = end(failure);
        if (thrown != failure) {
            throw Sneaky.thrown(thrown);
        }
        return Coroutine.of(false);
    }

    /** As {@link #exit}; returns what to throw, which is {@code failure} unless it is a {@link TimeoutError}. */
    Throwable end(Throwable failure) {
        if (state == State.EXPIRED || state == State.FINISHED) {
            throw new IllegalStateException(this + " has been exited before");
        }
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        if (state == State.ACTIVE) {
            state = State.FINISHED;
            return failure;
        }
        state = State.EXPIRED;
        ScopeNode scope = task.scope();
        boolean ours = task.uncancel() <= cancelling && (scope == null || scope.effective() == null);
        return ours && failure instanceof CancelledError cancelled ? new TimeoutError(cancelled) : failure;
    }

    @Override
    public String toString() {
        return "<Timeout [" + state + "]"
                + (state != State.ACTIVE
                        ? ""
                        : when == NEVER ? " when=never" : String.format(Locale.ROOT, " when=%.3f", when / 1e9))
                + ">";
    }
}
