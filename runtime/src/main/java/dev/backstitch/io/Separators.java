package dev.backstitch.io;

/** What {@link StreamReader#readUntil} looks for. */
final class Separators {
    private final byte[][] separators;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    /** Before this none begins. */
    private int searched;
    private int start;
    private int end;

    Separators(byte[][] separators) {
        this.separators = separators;
        for (byte[] separator : separators) {
            shortest = Math.min(shortest, separator.length);
            longest = Math.max(longest, separator.length);
        }
        if (separators.length == 0) {
            throw new IllegalArgumentException("Separator should contain at least one element");
        }
        if (shortest == 0) {
            throw new IllegalArgumentException("Separator should be at least one-byte string");
        }
    }

    /** Looks for the one that ends first; of two that end together, the shorter. Says whether there is one. */
    boolean find(ByteQueue in) {
        start = -1;
        end = Integer.MAX_VALUE;
        for (byte[] separator : separators) {
            int found = in.indexOf(separator, searched);
            int foundEnd = found + separator.length;
            if (found >= 0 && (foundEnd < end || foundEnd == end && found > start)) {
                start = found;
                end = foundEnd;
            }
        }
        if (start < 0 && in.size() - searched >= shortest) {
            searched = Math.max(0, in.size() + 1 - longest); // but for what may be the beginning of one
        }
        return start >= 0;
    }

    /** How many bytes are known to belong to none. */
    int searched() {
        return searched;
    }

    /** Where the one that was found begins. */
    int start() {
        return start;
    }

    /** Behind the one that was found. */
    int end() {
        return end;
    }
}
