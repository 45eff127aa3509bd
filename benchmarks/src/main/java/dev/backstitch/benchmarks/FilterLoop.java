package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Generators;
import dev.backstitch.benchmarks.peers.HandWritten;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import java.util.Iterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One turn of a generator's loop that yields every 64th turn. */
@State(Scope.Benchmark)
@OperationsPerInvocation(FilterLoop.TURNS)
public class FilterLoop {
    static final int TURNS = 64_000;

    int turns = TURNS;

    @Benchmark
    public long handWritten() {
        return sum(new HandWritten.EverySixtyFourth(turns));
    }

    @Benchmark
    public long backstitch() {
        return sum(Generators.everySixtyFourth(turns));
    }

    @Benchmark
    public long kotlinSequence() {
        return sum(KotlinGenerators.everySixtyFourth(turns).iterator());
    }

    private static long sum(Iterator<Integer> elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.next();
        }
        return sum;
    }
}
