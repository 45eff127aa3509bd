package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.peers.Generators;
import dev.backstitch.benchmarks.peers.HandWritten;
import dev.backstitch.benchmarks.peers.KotlinGenerators;
import dev.backstitch.benchmarks.peers.Tree;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One element of an in-order walk of a complete tree, by recursion; the hand-written one keeps a stack of nodes. */
@State(Scope.Benchmark)
@OperationsPerInvocation(TreeWalk.NODES)
public class TreeWalk {
    static final int NODES = 1_023;

    Tree root = Tree.of(0, NODES);

    @Benchmark
    public long handWritten() {
        return sum(new HandWritten.Walk(root));
    }

    @Benchmark
    public long backstitch() {
        return sum(Generators.walk(root));
    }

    @Benchmark
    public long kotlinSequence() {
        return sum(KotlinGenerators.walk(root).iterator());
    }

    @Benchmark
    public long handWrittenOfInt() {
        return sumOfInt(new HandWritten.Walk(root));
    }

    @Benchmark
    public long backstitchOfInt() {
        return sumOfInt(Generators.walkOfInt(root));
    }

    private static long sum(Iterator<Integer> elements) {
        long sum = 0;
        while (elements.hasNext()) {
            sum += elements.next();
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
