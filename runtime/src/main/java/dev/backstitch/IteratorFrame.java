package dev.backstitch;

import java.util.Iterator;

/**
 * Lets a plain {@link Iterator} take part in a chain of frames: what {@code yieldFrom} delegates to when the delegate is
 * not a generator. It has no {@code send}, {@code throw} or {@code close} of its own (PEP 380).
 */
final class IteratorFrame extends Frame {
    /** What the user named: the iterator, or the stream it came from. */
    final Object source;
    private final Iterator<?> iterator;

    IteratorFrame(Object source, Iterator<?> iterator) {
        if (iterator == null) {
            throw new NullPointerException("iterator() returned null");
        }
        this.source = source;
        this.iterator = iterator;
    }

    @Override
    Object resume(Object in) throws Throwable {
        phase = RUNNING;
        Throwable failure = null;
        try {
            if (in == null && iterator.hasNext()) {
                link = iterator.next();
                return Signal.YIELDED;
            }
            if (in != null) {
                failure = in instanceof Raised raised ? raised.exception() : noSend();
            }
        } catch (Throwable t) {
            failure = t;
        }
        closeSource(failure);
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private IllegalStateException noSend() {
        return new IllegalStateException(
                "object " + source.getClass().getName() + " has no send: it can only be sent null");
    }

    /** Closes a stream, which runs what the program wants then: like the rest of it, in this frame, which its parent waits for. */
    private void closeSource(Throwable failure) throws Throwable {
        if (source instanceof AutoCloseable stream && !(source instanceof Iterator)) {
            try {
                stream.close();
            } catch (Throwable t) {
                if (failure == null || failure instanceof GeneratorExit) {
                    throw t; // as PEP 380 says of a delegate's close()
                }
                if (t != failure) {
                    failure.addSuppressed(t);
                }
            }
        }
    }

    @Override
    protected Object run() throws Throwable {
        return resume(null);
    }
}
