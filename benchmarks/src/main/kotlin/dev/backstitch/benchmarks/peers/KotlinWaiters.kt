package dev.backstitch.benchmarks.peers

import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine

/** Suspended Kotlin coroutines, to be weighed. Each holds one local over its suspension. */
object KotlinWaiters {
    private object Ignore : Continuation<Any?> {
        override val context: CoroutineContext get() = EmptyCoroutineContext

        override fun resumeWith(result: Result<Any?>) = Unit
    }

    /** [n] jobs of one scope that wait for one deferred; whatever it returns must be kept. */
    @JvmStatic
    fun launchAwait(n: Int): Any {
        val gate = CompletableDeferred<Long>()
        val scope = CoroutineScope(Dispatchers.Unconfined)
        val kept = arrayOfNulls<Any>(n)
        for (i in 0 until n) {
            kept[i] = scope.launch { check(gate.await() + i > 0) }
        }
        return kept
    }

    /** [n] jobs of one scope, each suspended in a continuation of its own that its waker holds. */
    @JvmStatic
    fun launchSuspend(n: Int): Any {
        val scope = CoroutineScope(Dispatchers.Unconfined)
        val kept = arrayOfNulls<Any>(n)
        for (i in 0 until n) {
            scope.launch {
                val got = suspendCancellableCoroutine { c: CancellableContinuation<Long> -> kept[i] = c }
                check(got + i > 0)
            }
        }
        return kept
    }

    /** [n] jobs of one scope that sleep for an hour. */
    @JvmStatic
    fun launchDelay(n: Int): Any {
        val scope = CoroutineScope(Dispatchers.Unconfined)
        val kept = arrayOfNulls<Any>(n)
        for (i in 0 until n) {
            kept[i] = scope.launch {
                delay(3_600_000)
                check(i >= 0)
            }
        }
        return kept
    }

    /** [n] bare coroutines without job, scope or dispatcher, each held by its waker. */
    @JvmStatic
    fun bare(n: Int): Any {
        val kept = arrayOfNulls<Any>(n)
        for (i in 0 until n) {
            suspend {
                val got = suspendCoroutineUninterceptedOrReturn { c: Continuation<Long> ->
                    kept[i] = c
                    COROUTINE_SUSPENDED
                }
                check(got + i > 0)
            }.startCoroutineUninterceptedOrReturn(Ignore)
        }
        return kept
    }
}
