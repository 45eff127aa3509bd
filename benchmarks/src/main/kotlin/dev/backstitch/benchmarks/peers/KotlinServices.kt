package dev.backstitch.benchmarks.peers

/** [Services] as Kotlin writes them. */
object KotlinServices {
    /** Has no suspension point; the benchmark forbids the JIT to inline it. */
    suspend fun echo(x: Any): Any = x

    interface Service {
        suspend fun echo(x: Any): Any
    }

    @JvmStatic
    fun four(): Array<Service> = arrayOf(First, Second, Third, Fourth)

    private object First : Service {
        override suspend fun echo(x: Any): Any = x
    }

    private object Second : Service {
        override suspend fun echo(x: Any): Any = x
    }

    private object Third : Service {
        override suspend fun echo(x: Any): Any = x
    }

    private object Fourth : Service {
        override suspend fun echo(x: Any): Any = x
    }
}
