package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.KotlinScheduling;
import dev.backstitch.benchmarks.peers.Scheduling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** One task is started, runs, and its result is awaited. */
@OperationsPerInvocation(SpawnAndAwait.N)
public class SpawnAndAwait extends OnLoop {
    static final int N = 10_000;

    @Benchmark
    public Object backstitch() {
        return run(Scheduling.spawnAndAwait(N));
    }

    @Benchmark
    public Object kotlinAsync() {
        return KotlinScheduling.spawnAndAwait(N);
    }
}
