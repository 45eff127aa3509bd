package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Jvm;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kotlinc makes of annotated functions, rewritten at load time and at build time. */
class KotlinTest {
    private static final Path STDLIB = Jvm.jarOf("kotlin.Unit");

    private static final String SOURCE = """
            package app

            import dev.backstitch.AsyncGen
            import dev.backstitch.Coroutine
            import dev.backstitch.Coroutine.await
            import dev.backstitch.Coroutine.awaitEach
            import dev.backstitch.Gen
            import dev.backstitch.annotations.Async
            import dev.backstitch.annotations.Generator
            import dev.backstitch.loop.EventLoop
            import dev.backstitch.loop.Tasks.sleep
            import java.time.Duration
            import java.util.PrimitiveIterator

            @Generator
            fun fibonacci(n: Int): Gen<Long> {
                var a = 0L
                var b = 1L
                repeat(n) {
                    Gen.`yield`<Any?>(a)
                    val t = a + b; a = b; b = t
                }
                return Gen.end()
            }

            class Account(private val name: String, val limit: Int? = null) {
                @Async
                fun balance(times: Int = 1): Coroutine<String> {
                    var sum = 0
                    for (i in 1..times) {
                        sum += try {
                            await<Int>(step(i)) * (limit ?: 2)
                        } catch (e: IllegalStateException) {
                            -1
                        } finally {
                            sum++
                        }
                    }
                    return Coroutine.of("$name has ${sum} of ${await<Int>(step(9))}")
                }

                companion object {
                    @Async
                    @JvmStatic
                    fun step(i: Int): Coroutine<Int> {
                        await<Void?>(sleep(Duration.ZERO))
                        check(i != 3) { "three" }
                        return Coroutine.of(i)
                    }
                }
            }

            data class Pair2(val a: Int, val b: String)

            @Async @Generator
            fun pairs(): AsyncGen<Pair2> {
                for ((i, s) in listOf("x", "y").withIndex()) {
                    Gen.`yield`<Any?>(Pair2(await<Int>(Account.step(i)), s))
                }
                return AsyncGen.end()
            }

            @Async
            fun all(): Coroutine<String> {
                val seen = StringBuilder()
                for (p in awaitEach(pairs())) {
                    val (a, b) = p
                    seen.append(when { a == 0 -> "zero$b" else -> b })
                }
                val lambda: java.util.function.Supplier<Coroutine<Int>> = java.util.function.Supplier { Coroutine.of(await<Int>(Account.step(5)) + 1) }
                return Coroutine.of("$seen ${await<Int>(lambda.get())} ${await<String>(Account("me").balance(4))}")
            }

            fun main() {
                println(fibonacci(8).stream().toList())
                println(EventLoop.run(all()))
            }
            """;
    private static final String OUTPUT = "[0, 1, 1, 2, 3, 5, 8, 13]\nzeroxy 6 me has 13 of 9\n";

    @TempDir
    Path directory;

    @Test
    void should_run_when_kotlinc_compiled_it() throws Exception {
        Path source = Files.writeString(directory.resolve("Numbers.kt"), SOURCE);
        Path classes = directory.resolve("classes");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        ExitCode compiled = new K2JVMCompiler().exec(
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                "-no-stdlib", "-no-reflect", "-jvm-target", "17",
                "-cp", String.join(File.pathSeparator, STDLIB.toString(), Jvm.RUNTIME.toString(), Jvm.ANNOTATIONS.toString()),
                "-d", classes.toString(), source.toString());
        assertEquals(ExitCode.OK, compiled, () -> messages.toString(StandardCharsets.UTF_8));

        String atLoadTime = new Jvm(directory).weaving().classPath(classes, STDLIB).run("app.NumbersKt").quietOutput();
        assertEquals(OUTPUT, atLoadTime.replace("\r\n", "\n"));
        new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString()).quietOutput();
        String atBuildTime = new Jvm(directory).classPath(classes, STDLIB).run("app.NumbersKt").quietOutput();
        assertEquals(OUTPUT, atBuildTime.replace("\r\n", "\n"));
    }
}
