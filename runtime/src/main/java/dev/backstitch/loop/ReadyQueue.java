package dev.backstitch.loop;

import java.util.Arrays;
import java.util.Objects;

/**
 * First in, first out: the tasks and callbacks a loop runs next, in two halves of one array. One is run, the other takes what is
 * added meanwhile; when the one is empty they change places.
 *
 * <p>What was taken stays where it is until its place is needed: a task that lets others run in each turn comes to the same
 * place in every other turn, and is not stored again. A store into this array, which is old, costs a collector's barrier as
 * much as the rest of the turn. {@link #forget} drops what was left, before the loop waits.
 */
final class ReadyQueue implements Interleaving.Ready {
    /** A half larger than this gives its room back when little of it is used. */
    private static final int LARGE = 1 << 16;

    private Object[] entries = new Object[128];
    /** The length of a half. */
    private int half = 64;
    /** Where the half begins that is run; what is added goes to the other. */
    private int batch;
    /** What is left of that half, from the beginning of the half. */
    private int position;

    private int end;
    /** How many are in the other half. */
    private int added;
    /** How many places from the beginning of the half that is run are not null, and of the other. */
    private int used;

    private int usedByAdded;
    /** For {@link #left}. */
    private int left;

    /** Adds a {@link Task} or a {@link Timer}. */
    void add(Object entry) {
        if (added == half) {
            resize(2 * half, 0);
        }
        int place = half - batch + added++;
        if (entries[place] != entry) {
            entries[place] = entry;
        }
    }

    /** Changes with each entry that is taken, from one turn to the next. */
    int position() {
        return position;
    }

    /** Takes the first entry; null when there is none. */
    Object take() {
        if (position == end) {
            if (added == 0) {
                return null;
            }
            turnOver();
        }
        return entries[batch + position++];
    }

    /** The entry last taken, until something is taken, or forgotten. */
    Object taken() {
        return position == 0 ? null : entries[batch + position - 1];
    }

    private void turnOver() {
        if (half > LARGE && added < half >>> 4) {
            resize(half / 2, position);
        }
        int filled = Math.max(usedByAdded, added);
        usedByAdded = used;
        batch = half - batch;
        position = 0;
        end = added;
        added = 0;
        used = end;
        if (filled > end) {
            Arrays.fill(entries, batch + end, batch + filled, null);
        }
    }

    /** Drops what was taken. There must be nothing left. */
    void forget() {
        if (used > 0) {
            Arrays.fill(entries, batch, batch + used, null);
            used = 0;
        }
        if (usedByAdded > 0) {
            Arrays.fill(entries, half - batch, half - batch + usedByAdded, null);
            usedByAdded = 0;
        }
        position = 0;
        end = 0;
    }

    // ---------------------------------------------------------------- in another order

    /** Takes the entry that {@code order} chooses, {@code left} steps before the end of the turn; null when there is none. */
    Object take(Interleaving order, int left) {
        if (size() == 0) {
            return null;
        }
        this.left = left;
        int chosen = Objects.checkIndex(order.next(this), size());
        join(); // only now: what chooses may make others ready
        int first = batch + position;
        Object entry = entries[first + chosen];
        System.arraycopy(entries, first, entries, first + 1, chosen);
        entries[first] = entry;
        return take();
    }

    /** Puts what was added behind what is left of the batch. */
    private void join() {
        if (added == 0) {
            return;
        }
        if (end + added > half) {
            resize(size() > half ? 2 * half : half, position);
        }
        System.arraycopy(entries, half - batch, entries, batch + end, added);
        end += added;
        used = Math.max(used, end);
        usedByAdded = Math.max(usedByAdded, added);
        added = 0;
    }

    @Override
    public Object at(int index) {
        int inBatch = end - position;
        return Objects.checkIndex(index, size()) < inBatch
                ? entries[batch + position + index]
                : entries[half - batch + index - inBatch];
    }

    @Override
    public int left() {
        return left;
    }

    @Override
    public int size() {
        return end - position + added;
    }

    /** Makes the halves so long, and forgets the first {@code dropped} places of the batch, which were taken. */
    private void resize(int length, int dropped) {
        Object[] resized = new Object[2 * length];
        System.arraycopy(entries, batch + dropped, resized, 0, end - dropped);
        System.arraycopy(entries, half - batch, resized, length, added);
        entries = resized;
        half = length;
        batch = 0;
        position -= dropped;
        end -= dropped;
        used = end;
        usedByAdded = added;
    }
}
