package inventory

/** What the Kotlin compiler is given to do in a storm. */
sealed interface Item {
    val name: String

    data class Part(override val name: String, val price: Double = 1.0) : Item

    data class Kit(override val name: String, val items: List<Item>) : Item
}

fun Item.total(): Double = when (this) {
    is Item.Part -> price
    is Item.Kit -> items.sumOf { it.total() }
}

inline fun <reified T : Item> List<Item>.only(crossinline wanted: (T) -> Boolean): List<T> =
    filterIsInstance<T>().filter { wanted(it) }

class Stock(private val counts: MutableMap<String, Int> = mutableMapOf()) : Iterable<Pair<String, Int>> {
    operator fun get(name: String): Int = counts.getOrDefault(name, 0)

    operator fun set(name: String, count: Int) {
        require(count >= 0) { "$name: $count" }
        counts[name] = count
    }

    override fun iterator(): Iterator<Pair<String, Int>> = sequence {
        for ((name, count) in counts) {
            yield(name to count)
        }
    }.iterator()
}

suspend fun restock(stock: Stock, names: List<String>, order: suspend (String) -> Int): Int {
    var ordered = 0
    for (name in names) {
        try {
            ordered += order(name).also { stock[name] += it }
        } finally {
            stock["checked"] += 1
        }
    }
    return ordered
}

fun main() {
    val kit = Item.Kit("kit", List(3) { Item.Part("part $it", it * 1.5) })
    println(kit.total())
    println(listOf(kit, Item.Part("loose")).only<Item.Part> { it.price < 2 })
}
