package dev.backstitch;

import java.util.Locale;

/**
 * One {@code asend}, {@code athrow} or {@code aclose} of an asynchronous generator: a cold, single-use coroutine that
 * runs the generator's frame as its child until it yields or ends. Follows CPython 3.13, {@code Objects/genobject.c}.
 */
final class AsyncGenOperation<T> extends Coroutine<T> {

    enum Kind {
        /** A {@link #NEXT} for a loop: completes with whether there was a value, which goes to the loop's iterator. */
        EACH("anext()", "__anext__()/asend()"),
        NEXT("anext()", "__anext__()/asend()"),
        SEND("anext()", "__anext__()/asend()"),
        RAISE("athrow()", "aclose()/athrow()"),
        CLOSE("aclose()", "aclose()/athrow()");

        final String call;
        final String family;

        Kind(String call, String family) {
            this.call = call;
            this.family = family;
        }
    }

    private final AsyncGen<?> gen;
    private final Kind kind;
    private Object argument;
    /** The loop's iterator of an {@link Kind#EACH}; otherwise null. */
    private final Each.AsyncIterator<Object> loop;
    private boolean started;

    AsyncGenOperation(AsyncGen<?> gen, Kind kind, Object argument) {
        this.gen = gen;
        this.kind = kind;
        this.argument = argument;
        this.loop = null;
    }

    /** The operation that a turn of an {@code async for} loop awaits. */
    @SuppressWarnings("unchecked")
    AsyncGenOperation(Each.AsyncIterator<?> loop) {
        this.gen = loop.gen;
        this.kind = Kind.EACH;
        this.loop = (Each.AsyncIterator<Object>) loop;
    }

    /** What is thrown into an operation that has not started starts it, and takes the place of its argument. */
    @Override
    Object resume(Object in) throws Throwable {
        if (phase == CREATED && in instanceof Raised) {
            argument = in;
            return super.resume(null);
        }
        return super.resume(in);
    }

    /** A value sent to a pull that has not started is sent to the generator; one that throws has no use for it. */
    @Override
    boolean takesFirst(Object value) {
        if (kind == Kind.RAISE || kind == Kind.CLOSE) {
            return gen.phase == CLOSED || gen.busy; // it comes to nothing anyway
        }
        argument = value;
        return true;
    }

    @Override
    boolean exitsUnstarted() {
        return true;
    }

    @Override
    protected Object run() throws Throwable {
        Object out;
        if (started) {
            try {
                out = resumed();
            } catch (Throwable t) {
                return failed(t);
            }
        } else {
            started = true;
            if (gen.busy) {
                throw new IllegalStateException(kind.call + ": asynchronous generator is already running");
            }
            gen.busy = true;
            Object in = input();
            boolean ownExit = in != argument && kind == Kind.CLOSE;
            argument = null;
            if (in instanceof Raised raised && gen.phase == CLOSED) {
                return failed(raised.exception());
            }
            if (gen.phase == CLOSED) {
                out = null;
            } else if (gen.phase == CREATED && in != null && !(in instanceof Raised)) {
                return failed(new IllegalArgumentException(
                        "can't send non-None value to a just-started async generator"));
            } else {
                if (in instanceof Raised raised && gen.phase != CREATED && !ownExit) {
                    Traces.entering(raised.exception(), gen);
                }
                if (gen.phase == CREATED && !(in instanceof Raised)) {
                    gen.begun();
                }
                gen.awaitedBy(this);
                try {
                    out = gen.resumeNested(in, this);
                } catch (Throwable t) {
                    gen.pop();
                    return failed(gen.ended(t));
                }
                if (out == Signal.SUSPENDED) {
                    return waitFor(gen);
                }
                gen.pop();
                gen.phase = YIELDED;
                if (out != Signal.YIELDED) {
                    gen.phase = CLOSED;
                    gen.clear();
                }
            }
        }
        gen.paused();
        if (out == Signal.YIELDED) {
            return yielded(gen.take());
        }
        return switch (kind) {
            case CLOSE -> null;
            case EACH -> false;
            default -> throw new StopAsyncIteration();
        };
    }

    private Object input() {
        if (argument instanceof Raised) {
            return argument;
        }
        return switch (kind) {
            case EACH, NEXT, SEND -> argument;
            case RAISE -> new Raised((Throwable) argument);
            case CLOSE -> new Raised(new GeneratorExit());
        };
    }

    private Object yielded(Object value) {
        if (kind == Kind.CLOSE) {
            throw gen.ignoredExit();
        }
        if (kind == Kind.EACH) {
            loop.value = value;
            return true;
        }
        return value;
    }

    private Object failed(Throwable t) throws Throwable {
        gen.paused();
        if (kind == Kind.CLOSE && t instanceof GeneratorExit) {
            return null;
        }
        throw t;
    }

    @Override
    public String toString() {
        return (kind == Kind.EACH ? "next" : kind.name().toLowerCase(Locale.ROOT)) + "() of " + gen;
    }

    @Override
    IllegalStateException notStartable() {
        return phase == CLOSED
                ? new IllegalStateException("cannot reuse already awaited " + kind.family)
                : super.notStartable();
    }

    /** As CPython says of the generator, whose body it is that runs. */
    @Override
    IllegalStateException executing() {
        return gen.notStartable();
    }
}
