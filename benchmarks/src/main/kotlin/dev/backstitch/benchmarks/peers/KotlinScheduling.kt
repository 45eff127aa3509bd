package dev.backstitch.benchmarks.peers

import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.yield

/** The programs of [Scheduling] as Kotlin writes them, on the event loop of `runBlocking`: one thread, as ours. */
object KotlinScheduling {
    /** [tasks] coroutines that let one another run, [turns] times each. */
    @JvmStatic
    fun turns(tasks: Int, turns: Int): Long = runBlocking {
        var done = 0L
        List(tasks) {
            launch {
                for (i in 0 until turns) {
                    yield()
                    done++
                }
            }
        }.joinAll()
        done
    }

    private suspend fun echo(i: Long): Long = i

    /** Starts [n] coroutines, each awaited before the next. */
    @JvmStatic
    fun spawnAndAwait(n: Int): Long = runBlocking {
        var sum = 0L
        for (i in 0 until n) {
            sum += async { echo(i.toLong()) }.await()
        }
        sum
    }

    /** Hands [n] numbers from one coroutine to another, through a channel that holds [capacity]. */
    @JvmStatic
    fun handOver(n: Int, capacity: Int): Long = runBlocking {
        val channel = Channel<Long>(capacity)
        launch {
            for (i in 0 until n) {
                channel.send(i.toLong())
            }
        }
        val sum = async {
            var sum = 0L
            for (i in 0 until n) {
                sum += channel.receive()
            }
            sum
        }
        sum.await()
    }

    /** [tasks] coroutines in a ring pass on a token, [rounds] times round. */
    @JvmStatic
    fun ring(tasks: Int, rounds: Int): Long = runBlocking {
        val places = List(tasks) { Channel<Long>(1) }
        val members = List(tasks) {
            launch {
                val mine = places[it]
                val next = places[(it + 1) % tasks]
                for (i in 0 until rounds) {
                    next.send(mine.receive() + 1)
                }
            }
        }
        places[0].send(0)
        members.joinAll()
        places[0].receive()
    }

    /** Locks and unlocks a mutex that nobody else wants. */
    @JvmStatic
    fun lock(n: Int): Long = runBlocking {
        val mutex = Mutex()
        var sum = 0L
        for (i in 0 until n) {
            mutex.withLock { sum += i }
        }
        sum
    }
}
