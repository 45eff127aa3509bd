package dev.backstitch.tests.races;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Threads meet where something ends: what runs, or is about to go on, is completed, cancelled or closed from outside. */
enum EndRaces implements Race {
    FAILURE("what a hot coroutine awaits is completed by one thread, failed by another, cancelled by a third") {
        @Override
        public void run(Racers racers) throws Exception {
            var bodies = new EndBodies();
            var source = new CompletableFuture<Integer>();
            checkOutcome(racers, source, bodies.hot(source), bodies);
            Race.onLoops(loop -> new EndBodies(), (loop, onLoop) -> {
                var other = new CompletableFuture<Integer>();
                checkOutcome(racers, other, loop.submit(onLoop.cold(other)), onLoop);
            });
        }

        private void checkOutcome(
                Racers racers, CompletableFuture<Integer> source, CompletableFuture<Integer> result, EndBodies bodies)
                throws Exception {
            var failure = new IOException();
            racers.race(
                    () -> source.complete(7), () -> source.completeExceptionally(failure), () -> source.cancel(true));
            Race.check(outcome(source).equals(outcome(result)), outcome(source) + " became " + outcome(result));
            bodies.check(source.isCompletedExceptionally() ? 0 : 1);
        }
    },
    OWN_FUTURE("a hot coroutine's own future is completed and cancelled from outside while what it awaits is completed") {
        @Override
        public void run(Racers racers) throws Exception {
            var bodies = new EndBodies();
            var source = new CompletableFuture<Integer>();
            end(racers, source, bodies.hot(source), bodies);
            Race.onLoops(loop -> new EndBodies(), (loop, onLoop) -> {
                var other = new CompletableFuture<Integer>();
                end(racers, other, Racers.get(loop.submit(onLoop.startHot(other))), onLoop);
            });
        }

        private void end(
                Racers racers, CompletableFuture<Integer> source, CompletableFuture<Integer> result, EndBodies bodies)
                throws Exception {
            racers.race(() -> source.complete(7), () -> result.complete(8), () -> result.cancel(true));
            Object outcome = outcome(result);
            Racers.get(bodies.ended);
            int after = bodies.after.get();
            bodies.check(after);
            Race.check(outcome.equals(8) || outcome.equals("cancelled") || outcome.equals(7) && after == 1, "it is " + outcome);
            Race.check(after <= 1, "ran twice");
        }
    },
    GOES_ON("a hot coroutine is cancelled while the hot one that it awaits, before something else, ends") {
        @Override
        public void run(Racers racers) throws Exception {
            var bodies = new EndBodies();
            var source = new CompletableFuture<Integer>();
            CompletableFuture<Integer> result = bodies.hotForever(EndBodies.relay(source));
            racers.race(() -> source.complete(7), () -> result.cancel(true));
            bodies.checkCancelled(result);
        }
    },
    AT_THE_END("a hot coroutine is cancelled while it ends") {
        @Override
        public void run(Racers racers) throws Exception {
            var bodies = new EndBodies();
            var source = new CompletableFuture<Integer>();
            CompletableFuture<Integer> result = bodies.hot(source);
            var taken = new boolean[1];
            racers.race(() -> source.complete(7), () -> taken[0] = result.cancel(true));
            Object outcome = outcome(result);
            Race.check(outcome.equals(taken[0] ? "cancelled" : 7), "cancel said " + taken[0] + ", but it is " + outcome);
            bodies.check(bodies.after.get());
        }
    },
    TASK_OVER_HOT("a task of a loop is cancelled while the hot coroutine that it awaits, and no loop runs, ends") {
        @Override
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new EndBodies(), (loop, bodies) -> {
                var source = new CompletableFuture<Integer>();
                CompletableFuture<Integer> result = loop.submit(bodies.coldForever(EndBodies.relay(source)));
                racers.race(() -> source.complete(7), () -> result.cancel(true));
                bodies.checkCancelledOrUnstarted(result);
            });
        }
    },
    HOT_OVER_TASK("a hot coroutine that no loop runs is cancelled while the task of a loop that it awaits ends") {
        @Override
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new EndBodies(), (loop, bodies) -> {
                var source = new CompletableFuture<Integer>();
                CompletableFuture<Integer> result = bodies.hotForever(loop.submit(EndBodies.coldRelay(source)));
                racers.race(() -> source.complete(7), () -> result.cancel(true));
                bodies.checkCancelled(result);
            });
        }
    },
    HOT_TASK("a hot `Task` of a loop is cancelled by other threads while what it awaits is completed") {
        @Override
        public void run(Racers racers) throws Exception {
            Race.onLoops(loop -> new EndBodies(), (loop, bodies) -> {
                var source = new CompletableFuture<Integer>();
                Task<Integer> task = Racers.get(loop.submit(bodies.startTask(source)));
                racers.race(
                        () -> source.complete(7),
                        () -> task.cancel("by a thread"),
                        () -> loop.callSoonThreadSafe(() -> task.cancel("by the loop")));
                bodies.checkCancelled(task.toCompletableFuture());
                Race.check(task.isCancelled(), "its own outcome is another");
            });
        }
    },
    HOT_RUNNING("a hot coroutine is cancelled while another thread runs it") {
        @Override
        public void run(Racers racers) throws Exception {
            var bodies = new EndBodies();
            var source = new CompletableFuture<Integer>();
            CompletableFuture<Integer> result = bodies.hotRunning(source);
            racers.race(() -> source.complete(7), () -> {
                bodies.awaitRunning();
                result.cancel(true);
                Race.check(bodies.last.get() == 0, "ended while it ran");
                bodies.found.incrementAndGet();
            });
            Race.check(bodies.after.get() == 1, "did not go on");
            bodies.checkCancelled(result);
        }
    },
    RUNNING("two threads that know that a coroutine or a generator runs on a third close it, send to it, throw into it") {
        @Override
        public void run(Racers racers) throws Exception {
            var cold = new EndBodies();
            Coroutine<Integer> coroutine = cold.coldRunning();
            coroutine.send(null);
            racers.race(
                    () -> expectEnd(() -> coroutine.send(null)),
                    () -> cold.expectRefused(coroutine::close, coroutine::close),
                    () -> cold.expectRefused(() -> coroutine.send(null), () -> coroutine.raise(new IOException())));
            cold.check(1);
            var generator = new EndBodies();
            Gen<Integer> gen = generator.genRunning();
            gen.next();
            racers.race(
                    () -> expectEnd(() -> gen.send(null)),
                    () -> generator.expectRefused(gen::close, gen::hasNext),
                    () -> generator.expectRefused(() -> gen.send(null), () -> gen.raise(new IOException())));
            generator.check(1);
        }

        private void expectEnd(Runnable resume) {
            try {
                resume.run();
            } catch (StopIteration end) {
                Race.check(end.value().equals(7), "another result");
                return;
            }
            throw new AssertionError("it did not end");
        }
    };

    private final String what;

    EndRaces(String what) {
        this.what = what;
    }

    @Override
    public String what() {
        return what;
    }

    /** The value, or what stands for a failure. */
    private static Object outcome(CompletableFuture<Integer> future) throws Exception {
        try {
            return Racers.get(future);
        } catch (CancellationException cancelled) {
            return "cancelled";
        } catch (IOException failed) {
            return failed;
        }
    }
}
