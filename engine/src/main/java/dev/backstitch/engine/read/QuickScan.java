package dev.backstitch.engine.read;

/**
 * Whether a class file can concern Backstitch at all: whether any name or descriptor in its constant pool contains
 * {@code dev/backstitch/}. Most classes do not, and an agent asks for every class a JVM loads, so this makes no object
 * and reads nothing but the pool.
 *
 * <p>Algorithm: step over the pool's entries by their tags; in each {@code CONSTANT_Utf8} long enough, look at every byte
 * where the needle could end and skip as far as that byte allows (Horspool). In a pool that cannot be stepped over, with
 * a tag of the future or an entry that runs past the end, the rest is searched as one text: a damaged class file gives
 * an answer, never an exception, and the answer errs towards {@code true}.
 */
public final class QuickScan {
    private static final byte[] NEEDLE = {
        'd', 'e', 'v', '/', 'b', 'a', 'c', 'k', 's', 't', 'i', 't', 'c', 'h', '/'
    };
    private static final int LAST = NEEDLE.length - 1;

    /** By byte: how far the needle may move when that byte stands under its last one. */
    private static final byte[] SKIP = new byte[256];

    /** Offset of {@code constant_pool_count}; the entries follow it. */
    private static final int POOL_COUNT = 8;

    private static final int UTF8 = 1;

    /**
     * By tag: the size of an entry with its tag; 0 for a tag that no class file of today has. A long or double takes two
     * places. Most classes are scanned while the JVM still interprets this: a table is faster there than a switch.
     */
    private static final byte[] SIZE = {0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3};

    static {
        java.util.Arrays.fill(SKIP, (byte) NEEDLE.length);
        for (int i = 0; i < LAST; i++) {
            SKIP[NEEDLE[i]] = (byte) (LAST - i);
        }
    }

    private QuickScan() {}

    /**
     * Whether the class may refer to the runtime or its annotations. Any thread.
     *
     * @param classFile what should be a class file; not changed, and may be anything
     */
    public static boolean mayConcernUs(byte[] classFile) {
        int end = classFile.length;
        if (end < POOL_COUNT + 2) {
            return false;
        }
        int count = unsigned(classFile, POOL_COUNT);
        int at = POOL_COUNT + 2;
        for (int i = 1; i < count; i++) {
            if (at + 3 > end) {
                return false;
            }
            int tag = classFile[at];
            if (tag == UTF8) {
                int length = (classFile[at + 1] & 0xff) << 8 | classFile[at + 2] & 0xff;
                at += 3 + length;
                if (length > LAST && contains(classFile, at - length, Math.min(at, end))) {
                    return true;
                }
            } else {
                int size = tag > 0 && tag < SIZE.length ? SIZE[tag] : 0;
                if (size == 0) {
                    return contains(classFile, at, end);
                }
                if (size == 9) {
                    i++;
                }
                at += size;
            }
        }
        return false;
    }

    /** Whether the class may refer to EA Async. Slower; for those who rewrite such classes. Any thread. */
    public static boolean mayConcernEaAsync(byte[] classFile) {
        byte[] name = EaAsync.ASYNC.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int at = 0; at + name.length <= classFile.length; at++) {
            int i = 0;
            while (i < name.length && classFile[at + i] == name[i]) {
                i++;
            }
            if (i == name.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, int from, int to) {
        for (int last = from + LAST; last < to; last += SKIP[bytes[last] & 0xff]) {
            int i = LAST;
            while (bytes[last - LAST + i] == NEEDLE[i]) {
                if (i-- == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int unsigned(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
