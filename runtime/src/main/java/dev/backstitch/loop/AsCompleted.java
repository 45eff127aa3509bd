package dev.backstitch.loop;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Awaitables in the order in which they come to an end: what {@link Tasks#asCompleted} returns. Each comes once, in either
 * form of iteration:
 *
 * <pre>{@code
 * for (var next : asCompleted(tasks)) { var result = await(next); }
 * for (var task : awaitEach(asCompleted(tasks).futures())) { var result = task.result(); }
 * }</pre>
 *
 * <p>In the first, each coroutine waits for the next end there is, and has its result or failure. The second says which
 * one has ended. Belongs to the thread of its loop.
 *
 * @param <T> what they give
 */
public final class AsCompleted<T> implements Iterator<Coroutine<T>>, Iterable<Coroutine<T>> {
    private final EventLoop loop;
    private final Task<?> awaiter;
    private final Map<LoopFuture<?>, One> running = new LinkedHashMap<>();
    /** Those that have ended and nobody has taken, in order; then as many {@link #LATE} as had not when the time was over. */
    private final Deque<Object> ended = new ArrayDeque<>();
    /** Those who wait for the next end. */
    private final Deque<LoopFuture<Void>> waiting = new ArrayDeque<>();
    /** How many are still to be given out. */
    private int left;
    private Handle alarm;

    private static final Object LATE = new Object();

    /**
     * Starts {@code awaitables}.
     *
     * @param timeout in nanoseconds; {@link Timeout#NEVER} for ever
     */
    AsCompleted(EventLoop loop, Collection<?> awaitables, long timeout) {
        this.loop = loop;
        this.awaiter = loop.currentTask();
        for (Object awaitable : new LinkedHashSet<>(awaitables)) {
            LoopFuture<?> future = Futures.of(awaitable, loop);
            running.put(future, new One(this, future));
        }
        left = running.size();
        running.forEach(LoopFuture::addWaiter);
        if (left > 0 && timeout != Timeout.NEVER) {
            alarm = loop.callAt(loop.deadline(timeout), this::timedOut);
        }
    }

    // ---------------------------------------------------------------- iteration

    /** This. */
    @Override
    public Iterator<Coroutine<T>> iterator() {
        return this;
    }

    /** Whether some have not been given out. */
    @Override
    public boolean hasNext() {
        return left > 0;
    }

    /**
     * A coroutine for the next one that ends.
     *
     * @return gives its result or throws its failure; throws a {@link TimeoutError} when the time is over before
     */
    @Override
    public Coroutine<T> next() {
        if (left == 0) {
            throw new NoSuchElementException();
        }
        left--;
        return nextResult();
    }

    @Async
    private Coroutine<T> nextResult() {
        LoopFuture<T> done = await(nextEnded());
        return Coroutine.of(await(done));
    }

    /**
     * The tasks and futures themselves, each when it is done: what was given where that is one, and for others the task that
     * runs them. Fails with a {@link TimeoutError} when the time is over before.
     */
    @Async
    @Generator
    public AsyncGen<LoopFuture<T>> futures() {
        while (left > 0) {
            left--;
            LoopFuture<T> done = await(nextEnded());
            Gen.yield(done);
        }
        return AsyncGen.end();
    }

    @Async
    @SuppressWarnings("unchecked")
    private Coroutine<LoopFuture<T>> nextEnded() {
        while (ended.isEmpty()) {
            var turn = new LoopFuture<Void>(loop);
            waiting.add(turn);
            try {
                await(turn);
            } catch (Throwable t) {
                turn.cancel();
                waiting.remove(turn);
                if (!ended.isEmpty() && !turn.isCancelled()) {
                    wakeNext(); // the turn was given, and is not taken
                }
                throw t;
            }
        }
        Object next = ended.remove();
        if (next == LATE) {
            throw new TimeoutError("asCompleted: the time is over");
        }
        return Coroutine.of((LoopFuture<T>) next);
    }

    // ---------------------------------------------------------------- ends

    /** The callback on one of the futures. */
    private record One(AsCompleted<?> all, LoopFuture<?> future) implements AwaitedBy {
        @Override
        public void run() {
            all.ended(future);
        }

        @Override
        public LoopFuture<?> awaiter() {
            return all.awaiter;
        }
    }

    private void ended(LoopFuture<?> future) {
        if (running.remove(future) == null) {
            return; // it was late
        }
        put(future);
        if (running.isEmpty() && alarm != null) {
            alarm.cancel();
        }
    }

    private void timedOut() {
        Map<LoopFuture<?>, One> late = new LinkedHashMap<>(running);
        running.clear();
        late.forEach((future, callback) -> {
            future.removeWaiter(callback);
            put(LATE);
        });
    }

    private void put(Object end) {
        ended.add(end);
        wakeNext();
    }

    private void wakeNext() {
        for (LoopFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!next.isDone()) {
                next.complete(null);
                return;
            }
        }
    }
}
