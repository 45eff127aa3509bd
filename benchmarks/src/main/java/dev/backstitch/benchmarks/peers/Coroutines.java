package dev.backstitch.benchmarks.peers;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The coroutines that are measured, as a user writes them. */
public final class Coroutines {
    public static final Duration HOUR = Duration.ofHours(1);

    private Coroutines() {}

    /** Has no suspension point. */
    @Async
    static Coroutine<Object> echo(Object x) {
        return Coroutine.of(x);
    }

    /** As {@link #echo}, and private, so that its awaiter calls its body; the benchmark forbids the JIT to inline that. */
    @Async
    private static Coroutine<Object> echoFar(Object x) {
        return Coroutine.of(x);
    }

    /** Awaits something finished in the middle, so that it has a state machine. */
    @Async
    static Coroutine<Integer> plusOne(CompletableFuture<Integer> future) {
        int x = await(future);
        return Coroutine.of(x + 1);
    }

    /** As {@link #plusOne}, and private; the benchmark forbids the JIT to inline it. */
    @Async
    private static Coroutine<Integer> plusOneFar(CompletableFuture<Integer> future) {
        int x = await(future);
        return Coroutine.of(x + 1);
    }

    @Async
    public static Coroutine<Long> sumOfFuture(CompletableFuture<Integer> future, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += await(future);
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfEcho(Object[] values, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) await(echo(values[i & 63]));
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfEchoFar(Object[] values, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) await(echoFar(values[i & 63]));
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfOtherEcho(Object[] values, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) await(Services.echo(values[i & 63]));
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfFour(Services.Service[] services, Object[] values, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) await(services[i & 3].echo(values[i & 63]));
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfPlusOne(CompletableFuture<Integer> future, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += await(plusOne(future));
        }
        return Coroutine.of(sum);
    }

    @Async
    public static Coroutine<Long> sumOfPlusOneFar(CompletableFuture<Integer> future, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += await(plusOneFar(future));
        }
        return Coroutine.of(sum);
    }

    /** Waits for {@code gate} with one local alive. */
    @Async
    public static Coroutine<Long> waiter(CompletableFuture<Long> gate, int add) {
        long got = await(gate);
        return Coroutine.of(got + add);
    }

    /** Sleeps for an hour with one local alive. */
    @Async
    public static Coroutine<Integer> sleeper(int result) {
        await(sleep(HOUR));
        return Coroutine.of(result);
    }

    /** Sums its depth by a chain of awaits {@code depth} long; the innermost waits for {@code gate}. */
    @Async
    public static Coroutine<Long> deep(int depth, CompletableFuture<Long> gate) {
        if (depth == 0) {
            return Coroutine.of(await(gate));
        }
        long inner = await(deep(depth - 1, gate));
        return Coroutine.of(inner + 1);
    }
}
