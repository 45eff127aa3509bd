package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scalac makes of annotated methods, Scala 2.13's and Scala 3's, rewritten at load time and at build time. Scala 2
 * moves a {@code try} that is an operand to a method of its own; such a suspension is refused like any other in a method
 * without annotation.
 */
class ScalaTest {
    private static final List<Path> LIBRARY = Jars.ofClassPath("scala-library-", "scala3-library_3-");

    /** In the syntax that both understand. */
    private static final String SOURCE = """
            package app

            import dev.backstitch.{AsyncGen, Coroutine, Gen}
            import dev.backstitch.Coroutine.{await, awaitEach}
            import dev.backstitch.annotations.{Async, Generator}
            import dev.backstitch.loop.EventLoop
            import dev.backstitch.loop.Tasks.sleep
            import java.time.Duration
            import java.util.concurrent.CompletableFuture
            import java.util.function.Supplier

            trait Greets {
              def name: String
              @Async def greet(times: Int): Coroutine[String] = {
                var text = ""
                var i = 0
                while (i < times) {
                  text += await(Steps.step(i)).toString + name
                  i += 1
                }
                Coroutine.of(text)
              }
            }

            case class Account(name: String, limit: Option[Int]) extends Greets {
              private lazy val factor = limit.getOrElse(2)
              @Async def balance(times: Int): Coroutine[Int] = {
                var sum = 0
                var i = 1
                while (i <= times) {
                  val more = try await(Steps.step(i)) * factor
                  catch { case e: IllegalStateException => -1 }
                  finally { sum += 1 }
                  sum += more
                  i += 1
                }
                Coroutine.of(sum)
              }
            }

            object Steps {
              @Async def step(i: Int): Coroutine[Int] = {
                await(sleep(Duration.ZERO))
                if (i == 3) throw new IllegalStateException("three")
                Coroutine.of(i)
              }
              @Async def hot(of: CompletableFuture[String]): CompletableFuture[String] =
                CompletableFuture.completedFuture(await(of) match {
                  case null => "null"
                  case s if s.length > 1 => s + await(step(s.length))
                  case s => s
                })
            }

            object Main {
              @Generator def fibonacci(n: Int): Gen[java.lang.Long] = {
                var a = 0L
                var b = 1L
                var i = 0
                while (i < n) {
                  Gen.`yield`[AnyRef](a)
                  val t = a + b; a = b; b = t
                  i += 1
                }
                Gen.end()
              }

              @Async @Generator def pairs(): AsyncGen[(Int, String)] = {
                val names = List("x", "y").iterator
                var i = 0
                while (names.hasNext) {
                  Gen.`yield`[AnyRef]((await(Steps.step(i)), names.next()))
                  i += 1
                }
                AsyncGen.end()
              }

              @Async def all(): Coroutine[String] = {
                val seen = new StringBuilder
                val each = awaitEach(pairs()).iterator()
                while (each.hasNext) {
                  val (a, b) = each.next()
                  seen.append(if (a == 0) "zero" + b else b)
                }
                val lambda: Supplier[Coroutine[Int]] = () => Coroutine.of(await(Steps.step(5)) + 1)
                val account = Account("me", None)
                Coroutine.of(s"$seen ${await(lambda.get())} ${await(account.balance(4))} ${await(account.greet(2))}")
              }

              def main(args: Array[String]): Unit = {
                println(fibonacci(8).stream().toList)
                println(EventLoop.run(all()))
                val late = new CompletableFuture[String]
                val hot = Steps.hot(late)
                println(hot.isDone)
                late.complete("?")
                println(hot.join())
              }
            }
            """;
    private static final String OUTPUT = "[0, 1, 1, 2, 3, 5, 8, 13]\nzeroxy 6 17 0me1me\nfalse\n?\n";

    @TempDir
    private Path directory;

    private void mustRun(String compiler, List<Path> compilerPath, String... options) throws Exception {
        Path source = Files.writeString(directory.resolve("Main.scala"), SOURCE);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> path = new ArrayList<>(LIBRARY);
        path.addAll(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS));
        List<String> arguments = new ArrayList<>(List.of(compiler));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-d", classes.toString(), "-classpath", Jvm.path(path), source.toString()));
        new Jvm(directory)
                .startingQuickly()
                .with("-Xss4m", "-cp", Jvm.path(compilerPath))
                .run(arguments.toArray(String[]::new))
                .mustSucceed();

        path.add(0, classes);
        String atLoadTime = jvm().weaving().with("-cp", Jvm.path(path)).run("app.Main").quietOutput();
        assertEquals(OUTPUT, atLoadTime.replace("\r\n", "\n"));
        Jars.weave(directory, classes);
        String atBuildTime = jvm().with("-cp", Jvm.path(path)).run("app.Main").quietOutput();
        assertEquals(OUTPUT, atBuildTime.replace("\r\n", "\n"));
    }

    /** Newer JVMs warn of what Scala 3's library does with {@code Unsafe}, which is none of our business. */
    private Jvm jvm() {
        Jvm jvm = new Jvm(directory);
        return Runtime.version().feature() >= 24 ? jvm.with("--sun-misc-unsafe-memory-access=allow") : jvm;
    }

    @Test
    void should_run_when_scala_2_compiled_it() throws Exception {
        mustRun(
                "scala.tools.nsc.Main",
                Jars.ofClassPath("scala-compiler-", "scala-library-", "scala-reflect-", "java-diff-utils-", "jline-"));
    }

    @Test
    void should_run_when_scala_3_compiled_it() throws Exception {
        mustRun(
                "dotty.tools.dotc.Main",
                Jars.ofClassPath(
                        "scala3-", "scala-library-", "tasty-core_3-", "scala-asm-", "compiler-interface-", "util-interface-", "jline-"));
    }
}
