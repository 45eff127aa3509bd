package dev.backstitch.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A suspended frame keeps nothing that will not be used. The short, fixed part of it; {@link LongLeakRun} is the long one. In a
 * JVM of its own, where nothing else is collected.
 */
class LeaksTest {
    private static final int PROGRAMS = 80;

    /** Longer than it takes on any machine: what runs on is stuck. */
    private static final int MINUTES = 5;

    @Test
    void should_keep_only_what_may_be_used_when_suspended(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LongLeakRun.class.getName(), String.valueOf(PROGRAMS), "1")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs");
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
    }
}
