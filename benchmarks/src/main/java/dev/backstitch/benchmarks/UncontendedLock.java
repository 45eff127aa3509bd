package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.KotlinScheduling;
import dev.backstitch.benchmarks.peers.Scheduling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** One lock that nobody else wants is locked and unlocked. */
@OperationsPerInvocation(UncontendedLock.N)
public class UncontendedLock extends OnLoop {
    static final int N = 100_000;

    @Benchmark
    public Object backstitch() {
        return run(Scheduling.lock(N));
    }

    @Benchmark
    public Object backstitchHold() {
        return run(Scheduling.hold(N));
    }

    @Benchmark
    public Object kotlinMutex() {
        return KotlinScheduling.lock(N);
    }
}
