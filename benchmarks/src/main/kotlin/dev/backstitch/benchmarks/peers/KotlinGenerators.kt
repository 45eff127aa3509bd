package dev.backstitch.benchmarks.peers

/** The generators of [Generators] as Kotlin writes them: `sequence { yield(x) }`, compiled by the Kotlin compiler. */
object KotlinGenerators {
    @JvmStatic
    fun range(n: Long): Sequence<Long> = sequence {
        var i = 0L
        while (i < n) {
            yield(i)
            i++
        }
    }

    @JvmStatic
    fun fibonacci(): Sequence<Long> = sequence {
        var a = 0L
        var b = 1L
        while (true) {
            yield(a)
            val t = a + b
            a = b
            b = t
        }
    }

    @JvmStatic
    fun everySixtyFourth(turns: Int): Sequence<Int> = sequence {
        var x = 1
        for (i in 0 until turns) {
            x = x xor i
            if (i and 63 == 63) {
                yield(x)
            }
        }
    }

    @JvmStatic
    fun walk(node: Tree): Sequence<Int> = sequence { walkInto(node) }

    private suspend fun SequenceScope<Int>.walkInto(node: Tree) {
        node.left?.let { yieldAll(walk(it)) }
        yield(node.value)
        node.right?.let { yieldAll(walk(it)) }
    }

    @JvmStatic
    fun nested(depth: Int): Sequence<Long> = sequence {
        if (depth == 0) {
            var i = 0L
            while (true) {
                yield(i++)
            }
        }
        yieldAll(nested(depth - 1))
    }

    /** Six kinds of sequence of [n] numbers. */
    @JvmStatic
    fun kind(kind: Int, n: Long): Sequence<Long> = when (kind) {
        0 -> range(n)
        1 -> sequence { var i = n; while (i > 0) { i--; yield(i) } }
        2 -> sequence { var i = 0L; while (i < n) { yield(2 * i); i++ } }
        3 -> sequence { var i = 0L; while (i < n) { yield(i * i); i++ } }
        4 -> sequence { var i = 0L; var sum = 0L; while (i < n) { sum += i; yield(sum); i++ } }
        else -> sequence { var i = 0L; while (i < n) { yield(i xor 0x55L); i++ } }
    }
}
