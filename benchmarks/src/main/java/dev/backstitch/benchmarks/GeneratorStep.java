package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Generators;
import dev.backstitch.benchmarks.peers.HandWritten;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import dev.backstitch.benchmarks.peers.Threads;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One element of {@code 0..n-1} in a loop that sums them. */
@State(Scope.Benchmark)
@OperationsPerInvocation(GeneratorStep.N)
public class GeneratorStep {
    static final int N = 1_000;

    /** Not a constant to the JIT. */
    int n = N;

    @Benchmark
    public long handWritten() {
        return sum(HandWritten.range(n));
    }

    @Benchmark
    public long backstitch() {
        long sum = 0;
        for (long x : Generators.range(n)) {
            sum += x;
        }
        return sum;
    }

    @Benchmark
    public long kotlinSequence() {
        return sum(KotlinGenerators.range(n).iterator());
    }

    @Benchmark
    public long stream() {
        return sum(LongStream.range(0, n).boxed().iterator());
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Djdk.virtualThreadScheduler.parallelism=1")
    public long virtualThreads() {
        return Threads.sumOfRange(n);
    }

    @Benchmark
    public long handWrittenOfLong() {
        return sumOfLong(new HandWritten.RangeOfLong(n));
    }

    @Benchmark
    public long backstitchOfLong() {
        return sumOfLong(Generators.rangeOfLong(n));
    }

    @Benchmark
    public long streamOfLong() {
        return sumOfLong(LongStream.range(0, n).iterator());
    }

    @Benchmark
    public long handWrittenOfInt() {
        return sumOfInt(new HandWritten.RangeOfInt(n));
    }

    @Benchmark
    public long backstitchOfInt() {
        return sumOfInt(Generators.rangeOfInt(n));
    }

    @Benchmark
    public long streamOfInt() {
        return sumOfInt(IntStream.range(0, n).iterator());
    }

    private static long sum(Iterator<Long> elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.next();
        }
        return sum;
    }

    private static long sumOfLong(PrimitiveIterator.OfLong elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.nextLong();
        }
        return sum;
    }

    private static long sumOfInt(PrimitiveIterator.OfInt elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.nextInt();
        }
        return sum;
    }
}
