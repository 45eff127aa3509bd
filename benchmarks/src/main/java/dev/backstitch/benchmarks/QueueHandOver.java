package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.KotlinScheduling;
import dev.backstitch.benchmarks.peers.Scheduling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** One number goes from one task to another, through a queue. */
@OperationsPerInvocation(QueueHandOver.N)
public class QueueHandOver extends OnLoop {
    static final int N = 100_000;

    @Param({"1", "64"})
    int capacity = 1;

    @Benchmark
    public Object backstitch() {
        return run(Scheduling.handOver(N, capacity));
    }

    @Benchmark
    public Object kotlinChannel() {
        return KotlinScheduling.handOver(N, capacity);
    }
}
