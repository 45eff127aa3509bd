package dev.backstitch.benchmarks.peers

/** A node of a binary tree of numbers. */
class Tree(@JvmField val value: Int, @JvmField val left: Tree?, @JvmField val right: Tree?) {
    companion object {
        /** A complete tree of the numbers from [from] until [until], in order. */
        @JvmStatic
        fun of(from: Int, until: Int): Tree? {
            if (from >= until) {
                return null
            }
            val middle = (from + until) ushr 1
            return Tree(middle, of(from, middle), of(middle + 1, until))
        }
    }
}
