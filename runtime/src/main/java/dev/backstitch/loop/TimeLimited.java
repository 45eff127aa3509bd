package dev.backstitch.loop;

import java.util.concurrent.Callable;

/** Awaits something within a {@link Timeout}, which is opened when this starts. */
final class TimeLimited<T> extends AwaitOne<T> {
    private final Callable<?> body;
    private final long limit;
    private final boolean absolute;
    private Timeout timeout;

    /**
     * Awaits what {@code body} gives.
     *
     * @param limit a time of the loop's clock when {@code absolute}, else nanoseconds from the start
     */
    TimeLimited(long limit, boolean absolute, Callable<?> body) {
        super(null);
        this.limit = limit;
        this.absolute = absolute;
        this.body = body;
    }

    @Override
    Object open() throws Exception {
        timeout = absolute ? Timeout.at(limit) : Timeout.after(limit);
        return body.call();
    }

    @Override
    Throwable close(Throwable failure) {
        return timeout == null ? failure : timeout.end(failure);
    }
}
