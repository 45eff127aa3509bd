package dev.backstitch.loop;

/** First in, first out: the tasks and callbacks a loop runs next. */
final class ReadyQueue {
    private Object[] ring = new Object[64];
    private int head;
    private int size;

    /** Adds a {@link Task} or a {@link Timer}. */
    void add(Object entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = entry;
    }

    /** Takes the first entry; there must be one. */
    Object take() {
        Object entry = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return entry;
    }

    int size() {
        return size;
    }

    private void grow() {
        Object[] grown = new Object[ring.length * 2];
        int first = ring.length - head;
        System.arraycopy(ring, head, grown, 0, first);
        System.arraycopy(ring, 0, grown, first, head);
        ring = grown;
        head = 0;
    }
}
