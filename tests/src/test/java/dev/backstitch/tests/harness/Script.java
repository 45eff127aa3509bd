package dev.backstitch.tests.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one run of a case is driven.
 *
 * @param pattern bit i says whether the i-th awaitable the target makes is pending
 * @param action what the driver does beside resuming
 * @param at at which suspension it does it, from 0
 */
public record Script(int pattern, Action action, int at) {
    /** How many bits of {@link #pattern} count; the awaitables after that use them again. */
    static final int PATTERN_BITS = 6;

    private static final int ALL_PENDING = (1 << PATTERN_BITS) - 1;
    private static final int MOST_INTERVENTIONS = 8;

    /** What is done at suspension {@link Script#at}. */
    public enum Action {
        /** Nothing: run to the end. */
        RUN,
        /** Like RUN, but each resumption sends a value. */
        SEND,
        /** Raise an exception at the suspension point. */
        RAISE,
        /** Raise into an asynchronous generator by an operation of its own. */
        RAISE_OPERATION,
        /** Close. */
        CLOSE
    }

    /** Everything ready, nothing done: the run that tells how many awaitables and suspensions there are. */
    static Script plain() {
        return new Script(0, Action.RUN, 0);
    }

    /** Everything pending: the run that tells how many suspensions there are to intervene at. */
    static Script allPending() {
        return new Script(ALL_PENDING, Action.RUN, 0);
    }

    /**
     * All runs of a case with {@code awaitables} awaitables in its plain run, and {@code suspensions} suspensions when all
     * are pending.
     */
    static List<Script> all(int awaitables, int suspensions) {
        List<Script> scripts = new ArrayList<>();
        int bits = Math.min(awaitables, PATTERN_BITS);
        IntStream.range(0, 1 << bits).forEach(p -> scripts.add(new Script(p, Action.RUN, 0)));
        if (suspensions > 0) {
            scripts.add(new Script(ALL_PENDING, Action.SEND, 0));
        }
        for (Action action : List.of(Action.RAISE, Action.RAISE_OPERATION, Action.CLOSE)) {
            for (int at = 0; at < Math.min(suspensions, MOST_INTERVENTIONS); at++) {
                scripts.add(new Script(ALL_PENDING, action, at));
            }
        }
        return scripts;
    }

    @Override
    public String toString() {
        String bits = String.format("%6s", Integer.toBinaryString(pattern)).replace(' ', '0');
        return "pending=" + new StringBuilder(bits).reverse() + (action == Action.RUN ? "" : " " + action + "@" + at);
    }
}
