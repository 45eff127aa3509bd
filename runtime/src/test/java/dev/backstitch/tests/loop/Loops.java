package dev.backstitch.tests.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs bodies on a loop whose time is virtual, and counts its turns. */
final class Loops implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final EventLoop loop = new EventLoop(clock);
    final List<LoopError> errors = new ArrayList<>();
    private int turns;
    private boolean counting;

    Loops() {
        loop.setExceptionHandler(errors::add);
    }

    <T> T run(Coroutine<T> main) {
        return loop.runUntilComplete(main);
    }

    /** Runs {@code main}, a body that is given the counter it can ask for the number of turns so far. */
    <T> T counting(Function<Loops, Coroutine<T>> main) {
        counting = true;
        loop.callSoon(this::count);
        try {
            return run(main.apply(this));
        } finally {
            counting = false;
        }
    }

    private void count() {
        if (counting) {
            turns++;
            loop.callSoon(this::count);
        }
    }

    /** How many turns have begun since {@link #counting} was called. */
    int turn() {
        return turns;
    }

    @Override
    public void close() {
        loop.close();
    }
}
