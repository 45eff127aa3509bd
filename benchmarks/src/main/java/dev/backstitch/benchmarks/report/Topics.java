package dev.backstitch.benchmarks.report;

import dev.backstitch.benchmarks.report.Target.AtMost;
import dev.backstitch.benchmarks.report.Target.NoBytes;
import dev.backstitch.benchmarks.report.Target.Times;
import java.util.List;

/** Every topic, in the order of the page. */
public final class Topics {
    private static final String HAND = "iterator written by hand";
    private static final String KOTLIN = "Kotlin `sequence {}`";

    private Topics() {}

    public static final List<Topic> ALL = List.of(
            Topic.jmh("GeneratorStep", "A generator's step in a loop",
                            "One element of `0..n-1`, summed in a loop.")
                    .group("boxed",
                            "handWritten", HAND,
                            "backstitch", "`Gen<Long>`",
                            "kotlinSequence", KOTLIN,
                            "stream", "`LongStream.range().boxed().iterator()`",
                            "virtualThreads", "two virtual threads, parked in turn")
                    .group("long",
                            "handWrittenOfLong", HAND,
                            "backstitchOfLong", "generator as `PrimitiveIterator.OfLong`",
                            "streamOfLong", "`LongStream.range().iterator()`")
                    .group("int",
                            "handWrittenOfInt", HAND,
                            "backstitchOfInt", "generator as `PrimitiveIterator.OfInt`",
                            "streamOfInt", "`IntStream.range().iterator()`")
                    .target(new Times("boxed: ≤ 1.2 × by hand", "backstitch", "handWritten", 1.2))
                    .target(new Times("`long`: ≤ 1.2 × by hand", "backstitchOfLong", "handWrittenOfLong", 1.2))
                    .target(new Times("`int`: ≤ 1.2 × by hand", "backstitchOfInt", "handWrittenOfInt", 1.2))
                    .target(new NoBytes("`long`: 0 B", "backstitchOfLong"))
                    .target(new NoBytes("`int`: 0 B", "backstitchOfInt")),
            Topic.jmh("Fibonacci", "A generator's step: Fibonacci",
                            "One element of an endless generator of Fibonacci numbers, left after the first thousand.")
                    .group("boxed",
                            "handWritten", HAND,
                            "backstitch", "`Gen<Long>`",
                            "kotlinSequence", KOTLIN,
                            "stream", "`Stream.iterate(..).map(..).iterator()`")
                    .group("long",
                            "handWrittenOfLong", HAND,
                            "backstitchOfLong", "generator as `PrimitiveIterator.OfLong`")
                    .target(new Times("boxed: ≤ 1.2 × by hand", "backstitch", "handWritten", 1.2))
                    .target(new Times("`long`: ≤ 1.2 × by hand", "backstitchOfLong", "handWrittenOfLong", 1.2))
                    .target(new NoBytes("`long`: 0 B", "backstitchOfLong")),
            Topic.jmh("SixKindsOfIterator", "The same loop over six classes of iterator",
                            "One element in a loop that is compiled once, and meets six generators, or six classes of "
                                    + "iterator, in turn.")
                    .group("boxed",
                            "handWritten", "six iterators written by hand",
                            "backstitch", "six generators, as `Iterator<Long>`",
                            "backstitchAsGen", "six generators, as `Gen<Long>`",
                            "kotlinSequence", "six Kotlin sequences")
                    .target(new Times("as `Iterator`: ≤ 1.2 × by hand", "backstitch", "handWritten", 1.2))
                    .target(new Times("as `Gen`: ≤ 1.2 × by hand", "backstitchAsGen", "handWritten", 1.2)),
            Topic.jmh("FilterLoop", "A loop that yields every 64th turn", "One turn of the loop inside the generator.")
                    .group("boxed",
                            "handWritten", HAND,
                            "backstitch", "`Gen<Integer>`",
                            "kotlinSequence", KOTLIN)
                    .target(new Times("≤ 1.2 × by hand", "backstitch", "handWritten", 1.2)),
            Topic.jmh("TreeWalk", "Recursive walk of a tree of 1,023 nodes",
                            "One element of an in-order walk by recursive delegation, the generators included; by hand "
                                    + "with a stack of nodes.")
                    .group("boxed",
                            "handWritten", HAND,
                            "backstitch", "`Gen.yieldFrom`",
                            "kotlinSequence", "Kotlin `yieldAll`")
                    .group("int",
                            "handWrittenOfInt", HAND,
                            "backstitchOfInt", "`Gen.yieldFrom`, as `PrimitiveIterator.OfInt`")
                    .target(new AtMost("boxed: ≤ 10 ns", "backstitch", 10, "ns"))
                    .target(new AtMost("`int`: ≤ 10 ns", "backstitchOfInt", 10, "ns")),
            Topic.jmh("YieldFromDepth", "An element that comes up through many generators",
                            "One element of the innermost of many generators that delegate to one another; making them "
                                    + "is not counted.")
                    .group("depth",
                            "backstitch@1", "`Gen.yieldFrom`, 1 deep",
                            "backstitch@1000", "`Gen.yieldFrom`, 1,000 deep",
                            "kotlinSequence@1", "Kotlin `yieldAll`, 1 deep",
                            "kotlinSequence@1000", "Kotlin `yieldAll`, 1,000 deep")
                    .target(new Times("1,000 deep: ≤ 1.3 × 1 deep", "backstitch@1000", "backstitch@1", 1.3)),
            Topic.jmh("AwaitFinished", "Await of what does not suspend",
                            "One await, in a coroutine that sums a thousand. *Not inlined*: the JIT is forbidden to inline "
                                    + "the body of the coroutine that is awaited. *Plain call*: the same without "
                                    + "coroutines.")
                    .group("a `CompletableFuture` that is done",
                            "futureKotlin", "Kotlin `await()`",
                            "futureBackstitch", "`await(future)`",
                            "futurePlainCall", "plain call of `join()`")
                    .group("a coroutine without suspension point",
                            "echoKotlin", "Kotlin `suspend fun`",
                            "echoBackstitch", "`await(echo(x))`",
                            "echoPlainCall", "plain call")
                    .group("the same, not inlined",
                            "echoFarKotlin", "Kotlin `suspend fun`",
                            "echoFarBackstitch", "`await(echo(x))`",
                            "echoFarPlainCall", "plain call")
                    .group("the same, not inlined and of another class",
                            "echoOtherKotlin", "Kotlin `suspend fun`",
                            "echoOtherBackstitch", "`await(Services.echo(x))`")
                    .group("the same, called through an interface, of which four implementations are met",
                            "echoFourKotlin", "Kotlin `suspend fun`",
                            "echoFourBackstitch", "`await(service.echo(x))`")
                    .group("a coroutine that awaits a future that is done",
                            "plusOneKotlin", "Kotlin `suspend fun`",
                            "plusOneBackstitch", "`await(plusOne(future))`")
                    .group("the same, not inlined",
                            "plusOneFarKotlin", "Kotlin `suspend fun`",
                            "plusOneFarBackstitch", "`await(plusOne(future))`")
                    .target(new Times("future: ≤ Kotlin", "futureBackstitch", "futureKotlin", 1.05))
                    .target(new NoBytes("future: 0 B", "futureBackstitch"))
                    .target(new Times("without suspension point: ≤ Kotlin", "echoBackstitch", "echoKotlin", 1.05))
                    .target(new NoBytes("without suspension point: 0 B", "echoBackstitch"))
                    .target(new Times("the same, not inlined: ≤ Kotlin", "echoFarBackstitch", "echoFarKotlin", 1.05))
                    .target(new NoBytes("the same, not inlined: 0 B", "echoFarBackstitch"))
                    .target(new Times("not inlined, of another class: ≤ Kotlin", "echoOtherBackstitch", "echoOtherKotlin", 1.05))
                    .target(new NoBytes("not inlined, of another class: 0 B", "echoOtherBackstitch"))
                    .target(new Times("one of four: ≤ Kotlin", "echoFourBackstitch", "echoFourKotlin", 1.05))
                    .target(new NoBytes("one of four: 0 B", "echoFourBackstitch"))
                    .target(new Times("that awaits: ≤ Kotlin", "plusOneBackstitch", "plusOneKotlin", 1.05))
                    .target(new NoBytes("that awaits: 0 B", "plusOneBackstitch"))
                    .target(new Times("that awaits, not inlined: ≤ Kotlin", "plusOneFarBackstitch", "plusOneFarKotlin", 1.05))
                    .target(new NoBytes("that awaits, not inlined: 0 B", "plusOneFarBackstitch")),
            Topic.jmh("LoopTurn", "A turn of the event loop",
                            "One task lets others run, and goes on. Kotlin on the event loop of `runBlocking`, here and below.")
                    .group("alone",
                            "kotlinYield", "Kotlin `yield()`",
                            "backstitch", "`await(sleep(Duration.ZERO))`")
                    .group("among a thousand",
                            "kotlinYieldAmongMany", "Kotlin `yield()`",
                            "backstitchAmongMany", "`await(sleep(Duration.ZERO))`")
                    .target(new Times("alone: ≤ ½ × Kotlin", "backstitch", "kotlinYield", 0.5))
                    .target(new Times("among a thousand: ≤ ½ × Kotlin", "backstitchAmongMany", "kotlinYieldAmongMany", 0.5)),
            Topic.jmh("SpawnAndAwait", "A task, started and awaited", "One task is started, runs, and its result is awaited.")
                    .group("one task",
                            "kotlinAsync", "Kotlin `async {}.await()`",
                            "backstitch", "`await(spawn(echo(x)))`")
                    .target(new Times("≤ ¼ × Kotlin", "backstitch", "kotlinAsync", 0.25)),
            Topic.jmh("QueueHandOver", "From one task to another through a queue", "One number, put by one task and got by another.")
                    .group("one fits in",
                            "kotlinChannel@1", "Kotlin `Channel(1)`",
                            "backstitch@1", "`new Queue<>(1)`")
                    .group("64 fit in",
                            "kotlinChannel@64", "Kotlin `Channel(64)`",
                            "backstitch@64", "`new Queue<>(64)`")
                    .target(new Times("one fits in: ≤ Kotlin", "backstitch@1", "kotlinChannel@1", 1.05))
                    .target(new Times("64 fit in: ≤ Kotlin", "backstitch@64", "kotlinChannel@64", 1.05)),
            Topic.jmh("TokenRing", "A ring of 10,000 tasks",
                            "One pass of a token from a task to the next; making the tasks and ending them is spread over ten rounds.")
                    .group("one pass",
                            "kotlinChannel", "Kotlin `Channel(1)`",
                            "backstitch", "`new Queue<>(1)`")
                    .target(new Times("≤ Kotlin", "backstitch", "kotlinChannel", 1.05)),
            Topic.jmh("UncontendedLock", "A lock that nobody else wants", "Locked and unlocked, in a coroutine.")
                    .group("once",
                            "kotlinMutex", "Kotlin `mutex.withLock {}`",
                            "backstitch", "`await(lock.acquire())`, `release()`",
                            "backstitchHold", "`try (var held = await(lock.hold()))`")
                    .target(new Times("≤ Kotlin", "backstitch", "kotlinMutex", 1.05))
                    .target(new NoBytes("0 B", "backstitch"))
                    .target(new NoBytes("as a resource: 0 B", "backstitchHold")),
            Topic.probe("SuspendedMemory", "B", "A million suspended coroutines",
                            "Bytes of heap for each, after collection; each keeps one number over its suspension, and the "
                                    + "array that holds it is not counted.")
                    .group("waiting for one future",
                            "kotlinLaunchAwait", "Kotlin `launch { deferred.await() }`",
                            "kotlinLaunchSuspend", "Kotlin `launch { suspendCancellableCoroutine {} }`",
                            "kotlinBare", "Kotlin coroutine without job or scope",
                            "backstitch", "`Coroutine`",
                            "virtualThreads", "virtual thread, parked")
                    .group("sleeping, with the timer",
                            "kotlinLaunchDelay", "Kotlin `launch { delay() }`",
                            "backstitchSleeping", "`Task` in `await(sleep())`",
                            "virtualThreadsSleeping", "virtual thread in `Thread.sleep`")
                    .target(new AtMost("waiting: ≤ 100 B", "backstitch", 100, "B"))
                    .target(new AtMost("sleeping task: ≤ 100 B", "backstitchSleeping", 100, "B")),
            Topic.probe("DeepRecursion", "ns", "Recursion a million deep",
                            "Time for each level, in and out, in the second run, on the default stack.")
                    .group("each level",
                            "yieldFrom", "`Gen.yieldFrom`, two elements yielded at each level",
                            "await", "`await`, the innermost suspends",
                            "awaitFinished", "`await`, nothing suspends"),
            Topic.probe("VirtualDay", "ms", "A day of virtual time with 100,000 timers",
                            "100,000 tasks that sleep until 100,000 different times of the day, on a `TestLoop`.")
                    .group("the whole day",
                            "firstRun", "first run in a JVM",
                            "laterRun", "fifth run")
                    .target(new AtMost("first run: ≤ 1 s", "firstRun", 1_000, "ms")),
            Topic.probe("AgentStart", "ms", "A web application starts under the agent",
                            "Spring Boot with Tomcat, more than 8,000 classes, until it has answered a request; none of its classes has to be"
                                    + " rewritten. Until the first answer: time on processors, of all threads. The least of three starts.")
                    .group("until the first answer",
                            "without", "without the agent",
                            "with", "with the agent")
                    .group("before the application starts",
                            "agent", "the agent's own start")
                    .target(new AtMost("the agent's own start: ≤ 50 ms", "agent", 50, "ms")),
            Topic.probe("AgentPerClass", "µs", "The agent leaves a class alone",
                            "The mean over all classes of the same start for which a glance is enough, in time on a processor, as"
                                    + " `statistics` of the agent gives it; the least of three starts. Classes of the JDK, which it"
                                    + " never looks at, are not counted.")
                    .group("a class of the application",
                            "unannotated", "without suspending methods")
                    .target(new AtMost("≤ 5 µs", "unannotated", 5, "µs")),
            Topic.probe("AgentMemory", "kB", "Heap that the agent holds",
                            "In use after the same start and five collections; the least of three starts.")
                    .group("heap in use",
                            "without", "without the agent",
                            "with", "with the agent"),
            Topic.probe("WeaveDirectory", "ms", "A build plugin rewrites a project",
                            "5,000 classes, of which 200 have three suspending methods each, in a fresh JVM: what the Maven plugin does besides"
                                    + " being started.")
                    .group("the directory",
                            "first", "after a clean build",
                            "again", "when nothing has changed")
                    .target(new AtMost("after a clean build: ≤ 3 s", "first", 3_000, "ms")));
}
