package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Holds writers back while more is to be sent than there should be, and tells them of the end. */
final class FlowControl {
    /** More unsent bytes than this hold writers back, until there are no more than {@link #LOW_WATER}. */
    static final int HIGH_WATER = 64 * 1024;

    static final int LOW_WATER = HIGH_WATER / 4;

    private final EventLoop loop;
    private final List<LoopFuture<Void>> waiters = new ArrayList<>();
    /** Done when the connection is; fails when an error ended it. */
    private final LoopFuture<Void> closed;
    private boolean paused;
    private long unsent;

    FlowControl(EventLoop loop) {
        this.loop = loop;
        this.closed = new LoopFuture<>(loop);
    }

    /** {@code bytes} more are to be sent. */
    void added(int bytes) {
        unsent += bytes;
        paused |= unsent > HIGH_WATER;
    }

    /** {@code bytes} less are to be sent. */
    void sent(long bytes) {
        unsent -= bytes;
        if (paused && unsent <= LOW_WATER) {
            paused = false;
            wake(null);
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** It has ended, by {@code failure} if that is not null. */
    void lost(Throwable failure) {
        if (closed.isDone()) {
            return;
        }
        Failures.settle(closed, failure);
        if (paused) {
            wake(failure);
        }
    }

    private void wake(Throwable failure) {
        for (LoopFuture<Void> waiter : waiters) {
            if (!waiter.isDone()) {
                Failures.settle(waiter, failure);
            }
        }
    }

    @Async
    Coroutine<Void> drain() throws IOException {
        if (closed.isDone()) {
            throw new SocketException("Connection lost");
        }
        if (!paused) {
            return Coroutine.done();
        }
        var waiter = new LoopFuture<Void>(loop);
        waiters.add(waiter);
        try {
            await(waiter);
        } finally {
            waiters.remove(waiter);
        }
        return Coroutine.done();
    }

    /** Waits for the end; cancelling the waiter changes nothing for others. */
    LoopFuture<Void> closed() {
        return Tasks.shield(closed);
    }
}
