package dev.backstitch.loop;

import java.util.Arrays;

/**
 * The timers of a loop: a binary heap by deadline and, among equal deadlines, by the order they were added. A cancelled
 * timer stays until it is on top, or until it and its like are the greater part.
 */
final class TimerQueue {
    /** Fewer cancelled timers than this are not worth a sweep. */
    private static final int SWEEP_MINIMUM = 100;

    private Timer[] heap = new Timer[16];
    /** The number of each timer in the order of adding. It may wrap: it is only compared by difference. */
    private int[] number = new int[16];

    private int size;
    private int added;
    /** About how many in here are cancelled: one cancelled on its way from here to its turn counts too. */
    private int cancelled;

    void add(Timer timer) {
        if (size == heap.length) {
            int grown = size + (size >> 2) + 16; // by little, because a million of these are the loop's largest part
            heap = Arrays.copyOf(heap, grown);
            number = Arrays.copyOf(number, grown);
        }
        up(size++, timer, added++);
    }

    /** The timer due first that is not cancelled; null when there is none. */
    Timer first() {
        while (size > 0 && heap[0].isCancelled()) {
            removeFirst();
            cancelled = Math.max(0, cancelled - 1);
        }
        return size == 0 ? null : heap[0];
    }

    void removeFirst() {
        Timer last = heap[--size];
        heap[size] = null;
        if (size > 0) {
            down(0, last, number[size]);
        }
    }

    /** One of the timers in here has been cancelled. */
    void noteCancelled() {
        if (++cancelled > SWEEP_MINIMUM && cancelled > size / 2) {
            sweep();
        }
    }

    private void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!heap[i].isCancelled()) {
                heap[kept] = heap[i];
                number[kept++] = number[i];
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int i = size / 2 - 1; i >= 0; i--) {
            down(i, heap[i], number[i]);
        }
    }

    int size() {
        return size;
    }

    private static boolean before(Timer a, int numberOfA, Timer b, int numberOfB) {
        return a.when < b.when || a.when == b.when && numberOfA - numberOfB < 0;
    }

    private void up(int hole, Timer timer, int order) {
        int i = hole;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(timer, order, heap[parent], number[parent])) {
                break;
            }
            heap[i] = heap[parent];
            number[i] = number[parent];
            i = parent;
        }
        heap[i] = timer;
        number[i] = order;
    }

    private void down(int hole, Timer timer, int order) {
        int i = hole;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && before(heap[child + 1], number[child + 1], heap[child], number[child])) {
                child++;
            }
            if (!before(heap[child], number[child], timer, order)) {
                break;
            }
            heap[i] = heap[child];
            number[i] = number[child];
            i = child;
        }
        heap[i] = timer;
        number[i] = order;
    }
}
