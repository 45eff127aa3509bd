package dev.backstitch.tests.harness.reference;

import java.util.Iterator;

/** Twin of the runtime's {@code async for}. */
public final class Each<Y> implements Iterable<Y> {
    private final AsyncGen<? extends Y> gen;

    Each(AsyncGen<? extends Y> gen) {
        this.gen = gen;
    }

    @Override
    public Iterator<Y> iterator() {
        return new Iterator<>() {
            private Y value;

            @Override
            public boolean hasNext() {
                try {
                    value = Coroutine.await(gen.next());
                    return true;
                } catch (StopAsyncIteration stop) {
                    return false;
                }
            }

            @Override
            public Y next() {
                return value;
            }
        };
    }
}
