package dev.backstitch.io;

import java.util.Arrays;

/** Bytes that are added at the end and taken from the beginning. */
final class ByteQueue {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    void add(byte[] from, int offset, int length) {
        if (length > bytes.length - end) {
            makeRoom(length);
        }
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    private void makeRoom(int length) {
        int size = size();
        int needed = Math.addExact(size, length);
        byte[] target = needed <= bytes.length / 2 ? bytes : new byte[Math.max(needed, Math.max(64, size * 2))];
        System.arraycopy(bytes, start, target, 0, size);
        bytes = target;
        start = 0;
        end = size;
    }

    /** Takes the first {@code count}, which must be there. */
    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
        start += count;
        if (start == end) {
            clear();
        }
        return taken;
    }

    void clear() {
        start = 0;
        end = 0;
        bytes = NONE;
    }

    /** Where {@code wanted} begins, counted from the first byte, at {@code from} or later; -1 if it does not. */
    int indexOf(byte[] wanted, int from) {
        int last = end - wanted.length;
        for (int i = start + from; i <= last; i++) {
            if (bytes[i] == wanted[0] && startsAt(i, wanted)) {
                return i - start;
            }
        }
        return -1;
    }

    private boolean startsAt(int index, byte[] wanted) {
        return Arrays.equals(bytes, index, index + wanted.length, wanted, 0, wanted.length);
    }

    /** Whether {@code wanted} stands at {@code from}, counted from the first byte. */
    boolean startsWith(byte[] wanted, int from) {
        return from + wanted.length <= size() && startsAt(start + from, wanted);
    }
}
