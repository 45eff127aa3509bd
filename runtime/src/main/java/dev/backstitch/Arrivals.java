package dev.backstitch;

import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the producers of a merge have made and its consumer has not taken, in the order of arrival. All of them run on one
 * loop; nothing here is thread-safe.
 */
final class Arrivals<Y> {
    private final EventLoop loop;
    /** How many values of one lane may be waiting. */
    private final int ahead;
    private final Queue<Arrival<Y>> arrived = new ArrayDeque<>();
    private int lanes;
    /** What the consumer waits for; null, or done, while it does not. */
    private LoopFuture<Boolean> more;
    /** The first failure of a producer. */
    private Throwable failure;
    private boolean delivered;
    private boolean closing;

    private record Arrival<Y>(Y value, Lane<Y> lane) {}

    Arrivals(EventLoop loop, int ahead) {
        this.loop = loop;
        this.ahead = ahead;
    }

    /** A lane for one more producer. */
    Lane<Y> lane() {
        lanes++;
        return new Lane<>(this);
    }

    /** Whether {@link #take} has something to give. */
    boolean isReady() {
        return !arrived.isEmpty();
    }

    Y take() {
        Arrival<Y> first = arrived.remove();
        first.lane.taken();
        return first.value;
    }

    /** To be awaited when nothing is ready: true when something is, false when nothing will be; or fails. */
    LoopFuture<Boolean> more() {
        more = new LoopFuture<>(loop);
        if (failure != null || lanes == 0) {
            tell();
        }
        return more;
    }

    /** Tells the consumer what there is, if it waits. */
    private void tell() {
        if (more == null || more.isDone()) {
            return;
        }
        if (!arrived.isEmpty()) {
            more.complete(true);
        } else if (failure != null) {
            delivered = true;
            more.fail(failure);
        } else if (lanes == 0) {
            more.complete(false);
        }
    }

    /** The consumer takes no more, and is about to cancel the producers. */
    void close() {
        closing = true;
    }

    /** Throws the failure that the consumer has not been told: of a source that failed while it was being ended. */
    void rethrowUndelivered() {
        if (failure != null && !delivered) {
            delivered = true;
            throw Throwables.sneaky(failure);
        }
    }

    /** One producer's side. */
    static final class Lane<Y> {
        private final Arrivals<Y> to;
        private int waiting;
        private LoopFuture<Void> room;

        private Lane(Arrivals<Y> to) {
            this.to = to;
        }

        void put(Y value) {
            waiting++;
            to.arrived.add(new Arrival<>(value, this));
            to.tell();
        }

        boolean isFull() {
            return waiting == to.ahead;
        }

        /** To be awaited while full. */
        LoopFuture<Void> room() {
            room = new LoopFuture<>(to.loop);
            return room;
        }

        private void taken() {
            waiting--;
            if (room != null && !room.isDone()) {
                room.complete(null);
            }
        }

        void end() {
            to.lanes--;
            to.tell();
        }

        void fail(Throwable t) {
            to.lanes--;
            if (to.closing && t instanceof CancelledError) {
                return; // as it was told
            }
            if (to.failure == null) {
                to.failure = t;
            } else if (to.failure != t) {
                to.failure.addSuppressed(t);
            }
            to.tell();
        }
    }
}
