package dev.backstitch;

import java.util.ArrayList;
import java.util.List;

/**
 * Debug mode's record of the coroutines that a thread has made and nobody has started. Nothing is recorded otherwise: making
 * a coroutine costs next to nothing, and finding out who made it costs a walk of the stack.
 *
 * <p>Held strongly, so that what is forgotten is reported for certain when the run ends, and not if and when it is collected;
 * those that have been started are let go whenever the record has doubled.
 */
final class Unawaited {
    /** {@code -Dbackstitch.debug=true}. */
    static final boolean RECORDED = Boolean.getBoolean("backstitch.debug");

    private static final int SMALL = 256;

    private static final ThreadLocal<Unawaited> OF_THREAD = ThreadLocal.withInitial(Unawaited::new);

    private List<Driver.Made> made = new ArrayList<>();
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
            made.removeIf(each -> each.coroutine().phase != Frame.CREATED);
            limit = Math.max(SMALL, 2 * made.size());
        }
        made.add(new Driver.Made(coroutine, Driver.callers()));
    }

    /** Those of this thread, in the order they were made; forgets them. */
    static List<Driver.Made> take() {
        Unawaited own = OF_THREAD.get();
        List<Driver.Made> taken = own.made;
        own.made = new ArrayList<>();
        taken.removeIf(each -> each.coroutine().phase != Frame.CREATED);
        return taken;
    }
}
