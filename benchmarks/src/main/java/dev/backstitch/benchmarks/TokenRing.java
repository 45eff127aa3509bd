package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.KotlinScheduling;
import dev.backstitch.benchmarks.peers.Scheduling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** One pass of a token between two of ten thousand tasks in a ring; making and ending them is spread over ten rounds. */
@OperationsPerInvocation(TokenRing.TASKS * TokenRing.ROUNDS)
public class TokenRing extends OnLoop {
    static final int TASKS = 10_000;
    static final int ROUNDS = 10;

    @Benchmark
    public Object backstitch() {
        return run(Scheduling.ring(TASKS, ROUNDS));
    }

    @Benchmark
    public Object kotlinChannel() {
        return KotlinScheduling.ring(TASKS, ROUNDS);
    }
}
