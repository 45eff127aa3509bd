package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.failing;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.concurrent.CompletableFuture;

/** Chains that no thread's stack would hold. */
public class DeepTarget {
    private static final int DEEP = 100_000;

    @Generator
    private static Gen<Integer> down(int n) {
        if (n == 0) {
            Gen.yield(1);
            Gen.yield(2);
            return Gen.end(0);
        }
        int depth = Gen.yieldFrom(down(n - 1));
        return Gen.end(depth + 1);
    }

    @HardCase(value = 57, reference = false)
    @Generator
    static Gen<Object> delegation() { // logs("called, yielded 1, yielded 2, ended with null, CLOSED with 100000")
        return Gen.end(Gen.yieldFrom(down(DEEP)));
    }

    @Async
    private static Coroutine<Integer> sink(int n, boolean waits) {
        if (n == 0) {
            return Coroutine.of(waits ? (int) Coroutine.suspend("bottom").toString().length() : 1);
        }
        return Coroutine.of(await(sink(n - 1, waits)) + 1);
    }

    @HardCase(value = 57, reference = false)
    @Async
    static Coroutine<Object> awaitsThatSuspend() { // logs("called, suspended on bottom, returned 100016")
        return Coroutine.of(await(sink(DEEP, true)));
    }

    @HardCase(value = 57, reference = false)
    @Async
    static Coroutine<Object> awaitsThatDoNot() { // logs("called, returned 100001")
        return Coroutine.of(await(sink(DEEP, false)));
    }

    @Async
    private static Coroutine<Integer> tail(int n) {
        return n == 0 ? Coroutine.of(7) : tail(n - 1);
    }

    @HardCase(value = 57, reference = false)
    @Async
    static Coroutine<Integer> tailCalls() { // logs("called, returned 7")
        return tail(DEEP);
    }

    @Async
    private static Coroutine<Integer> fails(int n) {
        try {
            return Coroutine.of(n == 0 ? await(failing(new Failure("bottom"))) : await(fails(n - 1)) + 1);
        } finally {
            unwound++;
        }
    }

    private static int unwound;

    @HardCase(value = 57, reference = false)
    @Async
    static Coroutine<Object> unwinding() { // logs("called, returned bottom after 2001")
        unwound = 0;
        try {
            await(fails(2000));
        } catch (Failure e) {
            return Coroutine.of(e.getMessage() + " after " + unwound);
        }
        return Coroutine.done();
    }

    @HardCase(value = 57, reference = false)
    @Async
    static Coroutine<Object> manyCompletedAwaits() { // logs("called, returned 100000")
        long sum = 0;
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        for (int i = 0; i < DEEP; i++) {
            sum += await(done);
        }
        return Coroutine.of(sum);
    }

    @HardCase(value = 57, reference = false)
    @Async
    static CompletableFuture<Object> manyPendingAwaits() { // logs("called, returned 20000")
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Integer> last = first;
        for (int i = 0; i < 20_000; i++) {
            last = plusOne(last);
        }
        first.complete(0);
        return CompletableFuture.completedFuture(await(last));
    }

    @Async
    private static CompletableFuture<Integer> plusOne(CompletableFuture<Integer> before) {
        return CompletableFuture.completedFuture(await(before) + 1);
    }
}
