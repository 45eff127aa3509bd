package dev.backstitch.loop;

import java.util.concurrent.Callable;

/**
 * Awaits something for a limited time: asyncio's {@code timeout()}. When the time is over it cancels the task; the
 * {@link CancelledError} that comes back becomes a {@link TimeoutError}, unless somebody else has cancelled the task too.
 */
final class Timeout<T> extends AwaitOne<T> {
    private final Callable<?> body;
    private final long delay;
    private Task<?> task;
    private Handle alarm;
    /** What the task's count of cancellations was at the start. */
    private int cancelling;
    private boolean expired;

    /** Awaits what {@code body} gives, for {@code delay} nanoseconds. */
    Timeout(long delay, Callable<?> body) {
        super(null);
        this.delay = delay;
        this.body = body;
    }

    @Override
    Object open() throws Exception {
        EventLoop loop = EventLoop.current();
        Task<?> current = loop.currentTask;
        if (current == null) {
            throw new IllegalStateException("Timeout should be used inside a task");
        }
        task = current;
        cancelling = current.cancelling();
        alarm = delay <= 0 ? loop.callSoon(this::expire) : loop.callAt(loop.deadline(delay), this::expire);
        return body.call();
    }

    private void expire() {
        expired = true;
        task.cancelFor(CancelRequest.because("the time limit was over"));
    }

    @Override
    Throwable close(Throwable failure) {
        if (task == null) {
            return failure;
        }
        alarm.cancel();
        boolean ours = expired && task.uncancel() <= cancelling;
        return ours && failure instanceof CancelledError cancelled ? new TimeoutError(cancelled) : failure;
    }
}
