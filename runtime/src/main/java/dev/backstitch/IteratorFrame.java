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
        if (in instanceof Raised raised) {
            throw raised.exception();
        }
        if (in != null) {
            throw new IllegalStateException(
                    "object " + source.getClass().getName() + " has no send: it can only be sent null");
        }
        if (!iterator.hasNext()) {
            return null;
        }
        link = iterator.next();
        return Signal.YIELDED;
    }

    @Override
    protected Object run() throws Throwable {
        return resume(null);
    }

    @Override
    protected void clear() {
        if (source instanceof AutoCloseable stream && !(source instanceof Iterator)) {
            try {
                stream.close();
            } catch (Exception e) {
                throw Throwables.sneaky(e);
            }
        }
    }
}
