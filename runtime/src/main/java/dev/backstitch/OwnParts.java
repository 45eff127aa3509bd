package dev.backstitch;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How much of a trace is of the chain of frames that it was completed for; what is below is of who drove the chain then. A
 * {@code finally} that suspends may be resumed by somebody else, and that is who is below when the exception goes on.
 * Thread-safe; holds nothing alive.
 */
final class OwnParts {
    private OwnParts() {}

    /**
     * @param size how many of the topmost elements are of the chain
     * @param root of the chain; null where no frame is known
     * @param ended whether that was all there will ever be of it: a hot coroutine that failed as its caller's
     */
    private record Part(int size, WeakReference<Frame> root, boolean ended) {}

    private static final Map<Throwable, Part> PARTS = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Notes that {@code size} of the {@code all} elements of the trace of {@code exception} are of the chain.
     *
     * @param frame one of the chain; null where none is known
     */
    static void note(Throwable exception, int size, int all, Frame frame) {
        if (size < all) {
            PARTS.put(exception, new Part(size, frame == null ? null : new WeakReference<>(frame.root()), false));
        } else {
            PARTS.remove(exception);
        }
    }

    /** Notes that who awaits the failure takes the place of who has called. */
    static void noteEnd(Throwable exception) {
        PARTS.computeIfPresent(exception, (e, part) -> new Part(part.size, part.root, true));
    }

    /** Whether what was noted is of the chain of {@code frame}. */
    static boolean isOf(Throwable exception, Frame frame) {
        Part part = PARTS.get(exception);
        return part != null && part.root != null && part.root.get() == frame.root();
    }

    /** What was noted; {@code all} if nothing was. */
    static int sizeOf(Throwable exception, int all) {
        Part part = PARTS.get(exception);
        return part == null ? all : Math.min(part.size, all);
    }

    /** As {@link #sizeOf}, if the end was noted; otherwise {@code all}. */
    static int sizeOfEnded(Throwable exception, int all) {
        Part part = PARTS.get(exception);
        return part == null || !part.ended ? all : Math.min(part.size, all);
    }
}
