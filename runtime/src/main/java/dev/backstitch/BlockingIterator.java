package dev.backstitch;

import dev.backstitch.loop.EventLoop;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads an asynchronous generator from a thread that has no event loop: the thread runs one, of this iterator's own,
 * while it waits for a value. The loop stands still between two calls.
 */
final class BlockingIterator<Y> implements Iterator<Y>, AutoCloseable {
    private final AsyncGen<Y> gen;
    private final EventLoop loop = new EventLoop();
    private boolean fetched;
    private Y value;

    BlockingIterator(AsyncGen<Y> gen) {
        this.gen = gen;
    }

    @Override
    public boolean hasNext() {
        if (fetched) {
            return true;
        }
        if (loop.isClosed()) {
            return false;
        }
        boolean more = false;
        try {
            value = loop.runUntilComplete(gen.next());
            more = true;
        } catch (StopAsyncIteration end) {
            // not more
        } finally {
            if (!more) {
                loop.close();
            }
        }
        fetched = more;
        return more;
    }

    @Override
    public Y next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Y taken = value;
        value = null;
        fetched = false;
        return taken;
    }

    @Override
    public void close() {
        if (loop.isClosed()) {
            return;
        }
        fetched = false;
        value = null;
        try {
            loop.runUntilComplete(gen.close());
        } finally {
            loop.close();
        }
    }
}
