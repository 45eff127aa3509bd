package dev.backstitch.sync;

import java.util.Comparator;
import java.util.Objects;

/**
 * A queue that gives the least item: asyncio's {@code PriorityQueue}. Which one of several equal ones is left open.
 */
public final class PriorityQueue<E> extends Queue<E> {
    private final java.util.PriorityQueue<E> heap;

    /** A queue that is never full, of items that are {@link Comparable}. */
    public PriorityQueue() {
        this(0);
    }

    /** As {@link Queue#Queue(int)}, of items that are {@link Comparable}. */
    public PriorityQueue(int maxSize) {
        this(maxSize, new java.util.PriorityQueue<>());
    }

    /** As {@link Queue#Queue(int)}; {@code order} says which item is the least. */
    public PriorityQueue(int maxSize, Comparator<? super E> order) {
        this(maxSize, new java.util.PriorityQueue<>(Objects.requireNonNull(order, "order")));
    }

    private PriorityQueue(int maxSize, java.util.PriorityQueue<E> heap) {
        super(maxSize, heap);
        this.heap = heap;
    }

    @Override
    E take() {
        return heap.poll();
    }
}
