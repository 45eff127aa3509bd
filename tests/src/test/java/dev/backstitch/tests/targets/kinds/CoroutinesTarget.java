package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Cold and hot coroutines. */
public class CoroutinesTarget {

    @Async
    static Coroutine<Integer> add(int a, int b) {
        log("add");
        int x = await(later(a));
        return Coroutine.of(x + await(later(b)));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> callsRunNothing() { // logs("called, before, add, returned 3")
        Coroutine<Integer> cold = add(1, 2);
        log("before");
        return Coroutine.of(await(cold));
    }

    @HardCase({0, 40})
    @Async
    static Coroutine<Object> usedTwice() {
        Coroutine<Integer> once = add(1, 2);
        log(await(once));
        try {
            log(await(once));
        } catch (IllegalStateException e) {
            return Coroutine.of(e.getMessage());
        }
        return Coroutine.done();
    }

    @HardCase(0)
    @Async
    static Coroutine<Integer> tailCall() {
        log("tail");
        return add(num(3), num(4));
    }

    @HardCase(0)
    @Async
    static Coroutine<Integer> tailCallInTry() {
        try {
            return add(num(3), num(4));
        } finally {
            log("finally before the tail call " + await(later("runs")));
        }
    }

    @HardCase({0, 12})
    @Async
    static Coroutine<Object> eitherTail() {
        return t() ? Coroutine.of(await(later("a"))) : Coroutine.done();
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> returnsNull() {
        await(later("x"));
        return null;
    }

    @HardCase(0)
    @Async
    static Coroutine<Void> returnsNothing() {
        await(later("x"));
        return Coroutine.done();
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> neverSuspends() {
        return Coroutine.of(log("straight through"));
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> rawRequests() {
        Object a = Coroutine.suspend("one");
        Object b = Coroutine.suspend("two " + a);
        return Coroutine.of(a + "," + b);
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> foreignAwaitables() {
        Awaitable<String> pings = () -> Arrays.asList("ping", "ping").iterator();
        Awaitable<String> conversation = () -> conversation();
        return Coroutine.of(await(pings) + "," + await(conversation));
    }

    @Generator
    private static Gen<String> conversation() {
        String answers = "";
        try {
            answers += Gen.yield("first");
            answers += Gen.yield("second");
        } finally {
            log("conversation ends");
        }
        return Gen.end(answers);
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> answersToAnIterator() {
        Awaitable<String> requests = () -> Arrays.asList("an iterator has no send", "never asked").iterator();
        try {
            return Coroutine.of(await(requests));
        } catch (IllegalStateException e) {
            return Coroutine.of("refused");
        }
    }

    @HardCase(57)
    @Async
    static Coroutine<Long> recursion() {
        return Coroutine.of(await(factorial(10)));
    }

    @Async
    private static Coroutine<Long> factorial(int n) {
        if (n <= 1) {
            return Coroutine.of((long) await(later(1L)));
        }
        return Coroutine.of(n * await(factorial(n - 1)));
    }

    @HardCase(57)
    @Async
    static Coroutine<Object> mutualRecursion() {
        return Coroutine.of(await(even(7)) + " " + await(odd(7)));
    }

    @Async
    private static Coroutine<Boolean> even(int n) {
        return n == 0 ? Coroutine.of(true) : odd(n - 1);
    }

    @Async
    private static Coroutine<Boolean> odd(int n) {
        if (n == 0) {
            return Coroutine.of(false);
        }
        boolean result = await(even(n - 1));
        await(later(n));
        return Coroutine.of(result);
    }

    @HardCase(32)
    @Async
    static Coroutine<Object> failureThroughChain() {
        try {
            return Coroutine.of(await(outer()));
        } catch (Failure e) {
            return Coroutine.of("caught " + e.getMessage() + await(later("!")));
        } finally {
            log("top finally");
        }
    }

    @Async
    private static Coroutine<Object> outer() {
        try {
            return Coroutine.of(await(inner()));
        } finally {
            log("outer finally " + await(later("outer")));
        }
    }

    @Async
    private static Coroutine<Object> inner() {
        await(later("inner"));
        return Coroutine.of(await(failing(new Failure("deep"))));
    }

    // ---------------------------------------------------------------- hot

    @HardCase(0)
    @Async
    static CompletableFuture<Object> hot() {
        log("runs at once");
        Object a = await(later("a"));
        log("after a");
        Object b = await(later("b"));
        return CompletableFuture.completedFuture(a + "" + b);
    }

    @HardCase(0)
    @Async
    static CompletionStage<Object> hotStage() {
        return CompletableFuture.completedFuture(await(later("stage")) + "!" + await(add(1, 2)));
    }

    @HardCase({32, 36})
    @Async
    static CompletableFuture<Object> hotWithFinally() {
        try {
            log(await(later("try")));
            return CompletableFuture.completedFuture(await(later("value")));
        } finally {
            log(await(later("last finally")));
        }
    }

    @HardCase({32, 40})
    @Async
    static CompletableFuture<Object> hotFailing() {
        await(later("x"));
        if (t()) {
            throw new Failure("hot");
        }
        return null;
    }

    @HardCase(40)
    @Async
    static CompletableFuture<Object> hotFailingAtOnce() {
        if (t()) {
            throw new Failure("at once");
        }
        return CompletableFuture.completedFuture(await(later(1)));
    }

    @HardCase(0)
    @Async
    static CompletableFuture<Object> hotReturningPending() {
        log("start");
        return later("returned stage is awaited");
    }

    @HardCase(0)
    @Async
    static Coroutine<Object> awaitsHot() {
        CompletableFuture<Object> running = hot();
        log("started");
        return Coroutine.of(await(running) + "|" + await(hotStage()));
    }

    @HardCase({46, 0})
    @Async
    static CompletableFuture<Integer> hotLoop() {
        int sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += i * (int) await(later(i));
        }
        return CompletableFuture.completedFuture(sum);
    }

    @HardCase({46, 0})
    @Async
    static CompletableFuture<Object> hotWithFrameState() {
        String s = "";
        double d = 0.5;
        for (int i = 0; i < 3; i++) {
            try {
                s += await(add(i, (int) d)) + ";";
                d += await(later(1.5));
                if (i == 1) {
                    await(failing(new Failure("middle")));
                }
            } catch (Failure e) {
                s += e.getMessage() + await(later("?"));
            }
        }
        return CompletableFuture.completedFuture(s + d);
    }
}
