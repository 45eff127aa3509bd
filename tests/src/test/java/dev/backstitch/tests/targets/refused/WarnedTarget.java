package dev.backstitch.tests.targets.refused;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.annotations.Suppress;
import dev.backstitch.loop.Task;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Code that can be rewritten and is hardly what was meant, beside code that only looks like it. Never run. */
public class WarnedTarget {
    static class Dropped {
        @Async
        static Coroutine<Integer> one() {
            return Coroutine.of(1);
        }

        @Generator
        static Gen<Integer> numbers() {
            Gen.yield(1);
            return Gen.end();
        }

        @Async
        static Task<Integer> hot() {
            return null;
        }

        @Async
        static Coroutine<Integer> drops(AsyncGen<Integer> gen, boolean b) {
            one(); // warned("BST-501")
            gen.close(); // warned("BST-501")
            Coroutine<Integer> kept = one(); // warned("BST-501")
            Coroutine<Integer> late = b ? one() : null;
            kept = one();
            hot();
            Coroutine.done();
            if (b) {
                late = null;
            }
            return Coroutine.of(await(kept) + await(late));
        }

        void plain() {
            numbers(); // warned("BST-501")
            Object o = (Object) numbers(); // warned("BST-501")
            Object seen = numbers();
            System.out.println(seen);
            for (int i : numbers()) {
                one(); // warned("BST-501")
            }
        }

        Runnable lambda() {
            return () -> { one(); }; // warned("BST-501")
        }
    }

    static class Yields<T> {
        @Generator
        static Gen<Long> longs(boolean b, Object any, Number number) {
            Gen.yield(1); // warned("BST-502")
            Gen.yield(1L);
            Gen.yield(any);
            Gen.yield(number);
            Gen.yield(null);
            Gen.yield("text"); // warned("BST-502")
            Gen.yield(b ? 1 : 2); // warned("BST-502")
            Gen.yield(List.of(1)); // warned("BST-502")
            Gen.yield(new int[0]); // warned("BST-502")
            Gen.yieldFrom(List.of(1L));
            return Gen.end();
        }

        @Generator
        static PrimitiveIterator.OfDouble doubles() {
            Gen.yield(1.5);
            Gen.yield(1); // warned("BST-502")
            return null;
        }

        @Generator
        static Iterator<? extends Number> numbers() {
            Gen.yield(1);
            Gen.yield('c'); // warned("BST-502")
            return null;
        }

        @Generator
        static <E> Iterable<E> generic() {
            Gen.yield(1);
            return null;
        }

        @Generator
        Iterable<T> ofClass() {
            Gen.yield("1");
            return null;
        }

        @Generator
        static Iterable<CharSequence> supertypes() {
            Gen.yield("1");
            Gen.yield(new StringBuilder());
            return null;
        }

        @Async
        @Generator
        static AsyncGen<String> texts() {
            Gen.yield("a");
            Gen.yield(2L); // warned("BST-502")
            return AsyncGen.end();
        }

        @Async
        @Generator
        static Flow.Publisher<List<String>> lists() {
            Gen.yield(List.of());
            Gen.yield("a"); // warned("BST-502")
            return null;
        }

        @SuppressWarnings("rawtypes")
        @Generator
        static Gen raw() {
            Gen.yield(1);
            return Gen.end();
        }
    }

    static class Results {
        @Async
        static Coroutine<Integer> number() {
            return Coroutine.of(1000);
        }

        @Async
        static Coroutine<Boolean> answer() {
            return Coroutine.of(true);
        }

        @Async
        static CompletableFuture<Coroutine<Void>> nested() {
            return CompletableFuture.completedFuture(Coroutine.done());
        }

        @Async
        static Coroutine<Object> object() {
            return Coroutine.of(new Object());
        }

        @Async
        static Coroutine<Boolean> compares(Integer expected, int primitive, Object poison) {
            boolean b = await(number()) == await(number()); // warned("BST-503")
            b |= await(number()) == expected; // warned("BST-503")
            b |= await(object()) != (Object) "text"; // warned("BST-503")
            b |= await(number()) == primitive;
            b |= await(number()).equals(await(number()));
            b |= await(object()) == poison;
            b |= await(number()) == null;
            return Coroutine.of(b);
        }

        @Async
        static Coroutine<Void> drops() {
            await(answer()); // warned("BST-503")
            await(nested()); // warned("BST-503")
            await(nested(), IllegalStateException.class); // warned("BST-503")
            await(number());
            await(object());
            await(await(nested()));
            if (await(answer())) {
                await(number());
            }
            return Coroutine.done();
        }
    }

    static class Blocks {
        @Async
        Coroutine<Object> blocks(BlockingQueue<Object> queue, CompletableFuture<Object> future, Thread thread)
                throws Exception {
            Thread.sleep(1); // warned("BST-504")
            future.join(); // warned("BST-504")
            future.get(); // warned("BST-504")
            thread.join(); // warned("BST-504")
            synchronized (this) {
                wait(); // warned("BST-504")
            }
            Object taken = queue.take(); // warned("BST-504")
            queue.poll();
            future.getNow(null);
            return Coroutine.of(taken);
        }

        @Generator
        static Gen<Object> pullsBlockingly(BlockingQueue<Object> queue) throws InterruptedException {
            while (true) {
                Gen.yield(queue.take());
            }
        }

        static void plain() throws InterruptedException {
            Thread.sleep(1);
        }

        static Supplier<Coroutine<String>> lambda(CompletableFuture<String> future) {
            return () -> {
                await(Coroutine.done());
                return Coroutine.of(future.join()); // warned("BST-504")
            };
        }
    }

    static class Suppressed {
        @Suppress({"BST-501", "BST-504"})
        @Async
        static Coroutine<Object> some(CompletableFuture<Object> future) {
            some(future);
            future.join();
            await(Results.answer());
            Supplier<Coroutine<Object>> nested = () -> {
                Supplier<Coroutine<Object>> deeper = () -> {
                    await(Coroutine.done());
                    return Coroutine.of(future.join());
                };
                await(deeper.get());
                return Coroutine.of(future.join());
            };
            return nested.get();
        }

        @Suppress("BST-501")
        @Async
        static Coroutine<Object> another(CompletableFuture<Object> future) {
            await(future);
            return Coroutine.of(future.join()); // warned("BST-504")
        }
    }

    @Suppress("BST-504")
    static class SuppressedClass {
        @Async
        static Coroutine<Object> blocks(CompletableFuture<Object> future) {
            await(future);
            return Coroutine.of(future.join());
        }
    }
}
