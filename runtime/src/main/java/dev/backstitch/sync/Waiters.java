package dev.backstitch.sync;

/** Those who wait, first come, first served. Linked through the waiters, so that whoever is cancelled leaves at once. */
final class Waiters {
    private Waiter first;
    private Waiter last;
    private int size;

    void add(Waiter waiter) {
        waiter.list = this;
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
        size++;
    }

    /** Without effect if {@code waiter} is not in here. */
    void remove(Waiter waiter) {
        if (waiter.list != this) {
            return;
        }
        waiter.list = null;
        if (waiter.previous == null) {
            first = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            last = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.previous = null;
        waiter.next = null;
        size--;
    }

    /** Those who wait, and those who have been told or cancelled and have not run since. */
    int size() {
        return size;
    }

    /** Whether any of them has not been cancelled. */
    boolean anyLeft() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            if (!waiter.isCancelled()) {
                return true;
            }
        }
        return false;
    }

    /** Tells the first one that it is its turn, unless it has been told or cancelled. */
    void wakeFirst() {
        if (first != null) {
            first.wake();
        }
    }

    /** Tells the first {@code count} that have not been told that it is their turn; returns how many there were. */
    int wake(int count) {
        int woken = 0;
        for (Waiter waiter = first; waiter != null && woken < count; waiter = waiter.next) {
            woken += waiter.wake() ? 1 : 0;
        }
        return woken;
    }

    /** Removes one after the other until one of them could be told that it is its turn. */
    void wakeAndRemoveNext() {
        boolean woken = false;
        while (first != null && !woken) {
            Waiter waiter = first;
            remove(waiter);
            woken = waiter.wake();
        }
    }

    /** Tells and removes all. */
    void wakeAndRemoveAll() {
        while (first != null) {
            wakeAndRemoveNext();
        }
    }
}
