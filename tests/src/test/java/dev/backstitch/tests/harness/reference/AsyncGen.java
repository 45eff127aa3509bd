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
        return new Operation<>(this, null, null, false);
    }

    public Coroutine<Y> send(Object value) {
        return new Operation<>(this, value, null, false);
    }

    public Coroutine<Y> raise(Throwable raised) {
        return new Operation<>(this, null, raised, false);
    }

    public Coroutine<Void> close() {
        return new Operation<>(this, null, new GeneratorExit(), true);
    }

    /** What the first send or raise brings takes the place of what the operation was made with. */
    private static final class Operation<T> extends Coroutine<T> {
        private final AsyncGen<?> gen;
        private final boolean closes;
        private Object sent;
        private Throwable raised;

        Operation(AsyncGen<?> gen, Object sent, Throwable raised, boolean closes) {
            super(null);
            this.gen = gen;
            this.sent = sent;
            this.raised = raised;
            this.closes = closes;
        }

        @Override
        boolean takesFirst(Object value, Throwable exception) {
            if (exception != null) {
                raised = exception;
                return true;
            }
            if (raised != null) {
                return gen.busy || gen.strand.isEnded();
            }
            sent = value;
            return true;
        }

        @Override
        Object call() throws Throwable {
            if (gen.busy) {
                throw new IllegalStateException("asynchronous generator is already running");
            }
            if (closes && raised instanceof GeneratorExit && !gen.strand.isStarted()) {
                gen.strand.end();
            }
            if (closes && raised instanceof GeneratorExit && gen.strand.isEnded()) {
                return null;
            }
            if (raised != null && gen.strand.isEnded()) {
                throw raised;
            }
            Object value;
            try {
                value = gen.step(sent, raised);
            } catch (GeneratorExit | StopAsyncIteration ended) {
                if (closes) {
                    return null;
                }
                throw ended;
            }
            if (closes) {
                throw new IllegalStateException("async generator ignored GeneratorExit");
            }
            return value;
        }
    }

    private Object step(Object sent, Throwable raised) throws Throwable {
        if (strand.isEnded()) {
            throw new StopAsyncIteration();
        }
        if (!strand.isStarted() && sent != null && raised == null) {
            throw new IllegalArgumentException("can't send non-None value to a just-started async generator");
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
