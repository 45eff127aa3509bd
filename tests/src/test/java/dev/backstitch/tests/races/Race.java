package dev.backstitch.tests.races;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sets up a few objects, lets threads at them, and holds what came of it against what may come. */
interface Race {
    /** What happens in it. */
    String what();

    /** Runs it once; throws if something was lost or ran twice. */
    void run(Racers racers) throws Exception;

    /** All of them. */
    static List<Race> all() {
        return Stream.<Race[]>of(Races.values(), EndRaces.values()).flatMap(Stream::of).toList();
    }

    /** What is done with a loop that is shut down afterwards. */
    interface OnLoop<B> {
        void run(EventLoop loop, B bodies) throws Exception;
    }

    /** On a loop on the fork-join pool, and on one on virtual threads where there are any. */
    static <B> void onLoops(Function<EventLoop, B> bodies, OnLoop<B> race) throws Exception {
        onLoop(new EventLoop(Scheduler.forkJoin()), bodies, race);
        if (Runtime.version().feature() >= 21) {
            onLoop(new EventLoop(Scheduler.virtualThreads()), bodies, race);
        }
    }

    private static <B> void onLoop(EventLoop loop, Function<EventLoop, B> bodies, OnLoop<B> race) throws Exception {
        try {
            race.run(loop, bodies.apply(loop));
        } finally {
            Racers.get(loop.shutdown());
        }
    }

    /** Whether what must have ended was cancelled. */
    static boolean isCancelled(CompletableFuture<?> future) throws Exception {
        try {
            Racers.get(future);
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }

    /** Throws an error with {@code otherwise} unless the {@code condition} holds. */
    static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
