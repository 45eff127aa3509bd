package dev.backstitch.tests.leaks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What code that {@link Noting} has changed may still use, noted where it is about to suspend. */
public final class Notes {
    /** As many activations of a method as may be suspended at the same line and still be told apart. */
    private static final int MOST = 64;

    /**
     * What one activation may use from one suspension on.
     *
     * @param more whether there are operands that could not be noted
     */
    static final class Note {
        final List<Object> usable = new ArrayList<>();
        boolean more;

        boolean has(Object object) {
            return more || usable.stream().anyMatch(u -> u == object);
        }
    }

    private static final Map<String, Deque<Note>> NOTES = new HashMap<>();
    private static Note current;

    private Notes() {}

    static void clear() {
        NOTES.clear();
    }

    /** Code is about to suspend at {@code place}, {@code class.method:line}. */
    public static void begin(String place) {
        current = new Note();
        Deque<Note> notes = NOTES.computeIfAbsent(place, p -> new ArrayDeque<>());
        notes.addFirst(current);
        if (notes.size() > MOST) {
            notes.removeLast();
        }
    }

    /** It may use {@code object} afterwards. */
    public static void mayUse(Object object) {
        current.usable.add(object);
    }

    /** It may use operands that nobody can be told of. */
    public static void mayUseMore() {
        current.more = true;
    }

    /** What those may use that are suspended at {@code place}; the newest first. */
    static Iterable<Note> at(String place) {
        return NOTES.getOrDefault(place, new ArrayDeque<>());
    }
}
