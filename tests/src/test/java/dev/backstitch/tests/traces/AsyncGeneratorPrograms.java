package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.traces.Rig.cancel;
import static dev.backstitch.tests.traces.Rig.note;
import static dev.backstitch.tests.traces.Rig.pause;
import static dev.backstitch.tests.traces.Rig.run;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.traces.Rig.Cancelled;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;
import java.util.List;

/** The twin of {@code async_generators.py}: the same functions, and the same labels on the lines that show in traces. */
final class AsyncGeneratorPrograms {
    private AsyncGeneratorPrograms() {}

    @Async
    static Coroutine<Integer> price(int i) {
        await(pause());
        if (i == 2) {
            throw new Oops(); // @price
        }
        return Coroutine.of(100 + i);
    }

    @Async
    @Generator
    static AsyncGen<Integer> ticker(int to) {
        for (int i = 0; i < to; i++) {
            Gen.yield(await(price(i))); // @ticker
            await(pause());
        }
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Integer> consume() {
        int total = 0;
        for (int p : awaitEach(ticker(5))) { // @consume
            total += p;
        }
        return Coroutine.of(total);
    }

    @Async
    static Coroutine<Integer> overConsume() {
        return consume(); // @over-consume
    }

    @Program
    static void asyncFor() {
        run(overConsume()); // @run-consume
    }

    @Async
    static Coroutine<List<Integer>> collect() {
        return ticker(5).toList(); // @collect
    }

    @Async
    static Coroutine<List<Integer>> overCollect() {
        return Coroutine.of(await(collect())); // @over-collect
    }

    @Program
    static void listComprehension() {
        run(overCollect()); // @run-collect
    }

    @Async
    static Coroutine<Void> bodyFails() {
        for (int p : awaitEach(ticker(2))) {
            if (p > 100) {
                throw new Oops(); // @body-fails
            }
        }
        return Coroutine.done();
    }

    @Program
    static void failureInTheLoopBody() {
        run(bodyFails()); // @run-body-fails
    }

    @Async
    @Generator
    static AsyncGen<Integer> failingAtOnce() {
        if (true) {
            throw new Oops(); // @at-once
        }
        Gen.yield(null);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> firstTurn() {
        for (int ignored : awaitEach(failingAtOnce())) { // @first-turn
        }
        return Coroutine.done();
    }

    @Program
    static void failureInTheFirstTurn() {
        run(firstTurn()); // @run-first-turn
    }

    @Async
    static Coroutine<Void> byHand() {
        AsyncGen<Integer> gen = ticker(5);
        await(gen.send(null));
        await(gen.send(1));
        await(gen.send(2)); // @by-hand
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overByHand() {
        await(byHand()); // @over-by-hand
        return Coroutine.done();
    }

    @Program
    static void sentTo() {
        run(overByHand()); // @run-by-hand
    }

    @Async
    @Generator
    static AsyncGen<Integer> plain() {
        Gen.yield(1); // @plain
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> throwsIt() {
        AsyncGen<Integer> gen = plain();
        await(gen.next());
        await(gen.raise(new Oops())); // @throws
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overThrows() {
        await(throwsIt()); // @over-throws
        return Coroutine.done();
    }

    @Program
    static void thrownIn() {
        run(overThrows()); // @run-throws
    }

    @Async
    @Generator
    static AsyncGen<Integer> handles() {
        try {
            Gen.yield(1); // @handles
        } catch (Oops e) {
            await(pause());
            note(e);
            throw new Other(e); // @handles-other
        }
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> throwsToHandler() {
        await(pause());
        AsyncGen<Integer> gen = handles();
        await(gen.next());
        await(gen.raise(new Oops())); // @throws-to-handler
        return Coroutine.done();
    }

    @Program
    static void thrownInAndHandled() {
        run(throwsToHandler()); // @run-throws-to-handler
    }

    @Async
    @Generator
    @SuppressWarnings("finally")
    static AsyncGen<Integer> failsAtTheEnd() {
        try {
            Gen.yield(1);
        } finally {
            await(pause());
            throw new Other(); // @at-the-end
        }
    }

    @Async
    static Coroutine<Void> closes() {
        AsyncGen<Integer> gen = failsAtTheEnd();
        for (int ignored : awaitEach(gen)) {
            break;
        }
        await(gen.close()); // @closes
        return Coroutine.done();
    }

    @Program
    static void raiseInFinallyOnClose() {
        run(closes()); // @run-closes
    }

    @Async
    @Generator
    static AsyncGen<Integer> doubled(AsyncGen<Integer> source) {
        for (int p : awaitEach(source)) { // @doubled
            Gen.yield(2 * p);
        }
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> consumeDoubled() {
        await(pause());
        for (int ignored : awaitEach(doubled(doubled(ticker(5))))) { // @consume-doubled
        }
        return Coroutine.done();
    }

    @Program
    static void pipeline() {
        run(consumeDoubled()); // @run-doubled
    }

    @Async
    @Generator
    static AsyncGen<Integer> stops() {
        Gen.yield(1);
        throw new StopAsyncIteration();
    }

    @Async
    static Coroutine<Void> consumeStops() {
        for (int ignored : awaitEach(stops())) { // @consume-stops
        }
        return Coroutine.done();
    }

    @Program
    static void stopAsyncIterationEscapes() {
        run(consumeStops()); // @run-stops
    }

    @Async
    @Generator
    static AsyncGen<Integer> stubborn() {
        try {
            Gen.yield(1);
        } finally {
            Gen.yield(2);
        }
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> closesStubborn() {
        AsyncGen<Integer> gen = stubborn();
        await(gen.next());
        await(gen.close()); // @closes-stubborn
        return Coroutine.done();
    }

    @Program
    static void exitIgnored() {
        run(closesStubborn()); // @run-closes-stubborn
    }

    @Async
    @Generator
    static AsyncGen<Integer> forever() {
        while (true) {
            await(pause()); // @forever
            Gen.yield(1);
        }
    }

    @Async
    static Coroutine<Void> consumeForever() {
        for (int ignored : awaitEach(forever())) { // @consume-forever
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overForever() {
        try {
            await(consumeForever()); // @over-forever
        } catch (Cancelled e) {
            note(e);
            throw e;
        }
        return Coroutine.done();
    }

    @Program
    static void cancelledInTheLoop() {
        cancel(overForever()); // @cancel-forever
    }

    @Async
    static Coroutine<Void> awaitsInFinally() {
        try {
            for (int ignored : awaitEach(ticker(5))) { // @awaits-in-finally
                await(pause());
            }
        } finally {
            await(pause());
        }
        return Coroutine.done();
    }

    @Program
    static void awaitInFinallyWhileInFlight() {
        run(awaitsInFinally()); // @run-awaits-in-finally
    }

    @Async
    static Coroutine<Void> reuses() {
        AsyncGen<Integer> gen = plain();
        Coroutine<Integer> turn = gen.next();
        await(turn);
        await(turn); // @reuses
        return Coroutine.done();
    }

    @Program
    static void reusedOperation() {
        run(reuses()); // @run-reuses
    }
}
