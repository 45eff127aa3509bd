package dev.backstitch.tests.harness.reference;

import java.util.Iterator;
import java.util.stream.BaseStream;

/** Twin of the runtime's generator, over a {@link Strand}. */
public class Gen<Y> implements Iterator<Y>, Iterable<Y>, AutoCloseable {
    /** Twin of the runtime's. */
    public enum State {
        CREATED,
        SUSPENDED,
        RUNNING,
        CLOSED
    }

    /** What {@link #end(Object)} returns. */
    private static final class End<Y> extends Gen<Y> {
        private final Object value;

        End(Object value) {
            super(() -> null);
            this.value = value;
        }
    }

    private final Strand strand;
    private boolean ready;
    private Object value;
    private Object result;

    Gen(Body body) {
        strand = new Strand(body::run);
    }

    @SuppressWarnings("unchecked")
    public static <S> S yield(Object value) {
        return (S) Strand.suspend(Strand.Kind.YIELDED, value);
    }

    /** PEP 380, as its "formal semantics" section spells it out. */
    @SuppressWarnings("unchecked")
    public static <R> R yieldFrom(Object iterable) {
        if (iterable instanceof Gen<?> gen) {
            return (R) gen.delegate();
        }
        Iterator<?> iterator = iterable instanceof Iterator<?> i
                ? i
                : iterable instanceof BaseStream<?, ?> s ? s.iterator() : ((Iterable<?>) iterable).iterator();
        if (iterator instanceof Gen<?> gen) {
            return (R) gen.delegate();
        }
        while (iterator.hasNext()) {
            if (Gen.<Object>yield(iterator.next()) != null) {
                throw new IllegalStateException("cannot send to an iterator");
            }
        }
        return null;
    }

    private Object delegate() {
        try {
            Object yielded = send(null);
            for (;;) {
                Object sent;
                try {
                    sent = Gen.yield(yielded);
                } catch (GeneratorExit exit) {
                    close();
                    throw exit;
                } catch (Throwable t) {
                    yielded = raise(t);
                    continue;
                }
                yielded = send(sent);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }

    public static <Y> Gen<Y> end() {
        return end(null);
    }

    public static <Y> Gen<Y> end(Object result) {
        return new End<>(result);
    }

    @Override
    public boolean hasNext() {
        refuseWhileRunning();
        if (!ready && !strand.isEnded()) {
            ready = took(strand.resume(null, null));
        }
        return ready;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Y next() {
        if (!hasNext()) {
            throw new StopIteration(null);
        }
        ready = false;
        return (Y) value;
    }

    /** What runs waits for nobody: a rendezvous would never come about. */
    private void refuseWhileRunning() {
        if (strand.isRunning()) {
            throw new IllegalStateException("generator already executing");
        }
    }

    /** Whether {@code event} is a value, which is now in {@link #value}. */
    private boolean took(Strand.Event event) {
        switch (event.kind()) {
            case YIELDED -> {
                value = event.value();
                return true;
            }
            case RETURNED -> {
                result = resultOf(event.value());
                return false;
            }
            case THREW -> {
                Throwable t = (Throwable) event.value();
                throw t instanceof StopIteration
                        ? new IllegalStateException("generator raised StopIteration", t)
                        : Strand.sneaky(t);
            }
            default -> throw new IllegalStateException("a generator cannot await");
        }
    }

    private static Object resultOf(Object returned) {
        if (returned != null && !(returned instanceof End<?>)) {
            throw new IllegalStateException("a generator's body must return Gen.end()");
        }
        return returned == null ? null : ((End<?>) returned).value;
    }

    public Y send(Object sent) {
        return step(sent, null);
    }

    public Y raise(Throwable raised) {
        if (strand.isEnded()) {
            throw Strand.sneaky(raised);
        }
        return step(null, raised);
    }

    @SuppressWarnings("unchecked")
    private Y step(Object sent, Throwable raised) {
        refuseWhileRunning();
        if (strand.isEnded()) {
            throw new StopIteration(null);
        }
        if (!strand.isStarted() && sent != null) {
            throw new IllegalArgumentException("can't send non-None value to a just-started generator");
        }
        ready = false;
        if (took(strand.resume(sent, raised))) {
            return (Y) value;
        }
        throw new StopIteration(result);
    }

    @Override
    public void close() {
        refuseWhileRunning();
        if (!strand.isStarted()) {
            strand.end();
        }
        if (strand.isEnded()) {
            return;
        }
        ready = false;
        try {
            if (took(strand.resume(null, new GeneratorExit()))) {
                throw new IllegalStateException("generator ignored GeneratorExit");
            }
        } catch (GeneratorExit exit) {
            // it ended as it was told to
        }
    }

    public Object result() {
        return result;
    }

    public State state() {
        return stateOf(strand);
    }

    static State stateOf(Strand strand) {
        return strand.isEnded()
                ? State.CLOSED
                : strand.isRunning() ? State.RUNNING : strand.isStarted() ? State.SUSPENDED : State.CREATED;
    }

    @Override
    public Iterator<Y> iterator() {
        return this;
    }
}
