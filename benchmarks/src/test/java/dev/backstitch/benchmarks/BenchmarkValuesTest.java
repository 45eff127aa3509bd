package dev.backstitch.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstitch.benchmarks.peers.Threads;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Every benchmark method, of every peer, computes what its topic says. */
class BenchmarkValuesTest {

    static Stream<Method> benchmarks() {
        return Stream.of(GeneratorStep.class, Fibonacci.class, SixKindsOfIterator.class, FilterLoop.class,
                        TreeWalk.class, YieldFromDepth.class, AwaitFinished.class, LoopTurn.class, SpawnAndAwait.class,
                        QueueHandOver.class, TokenRing.class, UncontendedLock.class)
                .flatMap(topic -> Arrays.stream(topic.getMethods()))
                .filter(method -> method.isAnnotationPresent(Benchmark.class));
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void should_compute_the_value_of_its_topic_when_called(Method benchmark) throws Exception {
        assumeTrue(Threads.areVirtual() || !benchmark.getName().equals("virtualThreads"), "needs virtual threads");
        Object topic = benchmark.getDeclaringClass().getConstructor().newInstance();
        if (topic instanceof YieldFromDepth nested) {
            nested.setUp();
        }

        Object value = benchmark.invoke(topic);

        assertEquals(expected(benchmark), ((Number) value).longValue());
    }

    private static long expected(Method benchmark) {
        String name = benchmark.getName();
        return switch (benchmark.getDeclaringClass().getSimpleName()) {
            case "GeneratorStep" -> LongStream.range(0, GeneratorStep.N).sum();
            case "Fibonacci" -> fibonacci();
            case "SixKindsOfIterator" -> sixKinds(SixKindsOfIterator.N);
            case "FilterLoop" -> filtered();
            case "TreeWalk" -> IntStream.range(0, TreeWalk.NODES).asLongStream().sum();
            case "YieldFromDepth" -> LongStream.rangeClosed(1, YieldFromDepth.N).sum();
            case "AwaitFinished" -> name.startsWith("future") ? 41L * AwaitFinished.N
                    : name.startsWith("plusOne") ? 42L * AwaitFinished.N
                    : IntStream.range(0, AwaitFinished.N).mapToLong(i -> i & 63).sum();
            case "LoopTurn" -> LoopTurn.N;
            case "SpawnAndAwait" -> LongStream.range(0, SpawnAndAwait.N).sum();
            case "QueueHandOver" -> LongStream.range(0, QueueHandOver.N).sum();
            case "TokenRing" -> (long) TokenRing.TASKS * TokenRing.ROUNDS;
            case "UncontendedLock" -> LongStream.range(0, UncontendedLock.N).sum();
            default -> throw new IllegalArgumentException(benchmark.toString());
        };
    }

    private static long fibonacci() {
        long sum = 0;
        long[] pair = {0, 1};
        for (int i = 0; i < Fibonacci.N; i++) {
            sum += pair[0];
            pair = new long[] {pair[1], pair[0] + pair[1]};
        }
        return sum;
    }

    private static long sixKinds(long n) {
        return LongStream.range(0, n)
                .map(i -> i + i + 2 * i + i * i + LongStream.rangeClosed(0, i).sum() + (i ^ 0x55))
                .sum();
    }

    private static long filtered() {
        long sum = 0;
        int x = 1;
        for (int i = 0; i < FilterLoop.TURNS; i++) {
            x ^= i;
            sum += (i & 63) == 63 ? x : 0;
        }
        return sum;
    }
}
