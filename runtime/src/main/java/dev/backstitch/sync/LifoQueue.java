package dev.backstitch.sync;

import java.util.ArrayList;

/** A queue that gives the item that was put in last: asyncio's {@code LifoQueue}. */
public final class LifoQueue<E> extends Queue<E> {
    private final ArrayList<E> stack;

    /** A queue that is never full. */
    public LifoQueue() {
        this(0);
    }

    /** As {@link Queue#Queue(int)}. */
    public LifoQueue(int maxSize) {
        this(maxSize, new ArrayList<>());
    }

    private LifoQueue(int maxSize, ArrayList<E> stack) {
        super(maxSize, stack);
        this.stack = stack;
    }

    @Override
    E take() {
        return stack.remove(stack.size() - 1);
    }
}
