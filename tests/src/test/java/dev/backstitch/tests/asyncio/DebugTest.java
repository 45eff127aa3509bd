package dev.backstitch.tests.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L19, C1, A1: what is never awaited, in a JVM that was started in debug mode. */
class DebugTest {
    /**
     * C1, A1: "was never awaited", of a coroutine and of test_asyncgen.py's "coroutine method". The property stands for
     * PYTHONASYNCIODEBUG. CoroutineTest.test_func_9, OriginTrackingTest.test_origin_tracking_warning,
     * TestUnawaitedWarnings.test_asend, GatherTestsBase.test_env_var_debug, BaseEventLoopTests.test_env_var_debug.
     */
    @Test
    void should_report_what_was_never_awaited_with_the_place_that_made_it() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dbackstitch.debug=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DebugProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        String name = DebugProgram.class.getName();
        assertEquals("debug true", lines.get(0));
        assertEquals(5, lines.size(), lines.toString());
        assertTrue(lines.get(1).startsWith("coroutine was never awaited: <coroutine " + name + ".never("), lines.get(1));
        assertEquals("forgets", lines.get(2));
        assertTrue(lines.get(3).startsWith("coroutine was never awaited: next() of <async generator " + name + ".numbers("), lines.get(3));
        assertEquals("forgets", lines.get(4));
    }
}
