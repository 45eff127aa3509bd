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
