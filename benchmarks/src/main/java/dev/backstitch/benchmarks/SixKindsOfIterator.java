package dev.backstitch.benchmarks;

import dev.backstitch.Gen;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import dev.backstitch.benchmarks.peers.SixKinds;
import java.util.Iterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One element in a loop that is compiled once and meets six classes of iterator in turn. */
@State(Scope.Benchmark)
@OperationsPerInvocation(SixKindsOfIterator.N * SixKinds.COUNT)
public class SixKindsOfIterator {
    static final int N = 1_000;

    int n = N;

    @Benchmark
    public long handWritten() {
        long sum = 0;
        for (int kind = 0; kind < SixKinds.COUNT; kind++) {
            sum += sum(SixKinds.handWritten(kind, n));
        }
        return sum;
    }

    @Benchmark
    public long backstitch() {
        long sum = 0;
        for (int kind = 0; kind < SixKinds.COUNT; kind++) {
            sum += sum(SixKinds.generator(kind, n));
        }
        return sum;
    }

    /** The loop knows that it has a {@code Gen}. */
    @Benchmark
    public long backstitchAsGen() {
        long sum = 0;
        for (int kind = 0; kind < SixKinds.COUNT; kind++) {
            sum += sumOfGen(SixKinds.generator(kind, n));
        }
        return sum;
    }

    @Benchmark
    public long kotlinSequence() {
        long sum = 0;
        for (int kind = 0; kind < SixKinds.COUNT; kind++) {
            sum += sum(KotlinGenerators.kind(kind, n).iterator());
        }
        return sum;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static long sum(Iterator<Long> elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.next();
        }
        return sum;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static long sumOfGen(Gen<Long> elements) {
        long sum = 0;
        for (long x : elements) {
            sum += x;
        }
        return sum;
    }
}
