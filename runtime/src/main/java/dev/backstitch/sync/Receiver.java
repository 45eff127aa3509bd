package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;

/** An end of a {@link Channel} where items come out, each once. */
public final class Receiver<E> implements AutoCloseable {
    private final Channel.Pipe<E> pipe;
    private boolean closed;

    Receiver(Channel.Pipe<E> pipe) {
        this.pipe = pipe;
        pipe.receiverOpened();
    }

    /**
     * Waits until an item is there and takes it.
     *
     * @return a cold coroutine; fails with {@link ChannelClosed} when nothing is left and nobody to send, or this is closed
     */
    @Async
    public Coroutine<E> receive() {
        checkOpen();
        try {
            return Coroutine.of(await(pipe.queue.get()));
        } catch (QueueShutDown end) {
            throw new ChannelClosed("nobody is left to send");
        }
    }

    /** What {@link #receive} gives, one after the other, until nothing is left and nobody to send. Does not close this. */
    @Async
    @Generator
    public AsyncGen<E> items() {
        checkOpen();
        try {
            while (true) {
                Gen.yield(await(pipe.queue.get()));
            }
        } catch (QueueShutDown end) {
            return AsyncGen.end();
        }
    }

    /** Another receiver of the same channel, to be closed by itself. */
    public Receiver<E> copy() {
        checkOpen();
        return new Receiver<>(pipe);
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
            pipe.receiverClosed();
        }
    }
}
