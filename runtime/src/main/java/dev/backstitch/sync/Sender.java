package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.Objects;

/** An end of a {@link Channel} where items go in. Used by one task after the other; {@link #copy} is for more. */
public final class Sender<E> implements AutoCloseable {
    private final Channel.Pipe<E> pipe;
    private boolean closed;

    Sender(Channel.Pipe<E> pipe) {
        this.pipe = pipe;
        pipe.senderOpened();
    }

    /**
     * Waits until there is room and puts {@code item} in.
     *
     * @return a cold coroutine; fails with {@link ChannelClosed} when nobody is left to receive, or this is closed
     */
    public Coroutine<Void> send(E item) {
        return sending(Objects.requireNonNull(item, "item"));
    }

    @Async
    private Coroutine<Void> sending(E item) {
        checkOpen();
        try {
            await(pipe.queue.put(item));
        } catch (QueueShutDown end) {
            throw new ChannelClosed("nobody is left to receive");
        }
        return Coroutine.done();
    }

    /** Another sender of the same channel, to be closed by itself. */
    public Sender<E> copy() {
        checkOpen();
        return new Sender<>(pipe);
    }

    private void checkOpen() {
        if (closed) {
            throw new ChannelClosed("this end is closed");
        }
    }

    /** Closes this end; without effect the second time. */
    @Override
    public void close() {
        if (!closed) {
            pipe.checkThread();
            closed = true;
            pipe.senderClosed();
        }
    }
}
