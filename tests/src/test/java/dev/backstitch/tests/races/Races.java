package dev.backstitch.tests.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads meet where something goes on: completions, submissions, the first cancellations. */
enum Races implements Race {
    COMPLETIONS("three threads complete what a hot coroutine awaits") {
        @Override
        public void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.hot(source);
            racers.race(() -> source.complete(1), () -> source.complete(2), () -> source.complete(3));
            Race.check(source.join().equals(Racers.get(result)), "another value");
            Race.check(bodies.after.get() == 1 && bodies.last.get() == 1, "ran twice");
        }
    },
    START("a hot coroutine starts while what it awaits is completed") {
        @Override
        public void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            var results = new CompletableFuture<CompletableFuture<Integer>>();
            racers.race(() -> source.complete(7), () -> results.complete(bodies.outer(source)));
            Race.check(Racers.get(results.join()) == 8, "another value");
            Race.check(bodies.after.get() == 2 && bodies.last.get() == 2, "ran twice, or not");
        }
    },
    CANCELLATION("a hot coroutine is cancelled while what it awaits is completed") {
        @Override
        public void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.outer(source);
            racers.race(() -> source.complete(7), () -> result.cancel(true));
            boolean cancelled = Race.isCancelled(result);
            Race.check(bodies.last.get() == 2, "finally ran " + bodies.last.get() + " times");
            Race.check(cancelled || Racers.get(result) == 8, "another value");
        }
    },
    CANCELLATIONS("two threads cancel a hot coroutine, a third closes it by completing it") {
        @Override
        public void run(Racers racers) throws Exception {
            var source = new CompletableFuture<Integer>();
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.hot(source);
            racers.race(() -> result.cancel(true), () -> result.cancel(false), () -> source.complete(7));
            boolean cancelled = Race.isCancelled(result);
            Race.check(bodies.last.get() == 1, "finally ran " + bodies.last.get() + " times");
            Race.check(cancelled || bodies.after.get() == 1, "neither ended nor cancelled");
        }
    },
    MANY_AWAITS("a hot coroutine awaits futures that several threads complete in any order") {
        @Override
        public void run(Racers racers) throws Exception {
            List<CompletableFuture<Integer>> sources = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sources.add(new CompletableFuture<>());
            }
            var bodies = new Bodies();
            CompletableFuture<Integer> result = bodies.sum(sources);
            racers.race(completer(sources, 0), completer(sources, 1), completer(sources, 2));
            Race.check(Racers.get(result) == 30 * 29 / 2, "another sum");
            Race.check(bodies.plain == 30 && bodies.last.get() == 1, "a step was lost or done twice");
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
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new Bodies(), (loop, bodies) -> {
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
                Race.check(bodies.plain == 150 && bodies.last.get() == 15, "turns were lost: " + bodies.plain);
            });
        }
    },
    FOREIGN("tasks of a loop on a pool are cancelled from outside while others complete what they await") {
        @Override
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new Bodies(), (loop, bodies) -> {
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
                    ended += Race.isCancelled(result) ? 0 : 1;
                }
                Racers.get(loop.shutdown());
                Race.check(bodies.last.get() <= 10 && bodies.last.get() >= ended, "finally ran " + bodies.last.get() + " times");
                Race.check(bodies.plain == bodies.after.get() && ended >= 5 && bodies.after.get() >= ended, "lost");
            });
        }
    },
    SHUTDOWN("a loop on a pool is shut down while threads submit to it") {
        @Override
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new Bodies(), (loop, bodies) -> {
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
                Race.check(ended == bodies.last.get(), "ended " + ended + ", but " + bodies.last.get() + " ran to their end");
            });
        }
    };

    private final String what;

    Races(String what) {
        this.what = what;
    }

    @Override
    public String what() {
        return what;
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
}
