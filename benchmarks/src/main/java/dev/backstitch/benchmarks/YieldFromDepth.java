package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Generators;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import java.util.Iterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One element of the innermost of {@code depth} delegations, which are set up beforehand. */
@State(Scope.Benchmark)
@OperationsPerInvocation(YieldFromDepth.N)
public class YieldFromDepth {
    static final int N = 1_000;

    @Param({"1", "1000"})
    int depth = 1;

    private Iterator<Long> backstitch;
    private Iterator<Long> kotlin;

    @Setup(Level.Iteration)
    public void setUp() {
        backstitch = Generators.nested(depth);
        backstitch.next();
        kotlin = KotlinGenerators.nested(depth).iterator();
        kotlin.next();
    }

    @Benchmark
    public long backstitch() {
        return sum(backstitch);
    }

    @Benchmark
    public long kotlinSequence() {
        return sum(kotlin);
    }

    private static long sum(Iterator<Long> elements) {
        long sum = 0;
        for (int i = 0; i < N && elements.hasNext(); i++) {
            sum += elements.next();
        }
        return sum;
    }
}
