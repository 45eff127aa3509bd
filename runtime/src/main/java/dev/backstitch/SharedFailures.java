package dev.backstitch;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Remembers who has awaited a failure that several may await, so that the trace of one awaiter is not written over by the
 * next. Thread-safe; holds nothing alive.
 */
final class SharedFailures {
    private SharedFailures() {}

    private static final Map<Throwable, History> HISTORIES = new WeakHashMap<>();

    private static final class History {
        /** The promises and stages that have delivered the failure. */
        final Set<Object> sources = Collections.newSetFromMap(new WeakHashMap<>());
        /** The root of the chain that the failure's trace ends with; null when that was a hot coroutine's first run. */
        WeakReference<Frame> end;
    }

    /**
     * Whether the chain of {@code awaiter} continues the trace of {@code failure}: it is the first to await {@code source},
     * and the chain that the trace ends with has let the failure out.
     */
    static boolean continues(Throwable failure, Object source, Frame awaiter) {
        synchronized (HISTORIES) {
            History history = HISTORIES.computeIfAbsent(failure, f -> new History());
            if (!history.sources.add(source)) {
                return false;
            }
            Frame end = history.end == null ? null : history.end.get();
            if (end != null && end.phase != Frame.CLOSED) {
                return false;
            }
            history.end = awaiter == null ? null : new WeakReference<>(awaiter.root());
            return true;
        }
    }
}
