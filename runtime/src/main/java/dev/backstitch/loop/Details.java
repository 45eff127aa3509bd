package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What few futures and tasks need, kept out of the others to keep them small. */
final class Details {
    /** Who is told when the future is done, in order; null when nobody. */
    private List<Object> waiters;
    /** The task's name; null when nobody has given or asked for one. */
    String name;
    /** How many cancellations have been requested and not taken back. */
    int cancelling;
    /** Whether the next step of the task is to throw a {@link CancelledError}. */
    boolean mustCancel;
    /** Whether the task has given up what it waits for: its next step throws a {@link CancelledError}. */
    boolean abandoned;
    /** The last request to cancel this; null when there was none. */
    CancelRequest request;
    /** What the task waits for, where its frame does not know. */
    Object waiting;
    /** What the task has of the thread-bound contexts; null when none is registered. */
    ThreadContexts threadContext;
    /** The task's {@link Context}, or, while it has set nothing, the {@link ContextMap} it starts with; null if empty. */
    Object context;
    /** The innermost cancel scope that the task is in; null when it is in none. */
    ScopeNode scope;
    /** Where this was made; null unless in debug mode. */
    Origin origin;

    void add(Object waiter) {
        if (waiters == null) {
            waiters = new ArrayList<>(4);
        }
        waiters.add(waiter);
    }

    boolean remove(Object waiter) {
        return waiters != null && waiters.remove(waiter);
    }

    /**
     * Forgets the waiters that are {@code unwanted}; says how many there were. The question may be the program's own code,
     * an {@code equals}, and change the waiters.
     */
    int removeAll(Predicate<Object> unwanted) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object waiter : waiters()) {
            if (unwanted.test(waiter)) {
                found.add(waiter);
            }
        }
        int before = waiters == null ? 0 : waiters.size();
        if (before == 0 || found.isEmpty()) {
            return 0;
        }
        waiters.removeIf(found::contains);
        return before - waiters.size();
    }

    /** Takes all waiters, leaving none. */
    List<Object> takeWaiters() {
        List<Object> taken = waiters == null ? List.of() : waiters;
        waiters = null;
        return taken;
    }

    /** All waiters: a copy. */
    List<Object> waiters() {
        return waiters == null ? List.of() : List.copyOf(waiters);
    }

    boolean hasWaiters() {
        return waiters != null && !waiters.isEmpty();
    }
}
