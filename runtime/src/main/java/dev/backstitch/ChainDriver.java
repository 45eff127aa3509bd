package dev.backstitch;

/**
 * The loop that resumes chains of frames: the leaf, and what is above it as far as frames end. See {@link Frame} for what a
 * chain is. Stateless; a chain is driven by one thread at a time.
 */
final class ChainDriver {
    private ChainDriver() {}

    /**
     * Resumes the chain of {@code root} at its leaf and runs it to the next suspension.
     *
     * <p>A {@link GeneratorExit} closes the chain from the leaf outwards as PEP 380 says: each frame gets an exit of its
     * own, and one that answers it with a yield makes its delegating frame see "ignored GeneratorExit".
     *
     * @param in the value to resume with, or a {@link Raised}
     * @return {@link Signal#Frame.YIELDED}, {@link Signal#SUSPENDED} (see {@link #pending}), or the result of {@code root}
     * @throws Throwable what escaped from {@code root}
     */
    static Object drive(Frame root, Object in) throws Throwable {
        Frame f = root.leaf();
        Object value = in;
        if (f.phase == Frame.WAITING && !(in instanceof Raised)) {
            value = Outcomes.of(f.link); // the leaf waits for a promise: that, not the driver, has the value
            if (value instanceof Raised raised) {
                Traces.awaited(raised.exception(), f, f.link);
            }
        }
        return value instanceof Raised ? driveOn(root, f, value, null, false) : driveOne(root, f, value);
    }

    /**
     * As {@link #driveOn}, of a value: most steps run the leaf from one wait to the next and nothing else, and so much can be
     * inlined into the scheduler's loop. Apart from {@link #drive}, in which traces find the driver by its line.
     */
    private static Object driveOne(Frame root, Frame f, Object value) throws Throwable {
        Object out;
        try {
            out = f.resume(value);
        } catch (Throwable t) {
            return driveOn(root, f, null, t, false);
        }
        if (out == Signal.SUSPENDED && waitsByItself(f)) {
            if (Leaks.ON) {
                Leaks.suspended(f);
            }
            root.waitAt(f);
            return out;
        }
        return driveOn(root, f, out, null, true);
    }

    /** Whether {@code f}, which has just suspended, waits for no other frame, and no other is to be left out above it. */
    private static boolean waitsByItself(Frame f) {
        return !(f.phase == Frame.WAITING && f.link instanceof Frame) && (f.place != Frame.INNER || !f.parentOrLeaf.inTailCall());
    }

    /** As {@link #drive}, for a chain whose {@code leaf} has just run and thrown {@code thrown}. */
    static Object driveThrown(Frame root, Frame leaf, Throwable thrown) throws Throwable {
        return driveOn(root, leaf, null, thrown, false);
    }

    /**
     * The driver's loop.
     *
     * @param from the frame to go on with
     * @param value what it is resumed with, or what it gave when it {@code hasRun}
     * @param thrown not null: it has run already, and thrown this
     */
    private static Object driveOn(Frame root, Frame from, Object value, Throwable thrown, boolean hasRun)
            throws Throwable {
        Frame f = from;
        Object in = value;
        Throwable escaped = thrown;
        Throwable traced = null;
        GeneratorExit exit = null;
        Frame closing = null;
        boolean ran = hasRun;
        if (!ran && in instanceof Raised raised) {
            traced = raised.exception();
            if (traced instanceof GeneratorExit e && f != root) {
                exit = e;
                closing = f;
                in = new Raised(new GeneratorExit());
            }
        }
        for (;;) {
            Object out;
            try {
                if (escaped != null) {
                    throw escaped;
                }
                out = ran ? in : f.resume(in);
                ran = false;
            } catch (Throwable t) {
                escaped = null;
                if (t != traced) {
                    Traces.crossing(t, f);
                }
                Throwable ended = f.ended(t);
                if (ended != t) {
                    Traces.crossing(ended, f);
                }
                if (f == root) {
                    root.parentOrLeaf = null;
                    throw ended;
                }
                traced = ended;
                Frame outer = f.pop();
                if (f == closing) { // whatever it let out, the outer one is still being closed
                    boolean quiet = ended instanceof GeneratorExit
                            || ended instanceof StopAsyncIteration && f instanceof AsyncGenOperation;
                    traced = quiet ? exitFor(outer, root, exit) : ended;
                    closing = outer == root ? null : outer;
                }
                in = new Raised(traced);
                f = outer;
                continue;
            }
            if (out == Signal.YIELDED && f instanceof AsyncGen) {
                f.phase = Frame.YIELDED;
                Frame operation = f.pop();
                if (f == closing) {
                    closing = operation; // which decides whether that was an answer to an exit
                }
                in = Signal.YIELDED;
                f = operation;
                continue;
            }
            if (out == Signal.YIELDED || out == Signal.SUSPENDED) {
                if (Leaks.ON) {
                    Leaks.suspended(f);
                }
                if (out == Signal.YIELDED) {
                    f.phase = Frame.YIELDED;
                } else {
                    f = innermost(f, root);
                    if (f.phase == Frame.CREATED) {
                        in = null;
                        continue;
                    }
                }
                if (closing instanceof AsyncGen) {
                    closing = closing.parent(); // an operation is closed as one with what it operates on
                }
                if (closing == null || closing == root) {
                    root.waitAt(f);
                    return out;
                }
                Frame outer = closing.pop(); // it lives on, by itself
                closing.waitAt(f);
                if (out == Signal.YIELDED) {
                    f.take(); // nobody gets what answers an exit
                }
                root.waitAt(outer); // what has yielded is no leaf of this chain any more
                traced = closing.ignoredExit();
                Traces.delivering(traced, outer);
                in = new Raised(traced);
                closing = outer == root ? null : outer;
                f = outer;
                continue;
            }
            f.phase = Frame.CLOSED;
            f.clear();
            if (f == root) {
                root.parentOrLeaf = null;
                return out;
            }
            Frame outer = f.pop();
            if (f == closing && f instanceof AsyncGen) {
                closing = outer == root ? null : outer; // the operation ends as it does without an exit
                in = out;
            } else if (f == closing) { // it swallowed the exit and returned: the outer one still gets it
                in = new Raised(exitFor(outer, root, exit));
                traced = ((Raised) in).exception();
                closing = outer == root ? null : outer;
            } else {
                in = out;
            }
            f = outer;
        }
    }

    /** As {@link #drive}, for a root whose body has run to its first suspension outside any driver. */
    static Object driveStarted(Frame root) throws Throwable {
        root.depth = 0;
        if (Leaks.ON) {
            Leaks.suspended(root);
        }
        Frame f = innermost(root, root);
        root.waitAt(f);
        return f.phase == Frame.CREATED ? drive(root, null) : Signal.SUSPENDED;
    }

    private static GeneratorExit exitFor(Frame frame, Frame root, GeneratorExit thrown) {
        return frame == root ? thrown : new GeneratorExit();
    }

    /** How many frames that only wait to return a tail call's result are kept for traces. */
    private static final int KEPT_TAILS = 32;

    /** The frame that the freshly suspended {@code f} waits for, in the end; drops finished tail callers on the way. */
    private static Frame innermost(Frame f, Frame root) {
        while (f.phase == Frame.WAITING && f.link instanceof Frame child) {
            f = child;
        }
        int tails = 0;
        for (Frame p = f.parent(), below = f; p != null && p.inTailCall(); below = p, p = p.parent()) {
            if (++tails > KEPT_TAILS) {
                Frame outer = p;
                while (outer != root && outer.place == Frame.INNER && outer.inTailCall()) {
                    outer = outer.parentOrLeaf;
                }
                below.parentOrLeaf = outer;
                outer.link = below;
                break;
            }
        }
        return f;
    }
}
