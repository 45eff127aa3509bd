package dev.backstitch.loop;

/** First in, first out: the tasks and callbacks a loop runs next. */
final class ReadyQueue {
    /** A ring larger than this gives its room back when little of it is used. */
    private static final int LARGE = 1 << 16;

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
