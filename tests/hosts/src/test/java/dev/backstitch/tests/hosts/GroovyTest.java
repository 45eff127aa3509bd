package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What groovyc makes of annotated methods under {@code @CompileStatic}, rewritten at load time and at build time (case 58). Of a
 * call that Groovy binds when it runs, nobody can tell before what it calls: there, a suspension point says that it was not
 * rewritten.
 */
class GroovyTest {
    private static final String SOURCE = """
            package app

            import dev.backstitch.*
            import dev.backstitch.annotations.*
            import dev.backstitch.loop.*
            import groovy.transform.CompileStatic
            import java.time.Duration

            @CompileStatic
            class Main {
                private int factor = 2

                @Generator
                static Gen<Integer> numbers(int to) {
                    for (int i in 0..<to) { Gen.yield(i) }
                    return Gen.end('done')
                }

                @Async
                Coroutine<Integer> price(int i) {
                    Coroutine.await(Tasks.sleep(Duration.ZERO))
                    if (i == 3) { throw new IllegalStateException('three') }
                    return Coroutine.of(i * factor)
                }

                @Async
                Coroutine<String> total(List<Integer> all) {
                    String text = ''
                    for (int i : all) {
                        try {
                            text += "${Coroutine.await(price(i))};"
                        } catch (IllegalStateException e) {
                            text += e.message
                        } finally {
                            Coroutine.await(Tasks.sleep(Duration.ZERO))
                            text += '.'
                        }
                    }
                    return Coroutine.of(text)
                }

                static void main(String[] args) {
                    List<Integer> all = []
                    Gen<Integer> gen = numbers(4)
                    while (gen.hasNext()) { all << gen.next() }
                    println "$all ${gen.result()}"
                    println EventLoop.run(new Main().total(all))
                    try {
                        new Bound().numbers().next()
                    } catch (NotWovenError e) {
                        println e.message.substring(0, 7)
                    }
                }
            }

            class Bound {
                @Generator
                Gen<Integer> numbers() {
                    Gen.yield(1)
                    return Gen.end()
                }
            }
            """;
    private static final String OUTPUT = "[0, 1, 2, 3] done\n0;.2;.4;.three.\nBST-101\n";

    @TempDir
    private Path directory;

    private Jvm jvm() {
        return new Jvm(directory).startingQuickly();
    }

    @Test
    void should_run_when_groovyc_compiled_it_statically() throws Exception {
        Path source = Files.writeString(directory.resolve("Main.groovy"), SOURCE);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> path = new ArrayList<>(Jars.ofClassPath("groovy-"));
        path.addAll(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS));
        jvm().with("-cp", Jvm.path(path))
                .run("org.codehaus.groovy.tools.FileSystemCompiler", "-d", classes.toString(), source.toString())
                .mustSucceed();
        assertTrue(Files.exists(classes.resolve("app/Main.class")));

        path.add(0, classes);
        String atLoadTime = jvm().weaving().with("-cp", Jvm.path(path)).run("app.Main").mustSucceed();
        assertEquals(OUTPUT, atLoadTime.replace("\r\n", "\n"));
        Jars.weave(directory, classes);
        String atBuildTime = jvm().with("-cp", Jvm.path(path)).run("app.Main").mustSucceed();
        assertEquals(OUTPUT, atBuildTime.replace("\r\n", "\n"));
    }
}
