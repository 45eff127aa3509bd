package dev.backstitch.javac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All ways in give the same bytes: javac's route, the directory weaver (the Maven plugin's), command line and agent. */
class SameBytesTest {
    private static final String APP = """
            package app;
            import static dev.backstitch.Coroutine.*;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import dev.backstitch.loop.EventLoop;
            import java.io.Serializable;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.Supplier;
            public class App implements Serializable {
                interface Asks<T> {
                    @Async default Coroutine<T> ask(T t) { return Coroutine.of(await(Coroutine.of(t))); }
                }
                record Answer(String text) implements Asks<String> {
                    @Async Coroutine<String> twice() { return Coroutine.of(await(ask(text)) + text); }
                }
                @Generator static Gen<Long> longs(long n) {
                    for (long i = 0; i < n; i++) { Gen.yield(i); }
                    return Gen.end();
                }
                @Async static CompletableFuture<Integer> hot(int a) {
                    Supplier<Coroutine<Integer>> later = () -> Coroutine.of(await(Coroutine.of(a)) + 1);
                    return CompletableFuture.completedFuture(await(later.get()));
                }
                @Async @Generator static AsyncGen<Integer> numbers() {
                    Gen.yield(await(hot(1)));
                    Gen.yield(2);
                    return AsyncGen.end();
                }
                @Async static Coroutine<Integer> sum() {
                    int sum = 0;
                    for (int i : awaitEach(numbers())) { sum += i; }
                    for (long l : longs(3)) { sum += l; }
                    try (Held held = new Held()) {
                        sum += 1000;
                        if (await(held.swallows())) { throw new IllegalStateException(); }
                    }
                    return Coroutine.of(sum);
                }
                interface Swallowing extends AsyncCloseable {
                    @Async default Coroutine<Boolean> swallows() { return Coroutine.of(await(Coroutine.of(true))); }
                }
                static final class Held implements Swallowing {
                    @Async public Coroutine<Boolean> exit(Throwable t) { return Coroutine.of(await(Coroutine.of(t != null))); }
                }
                public static void main(String[] args) {
                    System.out.println(EventLoop.run(sum()) + EventLoop.run(new Answer("x").twice()));
                }
            }
            """;
    private static final String AGENT = jarOf("backstitch-agent");

    @TempDir
    private Path directory;

    private static String jarOf(String artifact) {
        return Arrays.stream(Javac.classPath().split(System.getProperty("path.separator")))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith(artifact))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void should_give_the_same_bytes_whatever_the_way_in() throws Exception {
        Javac javac = new Javac(directory.resolve("javac")).onProcessorPath();
        assertTrue(javac.compile("app/App.java", APP), javac.said()::toString);
        Javac plain = new Javac(directory.resolve("plain")).with("-proc:none", "-classpath", Javac.classPath());
        assertTrue(plain.compile("app/App.java", APP), plain.said()::toString);
        Path commandLine = copy(plain.classes(), directory.resolve("commandLine"));
        Path woven = copy(plain.classes(), directory.resolve("woven"));

        new DirectoryWeaver(new Weaver(), d -> {}).weave(woven);
        run("-jar", AGENT, "weave", "--class-path", Javac.classPath(), commandLine.toString());
        Path dumped = directory.resolve("dumped");
        String printed = run(
                "-javaagent:" + AGENT + "=dump=" + dumped,
                "-cp", plain.classes() + System.getProperty("path.separator") + Javac.classPath(),
                "app.App");
        assertEquals("1007xx", printed.strip());

        Map<String, byte[]> expected = javac.written();
        assertEquals(14, expected.size(), () -> expected.keySet().toString());
        assertSame("directory weaver", expected, Javac.contents(woven));
        assertSame("command line", expected, Javac.contents(commandLine));
        assertSame("agent", expected, Javac.contents(dumped));
        assertEquals("1007xx", run("-cp", javac.classes() + System.getProperty("path.separator") + Javac.classPath(), "app.App").strip());
        assertEquals(0, new DirectoryWeaver(new Weaver(), d -> {}).weave(javac.classes()).woven());
        assertSame("javac's output rewritten again", expected, javac.written());
    }

    private static void assertSame(String way, Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertEquals(expected.keySet(), actual.keySet(), way);
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), way + ": " + name));
    }

    private static Path copy(Path from, Path to) throws Exception {
        for (Map.Entry<String, byte[]> file : Javac.contents(from).entrySet()) {
            Path target = to.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        return to;
    }

    private static String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
