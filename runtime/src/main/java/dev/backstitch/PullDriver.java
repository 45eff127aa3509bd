package dev.backstitch;

/**
 * As {@link ChainDriver}, for chains of generators that are pulled: resumed at the leaf with null, which is most steps of most
 * generators that delegate. Stateless; a chain is driven by one thread at a time.
 */
final class PullDriver {
    private PullDriver() {}

    /**
     * Runs the chain of {@code root} from {@code innermost} to its next value. All of it is one loop, so that a step is one call
     * where the JIT does not inline it.
     *
     * @return false at the end of {@code root}
     */
    static boolean advanceFrom(Gen<?> root, Frame innermost) {
        Frame f = innermost;
        for (;;) {
            f.phase = Frame.RUNNING;
            Object out;
            try {
                out = f.run();
            } catch (Throwable t) {
                return thrown(root, f, t);
            }
            if (Leaks.ON && (out instanceof Signal || f.phase == Frame.WAITING)) {
                Leaks.suspended(f);
            }
            if (out == Signal.YIELDED) {
                f.phase = Frame.YIELDED;
                return f == innermost ? root.leafYielded() : yieldedAt(root, f);
            }
            if (out instanceof Gen<?> child && f.phase == Frame.WAITING) {
                f = child;
                continue;
            }
            if (out == Signal.SUSPENDED) {
                f = (Frame) f.link;
                continue;
            }
            f.phase = Frame.CLOSED;
            f.clear();
            if (f == root) {
                root.parentOrLeaf = null;
                root.link = out;
                return false;
            }
            Frame outer = f.parentOrLeaf;
            f.parentOrLeaf = null; // its place stays: nobody asks an ended frame for it
            if (outer.link != out) { // mostly both are null, and what is not stored costs no barrier
                outer.link = out;
            }
            f = outer;
        }
    }

    /** The chain has yielded at {@code newLeaf}, which may be its root. */
    private static boolean yieldedAt(Gen<?> root, Frame newLeaf) {
        if (newLeaf == root) {
            root.parentOrLeaf = null;
            return root.yielded();
        }
        root.parentOrLeaf = newLeaf;
        return root.leafYielded();
    }

    private static boolean thrown(Gen<?> root, Frame f, Throwable thrown) {
        try {
            return root.settled(ChainDriver.driveThrown(root, f, thrown));
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        }
    }
}
