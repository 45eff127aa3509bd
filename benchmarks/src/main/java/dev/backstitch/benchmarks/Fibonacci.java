package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Generators;
import dev.backstitch.benchmarks.peers.HandWritten;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One element of an endless Fibonacci generator, left after the first thousand. */
@State(Scope.Benchmark)
@OperationsPerInvocation(Fibonacci.N)
public class Fibonacci {
    static final int N = 1_000;

    int n = N;

    @Benchmark
    public long handWritten() {
        return sum(new HandWritten.Fibonacci());
    }

    @Benchmark
    public long backstitch() {
        return sum(Generators.fibonacci());
    }

    @Benchmark
    public long kotlinSequence() {
        return sum(KotlinGenerators.fibonacci().iterator());
    }

    @Benchmark
    public long stream() {
        return sum(Stream.iterate(new long[] {0, 1}, p -> new long[] {p[1], p[0] + p[1]})
                .map(p -> p[0])
                .iterator());
    }

    @Benchmark
    public long handWrittenOfLong() {
        return sumOfLong(new HandWritten.Fibonacci());
    }

    @Benchmark
    public long backstitchOfLong() {
        return sumOfLong(Generators.fibonacciOfLong());
    }

    private long sum(Iterator<Long> elements) {
        long sum = 0;
        for (int i = 0; i < n && elements.hasNext(); i++) {
            sum += elements.next();
        }
        return sum;
    }

    private long sumOfLong(PrimitiveIterator.OfLong elements) {
        long sum = 0;
        for (int i = 0; i < n && elements.hasNext(); i++) {
            sum += elements.nextLong();
        }
        return sum;
    }
}
