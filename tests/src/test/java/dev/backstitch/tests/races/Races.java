package dev.backstitch.tests.races;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The races: each sets up a few objects, lets threads at them, and holds what came of it against what may come. */
enum Races {
    COMPLETIONS("three threads complete what a hot coroutine awaits") {
        @Override
        void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.hot(source);
            racers.race(() -> source.complete(1), () -> source.complete(2), () -> source.complete(3));
            check(source.join().equals(Racers.get(result)), "another value");
            check(bodies.after.get() == 1 && bodies.last.get() == 1, "ran twice");
        }
    },
    START("a hot coroutine starts while what it awaits is completed") {
        @Override
        void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            var results = new CompletableFuture<CompletableFuture<Integer>>();
            racers.race(() -> source.complete(7), () -> results.complete(bodies.outer(source)));
            check(Racers.get(results.join()) == 8, "another value");
            check(bodies.after.get() == 2 && bodies.last.get() == 2, "ran twice, or not");
        }
    },
    CANCELLATION("a hot coroutine is cancelled while what it awaits is completed") {
        @Override
        void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.outer(source);
            racers.race(() -> source.complete(7), () -> result.cancel(true));
            boolean cancelled = isCancelled(result);
            check(bodies.last.get() == 2, "finally ran " + bodies.last.get() + " times");
            check(cancelled || Racers.get(result) == 8, "another value");
        }
    },
    CANCELLATIONS("two threads cancel a hot coroutine, a third closes it by completing it") {
        @Override
        void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.hot(source);
            racers.race(() -> result.cancel(true), () -> result.cancel(false), () -> source.complete(7));
            boolean cancelled = isCancelled(result);
            check(bodies.last.get() == 1, "finally ran " + bodies.last.get() + " times");
            check(cancelled || bodies.after.get() == 1, "neither ended nor cancelled");
        }
    },
    MANY_AWAITS("a hot coroutine awaits futures that several threads complete in any order") {
        @Override
        void run(Racers racers) throws Exception {
            List<CompletableFuture<Integer>> sources = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sources.add(new CompletableFuture<>());
            }
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.sum(sources);
            racers.race(completer(sources, 0), completer(sources, 1), completer(sources, 2));
            check(Racers.get(result) == 30 * 29 / 2, "another sum");
            check(bodies.plain == 30 && bodies.last.get() == 1, "a step was lost or done twice");
        }

        private Runnable completer(List<CompletableFuture<Integer>> sources, int first) {
            return () -> {
                for (int i = first; i < sources.size(); i += 3) {
                    sources.get(i).complete(i);
                }
            };
        }
    },
    SUBMISSIONS("threads submit to a loop on a pool, whose tasks take turns") {
        @Override
        void run(Racers racers) throws Exception {
            onLoops((loop, bodies) -> {
                List<Future<?>> ends = java.util.Collections.synchronizedList(new ArrayList<>());
                Runnable submitter = () -> {
                    for (int i = 0; i < 5; i++) {
                        ends.add(loop.submit(bodies.turns(10)));
                    }
                };
                racers.race(submitter, submitter, submitter);
                for (Future<?> end : ends) {
                    Racers.get(end);
                }
                Racers.get(loop.shutdown());
                check(bodies.plain == 150 && bodies.last.get() == 15, "turns were lost: " + bodies.plain);
            });
        }
    },
    FOREIGN("tasks of a loop on a pool are cancelled from outside while others complete what they await") {
        @Override
        void run(Racers racers) throws Exception {
            onLoops((loop, bodies) -> {
                List<CompletableFuture<Integer>> sources = new ArrayList<>();
                List<CompletableFuture<Integer>> results = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    sources.add(new CompletableFuture<>());
                    results.add(loop.submit(bodies.cold(sources.get(i))));
                }
                racers.race(
                        () -> sources.forEach(source -> source.complete(1)),
                        () -> results.subList(0, 5).forEach(result -> result.cancel(true)));
                int ended = 0;
                for (CompletableFuture<Integer> result : results) {
                    ended += isCancelled(result) ? 0 : 1;
                }
                Racers.get(loop.shutdown());
                check(bodies.last.get() <= 10 && bodies.last.get() >= ended, "finally ran " + bodies.last.get() + " times");
                check(bodies.plain == bodies.after.get() && ended >= 5 && bodies.after.get() >= ended, "lost");
            });
        }
    },
    SHUTDOWN("a loop on a pool is shut down while threads submit to it") {
        @Override
        void run(Racers racers) throws Exception {
            onLoops((loop, bodies) -> {
                List<Future<?>> ends = java.util.Collections.synchronizedList(new ArrayList<>());
                Runnable submitter = () -> {
                    for (int i = 0; i < 5; i++) {
                        try {
                            ends.add(loop.submit(bodies.turns(3)));
                        } catch (IllegalStateException closed) {
                            return;
                        }
                    }
                };
                racers.race(submitter, submitter, loop::shutdown);
                Racers.get(loop.shutdown());
                int ended = 0;
                for (Future<?> end : ends) {
                    ended += hasEnded(end) ? 1 : 0;
                }
                check(ended == bodies.last.get(), "ended " + ended + ", but " + bodies.last.get() + " ran to their end");
            });
        }
    };

    /** What happens in it. */
    final String what;

    Races(String what) {
        this.what = what;
    }

    /** Runs it once; throws if something was lost or ran twice. */
    abstract void run(Racers racers) throws Exception;

    private interface OnLoop {
        void run(EventLoop loop, Bodies bodies) throws Exception;
    }

    /** On a loop on the fork-join pool, and on one on virtual threads where there are any. */
    private static void onLoops(OnLoop race) throws Exception {
        race.run(new EventLoop(Scheduler.forkJoin()), new Bodies());
        if (Runtime.version().feature() >= 21) {
            race.run(new EventLoop(Scheduler.virtualThreads()), new Bodies());
        }
    }

    /** Whether what must have ended was cancelled. */
    private static boolean isCancelled(CompletableFuture<?> future) throws Exception {
        try {
            Racers.get(future);
            return false;
        } catch (java.util.concurrent.CancellationException e) {
            return true;
        }
    }

    /** Whether it ended by itself; what a loop that was shut down left has ended too, in another way. */
    private static boolean hasEnded(Future<?> future) throws Exception {
        try {
            future.get(2, TimeUnit.MINUTES);
            return true;
        } catch (java.util.concurrent.CancellationException | ExecutionException e) {
            return false;
        }
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
