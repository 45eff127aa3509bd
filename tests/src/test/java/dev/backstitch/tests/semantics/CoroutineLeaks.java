package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import java.util.concurrent.CompletableFuture;

/** The part of {@link LeakProgram} that awaits. */
final class CoroutineLeaks {
    private CoroutineLeaks() {}

    @Async
    static Coroutine<Void> cleans() {
        Coroutine.suspend(0);
        try {
            Coroutine.suspend(1);
        } finally {
            System.out.print("");
        }
        Coroutine.suspend(2);
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> overCleans() {
        Coroutine.suspend(-1);
        try {
            await(cleans());
        } finally {
            System.out.print("");
        }
        return cleans(); // which it awaits without being of use any more
    }

    @Async
    static Coroutine<Void> over() {
        await(overCleans());
        return Coroutine.done();
    }

    @Async
    static CompletableFuture<Void> hot(CompletableFuture<Void> gate) {
        try {
            await(gate);
        } finally {
            System.out.print("");
        }
        return CompletableFuture.completedFuture(null);
    }

    @Async
    @Generator
    static AsyncGen<Integer> values() {
        try {
            Gen.yield(1);
            Coroutine.suspend("in the generator");
            Gen.yield(2);
        } finally {
            System.out.print("");
        }
        Gen.yield(3);
        return AsyncGen.end();
    }

    @Async
    static Coroutine<Void> takes(int count) {
        for (int i : awaitEach(values())) {
            if (i == count) {
                break;
            }
        }
        return Coroutine.done();
    }

    private static void send(Coroutine<?> coroutine, int count) {
        for (int i = 0; i < count; i++) {
            try {
                coroutine.send(null);
            } catch (StopIteration end) {
                // as expected
            }
        }
    }

    static void dropReported() {
        send(cleans(), 2);
        send(over(), 3);
        hot(new CompletableFuture<>());
        send(takes(1), 1);
        AsyncGen<Integer> gen = values();
        send(gen.next(), 1);
        send(gen.next(), 1);
    }

    static void dropOthers() {
        send(cleans(), 0);
        send(cleans(), 1);
        send(cleans(), 3);
        send(cleans(), 4);
        send(overCleans(), 1);
        Coroutine<Void> closed = over();
        send(closed, 3);
        closed.close();
        Coroutine<Void> inTail = over();
        send(inTail, 5);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        hot(gate);
        gate.complete(null);
        send(takes(3), 2);
        AsyncGen<Integer> gen = values();
        send(gen.next(), 1);
        send(gen.close(), 1);
        EventLoop.run(takes(1)); // the loop closes the generator
    }
}
