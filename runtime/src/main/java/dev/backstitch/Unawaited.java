package dev.backstitch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Debug mode's record of the coroutines that a thread has made and nobody has started. Nothing is recorded otherwise: making
 * a coroutine costs next to nothing, and finding out who made it costs a walk of the stack.
 *
 * <p>Held strongly, so that what is forgotten is reported for certain when the run ends, and not if and when it is collected;
 * those that have been started are let go when they suspend, or whenever the record has doubled.
 */
final class Unawaited {
    /** {@code -Dbackstitch.debug=true}. */
    static final boolean RECORDED = Boolean.getBoolean("backstitch.debug");

    private static final int SMALL = 256;

    private static final ThreadLocal<Unawaited> OF_THREAD = ThreadLocal.withInitial(Unawaited::new);

    /** Who made each, in the order they were made. */
    private final Map<Coroutine<?>, List<StackTraceElement>> made = new LinkedHashMap<>();
    private int limit = SMALL;

    private Unawaited() {}

    /** {@code coroutine} is being made. */
    static void add(Coroutine<?> coroutine) {
        if (!(coroutine instanceof Coroutine.Completed)) {
            OF_THREAD.get().record(coroutine);
        }
    }

    private void record(Coroutine<?> coroutine) {
        if (made.size() >= limit) {
            made.keySet().removeIf(each -> each.phase != Frame.CREATED);
            limit = Math.max(SMALL, 2 * made.size());
        }
        made.put(coroutine, Driver.callers());
    }

    /** {@code coroutine} has been started: if it was made on this thread, the record lets it go. */
    static void started(Coroutine<?> coroutine) {
        OF_THREAD.get().made.remove(coroutine);
    }

    /** Those of this thread, in the order they were made; forgets them. */
    static List<Driver.Made> take() {
        Map<Coroutine<?>, List<StackTraceElement>> own = OF_THREAD.get().made;
        List<Driver.Made> taken = new ArrayList<>();
        own.forEach((coroutine, at) -> {
            if (coroutine.phase == Frame.CREATED) {
                taken.add(new Driver.Made(coroutine, at));
            }
        });
        own.clear();
        return taken;
    }
}
