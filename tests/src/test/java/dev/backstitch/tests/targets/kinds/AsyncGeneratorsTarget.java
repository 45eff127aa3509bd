package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe.Failure;

/** Asynchronous generators and the loops over them. */
public class AsyncGeneratorsTarget {

    @HardCase(0)
    @Async
    @Generator
    static AsyncGen<Object> ticker() {
        for (int i = 0; i < 3; i++) {
            Gen.yield(i);
            await(later("pause"));
        }
        return AsyncGen.end();
    }

    @HardCase({0, 12})
    @Async
    @Generator
    static AsyncGen<Object> yieldsAwaited() {
        Gen.yield(await(later("a")) + "-" + Gen.yield(await(later("b"))));
        Object sent = Gen.yield("c");
        log("sent " + sent);
        Gen.yield(num(1) + (int) await(later(2)));
        return null;
    }

    @HardCase({32, 38})
    @Async
    @Generator
    static AsyncGen<Object> withFinally() {
        try {
            Gen.yield("one");
            await(later("between"));
            Gen.yield("two");
            await(failing(new Failure("inside")));
        } catch (Failure e) {
            Gen.yield("caught " + e.getMessage());
            log(await(later("in catch")));
        } finally {
            log(await(later("in finally")));
        }
        Gen.yield("three");
        return AsyncGen.end();
    }

    @HardCase(10)
    @Async
    @Generator
    static AsyncGen<Long> primitives() {
        long a = 1;
        for (int i = 0; i < 3; i++) {
            Gen.yield(a);
            a = a * 3 + (int) await(later(i));
        }
        return AsyncGen.end();
    }

    @HardCase(46)
    @Async
    static Coroutine<Object> loop() { // logs("called, got 0, got 1, got 2, returned 3")
        int n = 0;
        for (Object i : awaitEach(ticker())) {
            log("got " + i);
            n++;
        }
        return Coroutine.of(n);
    }

    @HardCase(46)
    @Async
    static Coroutine<Object> nestedLoops() {
        StringBuilder s = new StringBuilder();
        outer:
        for (Object i : awaitEach(ticker())) {
            for (long j : awaitEach(primitives())) {
                if (j > 3) {
                    continue outer;
                }
                s.append(i).append(j).append(await(later(',')));
                if (i.equals(2)) {
                    break outer;
                }
            }
        }
        return Coroutine.of(s);
    }

    @HardCase({46, 32})
    @Async
    static Coroutine<Object> loopInTry() {
        AsyncGen<Object> gen = withFinally();
        try {
            for (Object o : awaitEach(gen)) {
                log(o);
                if ("two".equals(o)) {
                    throw new Failure("out of the loop");
                }
            }
        } catch (Failure e) {
            log(e.getMessage());
        } finally {
            await(gen.close());
        }
        return Coroutine.of(gen.state());
    }

    @HardCase(46)
    @Async
    @Generator
    static AsyncGen<Object> pipeline() {
        for (Object i : awaitEach(ticker())) {
            if ((int) i % 2 == 0) {
                Gen.yield("even " + i);
            }
        }
        return AsyncGen.end();
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> byHand() {
        AsyncGen<Object> gen = yieldsAwaited();
        Object first = await(gen.next());
        Object second = await(gen.send("sent"));
        String s = first + "," + second;
        try {
            while (true) {
                s += "," + await(gen.next());
            }
        } catch (StopAsyncIteration end) {
            s += " end";
        }
        return Coroutine.of(s);
    }

    @HardCase({46, 57})
    @Async
    static Coroutine<Object> manyElements() {
        long sum = 0;
        for (int i : awaitEach(upTo(2000))) {
            sum += i;
        }
        return Coroutine.of(sum);
    }

    @Async
    @Generator
    private static AsyncGen<Integer> upTo(int n) {
        for (int i = 0; i < n; i++) {
            Gen.yield(i);
        }
        return AsyncGen.end();
    }
}
