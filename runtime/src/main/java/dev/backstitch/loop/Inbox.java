package dev.backstitch.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What other threads hand in to a loop, taken in by it all at once, in the order of handing in. Nothing in it costs the
 * loop one read.
 */
final class Inbox {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(Inbox.class, "newest", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Node {
        final Object entry;
        /** The one handed in before; turned round when it is taken in. */
        Node next;

        Node(Object entry) {
            this.entry = entry;
        }
    }

    private volatile Node newest;

    /** Hands in {@code entry}; on any thread. */
    void add(Object entry) {
        var node = new Node(entry);
        do {
            node.next = newest;
        } while (!NEWEST.compareAndSet(this, node.next, node));
    }

    boolean isEmpty() {
        return newest == null;
    }

    /** Takes in all there is, oldest first; on the loop's thread. */
    void moveTo(ReadyQueue ready) {
        if (newest != null) {
            moveAllTo(ready);
        }
    }

    private void moveAllTo(ReadyQueue ready) {
        Node oldest = null;
        for (Node node = (Node) NEWEST.getAndSet(this, null); node != null; ) {
            Node before = node.next;
            node.next = oldest;
            oldest = node;
            node = before;
        }
        for (Node node = oldest; node != null; node = node.next) {
            ready.add(node.entry);
        }
    }
}
