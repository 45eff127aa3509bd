package dev.backstitch.tests.harness.reference;

/** Twin of the runtime's asynchronous generator: its requests go to the driver of whoever awaits its operations. */
public final class AsyncGen<Y> {
    private final Strand strand;
    private boolean busy;

    AsyncGen(Body body) {
        strand = new Strand(body::run);
    }

    public static <Y> AsyncGen<Y> end() {
        return null;
    }

    public Coroutine<Y> next() {
        return new Coroutine<>(() -> step(null, null));
    }

    public Coroutine<Y> send(Object value) {
        return new Coroutine<>(() -> step(value, null));
    }

    public Coroutine<Y> raise(Throwable raised) {
        return new Coroutine<>(() -> {
            if (!busy && strand.isEnded()) {
                throw raised;
            }
            return step(null, raised);
        });
    }

    public Coroutine<Void> close() {
        return new Coroutine<>(() -> {
            if (!busy && !strand.isStarted()) {
                strand.end();
            }
            if (!busy && strand.isEnded()) {
                return null;
            }
            try {
                step(null, new GeneratorExit());
            } catch (GeneratorExit | StopAsyncIteration ended) {
                return null;
            }
            throw new IllegalStateException("async generator ignored GeneratorExit");
        });
    }

    private Object step(Object sent, Throwable raised) throws Throwable {
        if (busy) {
            throw new IllegalStateException("asynchronous generator is already running");
        }
        if (strand.isEnded()) {
            throw new StopAsyncIteration();
        }
        busy = true; // for good, if the operation is closed and the body goes on waiting
        Strand.Event event = strand.resume(sent, raised);
        while (event.kind() == Strand.Kind.REQUESTED) {
            try {
                event = strand.resume(Strand.suspend(Strand.Kind.REQUESTED, event.value()), null);
            } catch (Throwable t) {
                event = strand.resume(null, t);
            }
        }
        busy = false;
        return switch (event.kind()) {
            case YIELDED -> event.value();
            case RETURNED -> throw new StopAsyncIteration();
            default -> throw escaped((Throwable) event.value());
        };
    }

    private static Throwable escaped(Throwable t) {
        return t instanceof StopIteration || t instanceof StopAsyncIteration
                ? new IllegalStateException("async generator raised " + t.getClass().getSimpleName(), t)
                : t;
    }

    public Gen.State state() {
        return Gen.stateOf(strand);
    }
}
