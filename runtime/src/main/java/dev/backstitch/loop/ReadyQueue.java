package dev.backstitch.loop;

import java.util.Objects;

/** First in, first out: the tasks and callbacks a loop runs next. */
final class ReadyQueue implements Interleaving.Ready {
    /** A ring larger than this gives its room back when little of it is used. */
    private static final int LARGE = 1 << 16;

    private Object[] ring = new Object[64];
    private int head;
    private int size;
    private int left;

    /** Adds a {@link Task} or a {@link Timer}. */
    void add(Object entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = entry;
    }

    /** Changes with each entry that is taken. */
    int head() {
        return head;
    }

    /** Takes the first entry; there must be one. */
    Object take() {
        Object entry = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return entry;
    }

    /** Takes the entry that {@code order} chooses, {@code left} steps before the end of the turn; there must be one. */
    Object take(Interleaving order, int left) {
        this.left = left;
        int chosen = Objects.checkIndex(order.next(this), size);
        int mask = ring.length - 1;
        Object entry = ring[(head + chosen) & mask];
        for (int i = head + chosen; i > head; i--) {
            ring[i & mask] = ring[(i - 1) & mask];
        }
        take();
        return entry;
    }

    @Override
    public Object at(int index) {
        return ring[(head + Objects.checkIndex(index, size)) & (ring.length - 1)];
    }

    @Override
    public int left() {
        return left;
    }

    @Override
    public int size() {
        return size;
    }

    /** Halves the room when a turn with few entries follows turns with very many. */
    void trim() {
        if (ring.length > LARGE && size < ring.length >>> 4) {
            resize(ring.length / 2);
        }
    }

    private void grow() {
        resize(ring.length * 2);
    }

    private void resize(int length) {
        Object[] resized = new Object[length];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, resized, 0, first);
        System.arraycopy(ring, 0, resized, first, size - first);
        ring = resized;
        head = 0;
    }
}
