package dev.backstitch.benchmarks;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.benchmarks.peers.Coroutines;
import dev.backstitch.benchmarks.peers.KotlinAwaits;
import dev.backstitch.benchmarks.peers.KotlinServices;
import dev.backstitch.benchmarks.peers.Services;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One await, in a coroutine that sums what a thousand of them give, of something that does not suspend: a future that is
 * done; a coroutine without suspension point ({@code echo}); a coroutine that awaits a future that is done
 * ({@code plusOne}). {@code Far}: the JIT may not inline the coroutine; {@code Other}: nor is it of the same class;
 * {@code Four}: it is called through an interface, and each of four implementations is met.
 *
 * <p>The loop of each peer is compiled by itself, as it is where a scheduler runs coroutines of many classes. With one class
 * only the JIT inlines it into JMH's own loop, where how often it is unrolled depends on what else is there.
 */
@State(Scope.Benchmark)
@OperationsPerInvocation(AwaitFinished.N)
@Fork(value = 1, jvmArgsAppend = AwaitFinished.LOOPS)
public class AwaitFinished {
    static final int N = 1_000;
    private static final String PEERS = "-XX:CompileCommand=dontinline,dev.backstitch.benchmarks.peers.";
    static final String LOOPS = PEERS + "*::sumOf*";

    /** The body of an echo, and not what its caller calls, which only makes the coroutine. */
    private static final String BODY = "(Ljava/lang/Object;Ldev/backstitch/Frame;I";

    int n = N;
    CompletableFuture<Integer> future = CompletableFuture.completedFuture(41);
    Object[] values = new Object[64];
    Services.Service[] services = Services.four();
    KotlinServices.Service[] kotlinServices = KotlinServices.four();

    {
        Arrays.setAll(values, i -> i);
    }

    @Benchmark
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public Object futurePlainCall() {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += future.join();
        }
        return sum;
    }

    @Benchmark
    public Object futureBackstitch() throws Throwable {
        return run(Coroutines.sumOfFuture(future, n));
    }

    @Benchmark
    public Object futureKotlin() {
        return KotlinAwaits.runFuture(future, n);
    }

    @Benchmark
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public Object echoPlainCall() {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) echo(values[i & 63]);
        }
        return sum;
    }

    @Benchmark
    public Object echoBackstitch() throws Throwable {
        return run(Coroutines.sumOfEcho(values, n));
    }

    @Benchmark
    public Object echoKotlin() {
        return KotlinAwaits.runEcho(values, n);
    }

    @Benchmark
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public Object echoFarPlainCall() {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) echoFar(values[i & 63]);
        }
        return sum;
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "Coroutines::echoFar"})
    public Object echoFarBackstitch() throws Throwable {
        return run(Coroutines.sumOfEchoFar(values, n));
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "KotlinAwaits::echoFar"})
    public Object echoFarKotlin() {
        return KotlinAwaits.runEchoFar(values, n);
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "Services::echo" + BODY})
    public Object echoOtherBackstitch() throws Throwable {
        return run(Coroutines.sumOfOtherEcho(values, n));
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "KotlinServices::echo"})
    public Object echoOtherKotlin() {
        return KotlinAwaits.runOtherEcho(values, n);
    }

    @Benchmark
    public Object echoFourBackstitch() throws Throwable {
        return run(Coroutines.sumOfFour(services, values, n));
    }

    @Benchmark
    public Object echoFourKotlin() {
        return KotlinAwaits.runFour(kotlinServices, values, n);
    }

    @Benchmark
    public Object plusOneBackstitch() throws Throwable {
        return run(Coroutines.sumOfPlusOne(future, n));
    }

    @Benchmark
    public Object plusOneKotlin() {
        return KotlinAwaits.runPlusOne(future, n);
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "Coroutines::plusOneFar"})
    public Object plusOneFarBackstitch() throws Throwable {
        return run(Coroutines.sumOfPlusOneFar(future, n));
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {LOOPS, PEERS + "KotlinAwaits::plusOneFar"})
    public Object plusOneFarKotlin() {
        return KotlinAwaits.runPlusOneFar(future, n);
    }

    private static Object run(Coroutine<?> coroutine) throws Throwable {
        return Driver.resume(coroutine, null);
    }

    private static Object echo(Object x) {
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static Object echoFar(Object x) {
        return x;
    }
}
