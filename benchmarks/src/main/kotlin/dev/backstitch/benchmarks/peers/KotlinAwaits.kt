package dev.backstitch.benchmarks.peers

import java.util.concurrent.CompletableFuture
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlinx.coroutines.future.await

/**
 * The coroutines of [Coroutines] as Kotlin writes them. Each `run...` starts one without a dispatcher and returns its
 * result, which is there at once because nothing suspends.
 */
object KotlinAwaits {
    private object Ignore : Continuation<Any?> {
        override val context: CoroutineContext get() = EmptyCoroutineContext

        override fun resumeWith(result: Result<Any?>) = Unit
    }

    /** Calls a suspend function that has no suspension point. */
    private suspend fun echo(x: Any): Any = x

    /** As [echo]; the benchmark forbids the JIT to inline it. */
    private suspend fun echoFar(x: Any): Any = x

    /** Awaits something finished in the middle, so that it has a state machine. */
    private suspend fun plusOne(future: CompletableFuture<Int>): Int {
        val x = future.await()
        return x + 1
    }

    /** As [plusOne]; the benchmark forbids the JIT to inline it. */
    private suspend fun plusOneFar(future: CompletableFuture<Int>): Int {
        val x = future.await()
        return x + 1
    }

    private suspend fun sumOfFuture(future: CompletableFuture<Int>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += future.await()
        }
        return sum
    }

    private suspend fun sumOfEcho(values: Array<Any>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += echo(values[i and 63]) as Int
        }
        return sum
    }

    private suspend fun sumOfEchoFar(values: Array<Any>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += echoFar(values[i and 63]) as Int
        }
        return sum
    }

    private suspend fun sumOfOtherEcho(values: Array<Any>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += KotlinServices.echo(values[i and 63]) as Int
        }
        return sum
    }

    private suspend fun sumOfFour(services: Array<KotlinServices.Service>, values: Array<Any>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += services[i and 3].echo(values[i and 63]) as Int
        }
        return sum
    }

    private suspend fun sumOfPlusOne(future: CompletableFuture<Int>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += plusOne(future)
        }
        return sum
    }

    private suspend fun sumOfPlusOneFar(future: CompletableFuture<Int>, n: Int): Long {
        var sum = 0L
        for (i in 0 until n) {
            sum += plusOneFar(future)
        }
        return sum
    }

    @JvmStatic
    fun runFuture(future: CompletableFuture<Int>, n: Int): Any? =
        suspend { sumOfFuture(future, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runEcho(values: Array<Any>, n: Int): Any? =
        suspend { sumOfEcho(values, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runEchoFar(values: Array<Any>, n: Int): Any? =
        suspend { sumOfEchoFar(values, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runOtherEcho(values: Array<Any>, n: Int): Any? =
        suspend { sumOfOtherEcho(values, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runFour(services: Array<KotlinServices.Service>, values: Array<Any>, n: Int): Any? =
        suspend { sumOfFour(services, values, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runPlusOne(future: CompletableFuture<Int>, n: Int): Any? =
        suspend { sumOfPlusOne(future, n) }.startCoroutineUninterceptedOrReturn(Ignore)

    @JvmStatic
    fun runPlusOneFar(future: CompletableFuture<Int>, n: Int): Any? =
        suspend { sumOfPlusOneFar(future, n) }.startCoroutineUninterceptedOrReturn(Ignore)
}
