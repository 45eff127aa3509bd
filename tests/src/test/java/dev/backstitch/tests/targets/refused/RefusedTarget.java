package dev.backstitch.tests.targets.refused;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.PreventsYields;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.Covers;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Code that compiles and cannot be rewritten: a class for each way, with the code on the line. Never run. */
public class RefusedTarget {
    private static final Object LOCK = new Object();

    @Covers({42, 45})
    static class InSynchronizedBlock {
        @Async
        static Coroutine<Object> waits() {
            Object x;
            synchronized (LOCK) {
                x = await(later(1)); // rejected("BST-201")
            }
            return Coroutine.of(x);
        }
    }

    @Covers(42)
    static class InNestedSynchronizedBlocks {
        @Generator
        Gen<Object> yields() {
            synchronized (this) {
                synchronized (LOCK) {
                    Gen.yield(1); // rejected("BST-201")
                }
                for (int i = 0; i < 3; i++) {
                    try {
                        Gen.yieldFrom(List.of(i)); // rejected("BST-201")
                    } finally {
                        Gen.yield(i); // rejected("BST-201")
                    }
                }
            }
            Gen.yield("free");
            return Gen.end();
        }
    }

    static class LoopInSynchronizedBlock {
        @Async
        Coroutine<Object> loops(AsyncGen<Object> gen) {
            synchronized (LOCK) {
                for (Object o : awaitEach(gen)) { // rejected("BST-201")
                    o.hashCode();
                }
            }
            return Coroutine.done();
        }
    }

    @Covers({43, 45})
    static class SynchronizedMethod {
        @Async
        synchronized Coroutine<Object> waits() {
            return Coroutine.of(await(later(1))); // rejected("BST-202")
        }
    }

    @Covers(43)
    static class SynchronizedStaticMethod {
        @Generator
        static synchronized Gen<Object> yields() {
            Gen.yield(1); // rejected("BST-202")
            return Gen.end();
        }
    }

    static class SynchronizedMethodThatWouldRunLater {
        @Async
        synchronized Coroutine<Object> runsWithoutItsMonitor() {
            return Coroutine.of(hashCode()); // rejected("BST-202")
        }
    }

    static class InConstructor {
        final Object value;

        InConstructor() {
            value = await(later(1)); // rejected("BST-203")
        }
    }

    static class InFieldInitialiser {
        final Object value = await(later(1)); // rejected("BST-203")
    }

    static class InStaticInitialiser {
        static final Object VALUE;

        static {
            VALUE = await(later(1)); // rejected("BST-204")
        }
    }

    interface InInterfaceConstant {
        Object VALUE = await(later(1)); // rejected("BST-204")
    }

    static class UnannotatedMethod {
        static Object waits() {
            return await(later(1)); // rejected("BST-103")
        }
    }

    static class UnannotatedMethodOfTheRightType {
        static Coroutine<Object> waits() {
            return Coroutine.of(await(later(1))); // rejected("BST-103")
        }
    }

    static class LambdaOfAnotherType {
        @Async
        static Coroutine<Object> waits() {
            Supplier<Object> lambda = () -> {
                return await(later(1)); // rejected("BST-103")
            };
            return Coroutine.of(lambda.get());
        }
    }

    static class VoidLambda {
        static Runnable runnable() {
            return () -> {
                await(later(1)); // rejected("BST-103")
            };
        }
    }

    static class WrongReturnTypeOfAsync {
        @Async
        static Object waits() { // prose: the line is the first of the body
            return await(later(1)); // rejected("BST-102")
        }
    }

    static class WrongReturnTypeOfGenerator {
        @Generator
        static List<Object> yields() {
            Gen.yield(1); // rejected("BST-102")
            return null;
        }
    }

    static class WrongReturnTypeVoid {
        @Async
        static void waits() {
            await(later(1)); // rejected("BST-102")
        }
    }

    static class GeneratorReturningCoroutine {
        @Generator
        static Coroutine<Object> yields() {
            Gen.yield(1); // rejected("BST-102")
            return Coroutine.done();
        }
    }

    static class AsyncReturningGen {
        @Async
        static Gen<Object> waits() {
            await(later(1)); // rejected("BST-102")
            return Gen.end();
        }
    }

    static class AwaitInGenerator {
        @Generator
        static Gen<Object> waits() {
            Gen.yield(1);
            await(later(1)); // rejected("BST-104")
            return Gen.end();
        }
    }

    static class YieldInCoroutine {
        @Async
        static Coroutine<Object> yields() {
            await(later(1));
            Gen.yield(1); // rejected("BST-104")
            return Coroutine.done();
        }
    }

    static class YieldInHotCoroutine {
        @Async
        static CompletableFuture<Object> yields() {
            Gen.yield(1); // rejected("BST-104")
            return CompletableFuture.completedFuture(1);
        }
    }

    static class YieldFromInAsyncGenerator {
        @Async
        @Generator
        static AsyncGen<Object> delegates() {
            Gen.yieldFrom(List.of(1)); // rejected("BST-104")
            return AsyncGen.end();
        }
    }

    static class MethodReference {
        static Function<CompletionStage<Object>, Object> reference() {
            return Coroutine::await; // rejected("BST-105")
        }
    }

    static class MethodReferenceToYield {
        static Function<Object, Object> reference() {
            return Gen::yield; // rejected("BST-105")
        }
    }

    static class Native {
        @Async
        static native Coroutine<Object> waits(); // prose: no line in the class file, see RefusedTest
    }

    static class MixedIterators {
        @Async
        static Coroutine<Object> mixes(AsyncGen<Object> gen, List<Object> list) {
            Iterator<Object> it = t() ? Coroutine.<Object>awaitEach(gen).iterator() : list.iterator();
            while (it.hasNext()) { // rejected("BST-305")
                it.next();
            }
            return Coroutine.done();
        }
    }

    interface Resource extends AsyncCloseable {
        Object use();
    }

    interface Scope extends PreventsYields {}

    static class ResourceClosedInUnannotatedMethod {
        static void closes(Resource resource) {
            resource.close(); // rejected("BST-103")
        }
    }

    static class ResourceClosedInSynchronizedBlock {
        @Async
        static Coroutine<Object> closes(Resource resource) {
            synchronized (LOCK) {
                resource.close(); // rejected("BST-201")
            }
            return Coroutine.done();
        }
    }

    static class ResourceClosedInGenerator {
        @Generator
        static Gen<Object> closes(Resource resource) {
            Gen.yield(1);
            resource.close(); // rejected("BST-104")
            return Gen.end();
        }
    }

    static class ResourceClosedByReference {
        static Runnable reference(Resource resource) {
            return resource::close; // rejected("BST-105")
        }
    }

    static class SharedHandler {
        @Async
        static Coroutine<Object> closes(Resource resource, AutoCloseable other) throws Throwable {
            try {
                resource.use();
            } catch (Throwable t) {
                try {
                    resource.close(); // rejected("BST-205")
                    other.close();
                } catch (Throwable x) {
                    t.addSuppressed(x);
                }
                throw t;
            }
            return Coroutine.done();
        }
    }

    static class YieldInScope {
        @Async
        @Generator
        static AsyncGen<Object> yields(Scope scope, Resource resource) {
            try (Resource r = resource) {
                Gen.yield("fine");
                try (Scope s = scope) {
                    await(later(s));
                    for (int i = 0; i < 3; i++) {
                        try (Resource q = resource) {
                            Gen.yield(r.use()); // rejected("BST-206")
                        } catch (IllegalStateException e) {
                            Gen.yield(e); // rejected("BST-206")
                        }
                    }
                } catch (IllegalStateException e) {
                    Gen.yield("behind it");
                } finally {
                    Gen.yield("behind it too");
                }
            }
            return AsyncGen.end();
        }
    }

    static class Accepted {
        @Async
        static Coroutine<Object> fine() {
            Object x;
            synchronized (LOCK) {
                x = LOCK.hashCode();
            }
            await(later(1));
            synchronized (LOCK) {
                x = x.toString();
            }
            return Coroutine.of(x);
        }
    }
}
