package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Runner;
import java.time.Duration;

/** What {@link DebugTest} starts in a JVM of its own, in debug mode. */
final class DebugProgram {
    private DebugProgram() {}

    @Async
    private static Coroutine<Integer> never() {
        return Coroutine.of(1);
    }

    @Async
    private static Coroutine<Integer> awaited() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(1);
    }

    @Async
    @Generator
    private static AsyncGen<Integer> numbers() {
        Gen.yield(1);
        return AsyncGen.end();
    }

    @Async
    private static Coroutine<Void> forgets() {
        never();
        for (int i = 0; i < 1_000; i++) {
            await(awaited());
        }
        never().close();
        numbers().next();
        return Coroutine.done();
    }

    /** @param args none */
    public static void main(String[] args) {
        try (var runner = new Runner()) {
            System.out.println("debug " + runner.loop().isDebug());
            runner.loop().setSlowCallbackDuration(Duration.ofDays(1)); // however slow the machine is
            runner.loop().setExceptionHandler(DebugProgram::print);
            runner.run(forgets());
        }
    }

    private static void print(LoopError error) {
        System.out.println(error.message());
        System.out.println(error.createdAt().get(0).getMethodName());
    }
}
