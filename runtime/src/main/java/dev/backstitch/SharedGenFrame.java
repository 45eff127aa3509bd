package dev.backstitch;

/**
 * Delegation to a generator that is not the delegating frame's alone (started before, or used by others meanwhile):
 * everything goes through its public methods, as CPython does.
 */
final class SharedGenFrame extends Frame {
    final Gen<?> gen;

    SharedGenFrame(Gen<?> gen) {
        this.gen = gen;
    }

    /**
     * Makes {@code gen}, which a frame delegates to, a root again, because somebody else than that frame is about to use it; that
     * goes on delegating to it through its public methods. A value that the root has ready was the root's before: it stays
     * with what replaces the generator.
     */
    static void replace(Gen<?> gen) {
        Frame outer = gen.pop();
        Frame root = outer.root();
        Frame inner = root.parentOrLeaf;
        gen.waitAt(inner);
        Frame shared = new SharedGenFrame(gen);
        shared.phase = YIELDED;
        if (root instanceof Gen<?> first && first.isLeafReady()) {
            shared.link = inner.take();
        }
        outer.waitFor(shared);
        root.waitAt(shared);
    }

    @Override
    Object resume(Object in) throws Throwable {
        phase = RUNNING;
        try {
            if (in instanceof Raised raised) {
                if (raised.exception() instanceof GeneratorExit) {
                    gen.close();
                    throw raised.exception();
                }
                link = gen.raiseTraced(raised.exception());
            } else if (in == null) {
                boolean finished = gen.phase == CLOSED;
                if (!gen.hasNext()) {
                    return finished ? null : gen.result();
                }
                link = gen.next();
            } else {
                link = gen.send(in);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
        return Signal.YIELDED;
    }

    @Override
    protected Object run() throws Throwable {
        return resume(null);
    }
}
