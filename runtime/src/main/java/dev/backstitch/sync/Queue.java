package dev.backstitch.sync;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;

/**
 * A queue between tasks, first in, first out: asyncio's {@code Queue}. Who waits to put or to get is woken in the order of
 * asking.
 *
 * @param <E> the items; null is none
 */
public sealed class Queue<E> extends LoopBound permits LifoQueue, PriorityQueue {
    private final int maxSize;
    private final Waiters getters = new Waiters();
    private final Waiters putters = new Waiters();
    private final Event finished = new Event();
    private int unfinished;
    private boolean shutDown;
    private final Collection<E> items;

    /** A queue that is never full. */
    public Queue() {
        this(0);
    }

    /** A queue that is full when {@code maxSize} items are in it; never, if that is zero or less. */
    public Queue(int maxSize) {
        this(maxSize, new ArrayDeque<>());
    }

    Queue(int maxSize, Collection<E> items) {
        this.maxSize = maxSize;
        this.items = items;
        finished.set();
    }

    /** Takes the item whose turn it is; there is one. */
    E take() {
        return ((ArrayDeque<E>) items).pollFirst();
    }

    // ---------------------------------------------------------------- what is in it

    /** How many items are in it. */
    public int size() {
        return items.size();
    }

    /** How many fit in; zero or less: any number. */
    public int maxSize() {
        return maxSize;
    }

    /** Whether no item is in it. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** Whether no more items fit in. */
    public boolean isFull() {
        return maxSize > 0 && items.size() >= maxSize;
    }

    /** Whether it was shut down. */
    public boolean isShutDown() {
        return shutDown;
    }

    // ---------------------------------------------------------------- putting

    /**
     * Waits until this is not full and puts {@code item} in.
     *
     * @return a cold coroutine; fails with {@link QueueShutDown} when this is shut down
     */
    public Coroutine<Void> put(E item) {
        return putting(Objects.requireNonNull(item, "item"));
    }

    @Async
    private Coroutine<Void> putting(E item) {
        while (isFull()) {
            if (shutDown) {
                throw new QueueShutDown();
            }
            Waiter putter = join(putters);
            try {
                await(putter);
            } catch (Throwable failure) {
                putter.cancel();
                putters.remove(putter);
                if (!isFull() && !putter.isCancelled()) {
                    putters.wakeAndRemoveNext(); // it was this one's turn
                }
                throw failure;
            }
        }
        putNow(item);
        return Coroutine.done();
    }

    /**
     * Puts {@code item} in; asyncio's {@code put_nowait}.
     *
     * @throws QueueFull if it does not fit in
     * @throws QueueShutDown if this was shut down
     */
    public void putNow(E item) {
        Objects.requireNonNull(item, "item");
        checkThread();
        if (shutDown) {
            throw new QueueShutDown();
        }
        if (isFull()) {
            throw new QueueFull();
        }
        items.add(item);
        unfinished++;
        finished.clear();
        getters.wakeAndRemoveNext();
    }

    // ---------------------------------------------------------------- getting

    /**
     * Waits until an item is there and takes it.
     *
     * @return a cold coroutine; fails with {@link QueueShutDown} when this is shut down and empty
     */
    @Async
    public Coroutine<E> get() {
        while (isEmpty()) {
            if (shutDown) {
                throw new QueueShutDown();
            }
            Waiter getter = join(getters);
            try {
                await(getter);
            } catch (Throwable failure) {
                getter.cancel();
                getters.remove(getter);
                if (!isEmpty() && !getter.isCancelled()) {
                    getters.wakeAndRemoveNext(); // it was this one's turn
                }
                throw failure;
            }
        }
        return Coroutine.of(getNow());
    }

    /**
     * Takes an item; asyncio's {@code get_nowait}.
     *
     * @throws QueueEmpty if there is none
     * @throws QueueShutDown if there is none and this was shut down
     */
    public E getNow() {
        checkThread();
        if (isEmpty()) {
            throw shutDown ? new QueueShutDown() : new QueueEmpty();
        }
        E item = take();
        putters.wakeAndRemoveNext();
        return item;
    }

    // ---------------------------------------------------------------- the end

    /**
     * Says that the work on one item that was taken is done; see {@link #join}.
     *
     * @throws IllegalStateException if it was said for every item that was put in
     */
    public void taskDone() {
        checkThread();
        finished.checkThread();
        if (unfinished <= 0) {
            throw new IllegalStateException("task_done() called too many times");
        }
        if (--unfinished == 0) {
            finished.set();
        }
    }

    /** Waits until {@link #taskDone} was said of every item that was put in. A cold coroutine. */
    @Async
    public Coroutine<Void> join() {
        if (unfinished > 0) {
            await(finished.waitUntilSet());
        }
        return Coroutine.done();
    }

    /**
     * Lets nothing more in. What is in it can still be taken; then {@code get} fails with {@link QueueShutDown}, as do those
     * who wait to put something in.
     */
    public void shutdown() {
        checkThread();
        shutDown = true;
        getters.wakeAndRemoveAll();
        putters.wakeAndRemoveAll();
    }

    /** As {@link #shutdown}; drops what is in it, as if {@link #taskDone} had been said of it. asyncio's {@code immediate}. */
    public void shutdownNow() {
        checkThread();
        finished.checkThread();
        unfinished = Math.max(0, unfinished - items.size());
        items.clear();
        if (unfinished == 0) {
            finished.set();
        }
        shutdown();
    }

    @Override
    final String describe() {
        return "maxSize=" + maxSize
                + (isEmpty() ? "" : " items=" + items)
                + (getters.size() == 0 ? "" : " getters=" + getters.size())
                + (putters.size() == 0 ? "" : " putters=" + putters.size())
                + (unfinished == 0 ? "" : " tasks=" + unfinished)
                + (shutDown ? " shutdown" : "");
    }
}
