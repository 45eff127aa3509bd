package dev.backstitch.loop;

/**
 * Chooses what a loop runs next, in place of first in, first out: for tests, which look for code that relies on an order
 * nobody promised it. Called on the loop's thread, between two steps.
 */
@FunctionalInterface
public interface Interleaving {
    /**
     * Chooses an entry; called once for each step of a turn.
     *
     * @return its index, from 0 (the one that has been ready for longest) to {@code ready.size() - 1}
     */
    int next(Ready ready);

    /** What may run next: tasks and callbacks, in the order they became ready. Valid during the call only. */
    interface Ready {
        /** How many are ready; at least one. */
        int size();

        /** How many steps are left to this turn: asyncio would run the first so many, and the others in the next turn. */
        int left();

        /** The {@link Task}, or an object that stands for the callback. */
        Object at(int index);
    }
}
