package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.KotlinScheduling;
import dev.backstitch.benchmarks.peers.Scheduling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** One task lets others run and goes on: alone, and among a thousand that do the same. */
@OperationsPerInvocation(LoopTurn.N)
public class LoopTurn extends OnLoop {
    static final int N = 100_000;
    private static final int MANY = 1_000;

    @Benchmark
    public Object backstitch() {
        return run(Scheduling.turns(1, N));
    }

    @Benchmark
    public Object kotlinYield() {
        return KotlinScheduling.turns(1, N);
    }

    @Benchmark
    public Object backstitchAmongMany() {
        return run(Scheduling.turns(MANY, N / MANY));
    }

    @Benchmark
    public Object kotlinYieldAmongMany() {
        return KotlinScheduling.turns(MANY, N / MANY);
    }
}
